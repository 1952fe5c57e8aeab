"""Reading decisions and tasks, of a conference and of those before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from registry.access.policy import Who
from registry.actors.queries import locked
from registry.conferences.decisions import standing
from registry.conferences.decisions.models import (
    Decision,
    Result,
    Task,
    TaskReport,
    TaskRequest,
)
from registry.conferences.decisions.standing import Lack, Said, State
from registry.conferences.minutes.models import Minutes, MinutesState
from registry.conferences.models import Conference
from registry.conferences.queries import FIRST_DAY, LAST_DAY, mine
from registry.conferences.wall.models import Card, Question
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.i18n import ZONE
from registry.regions.models import Region


@dataclass(frozen=True)
class TaskRow:
    """A task with how it stands on a day; `report` is the last one."""

    task: Task
    state: State
    late: bool
    lacks: list[Lack]
    report: TaskReport | None
    asked_on: date | None


def load_decision(who: Who, uuid: UUID, *, lock: bool = False) -> Decision:
    """Return a decision of a conference that `who` may see, or raise NotFound."""
    query = select(Decision).join(Conference, Conference.id == Decision.conference_id)
    return _found(query.where(Decision.uuid == uuid, mine(who)), Decision, lock=lock)


def load_task(who: Who, uuid: UUID, *, lock: bool = False) -> Task:
    """Return a task of a conference that `who` may see, or raise NotFound."""
    query = select(Task).join(Conference, Conference.id == Task.conference_id)
    return _found(query.where(Task.uuid == uuid, mine(who)), Task, lock=lock)


def _found(query: Select[Any], kind: type[Any], *, lock: bool) -> Any:
    found = db.session.scalar(locked(query, kind) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_decisions(conference: Conference) -> Sequence[Decision]:
    query = select(Decision).where(Decision.conference_id == conference.id)
    query = query.options(joinedload(Decision.item), joinedload(Decision.group))
    return db.session.scalars(query.order_by(Decision.number)).all()


def rows_of(conference: Conference, today: date) -> list[TaskRow]:
    """Return the tasks of a conference by number, each with how it stands."""
    return standings(load_tasks(conference), today)


def load_tasks(conference: Conference) -> Sequence[Task]:
    query = with_all().where(Task.conference_id == conference.id).order_by(Task.number)
    return db.session.scalars(query).all()


def load_measures(conference: Conference) -> Sequence[Card]:
    """Return the cards of approaches and measures that no task has been made of, group by group."""
    query = (
        select(Card)
        .where(
            Card.conference_id == conference.id,
            Card.question == Question.MEASURE,
            ~exists().where(Task.card_id == Card.id),
        )
        .options(joinedload(Card.group), joinedload(Card.table))
        .order_by(Card.group_id, Card.table_id, Card.position, Card.id)
    )
    return db.session.scalars(query).all()


def load_card(conference: Conference, uuid: UUID) -> Card | None:
    """Return a card of the walls of a conference, None where there is no such card."""
    query = select(Card).where(Card.conference_id == conference.id, Card.uuid == uuid)
    return db.session.scalar(query)


def load_regions(keys: Collection[str]) -> Sequence[Region]:
    return db.session.scalars(select(Region).where(Region.ags.in_(keys))).all()


def load_reports(task: Task) -> Sequence[TaskReport]:
    query = select(TaskReport).where(TaskReport.task_id == task.id)
    return db.session.scalars(query.order_by(TaskReport.id.desc())).all()


def load_requests(task: Task) -> Sequence[TaskRequest]:
    query = select(TaskRequest).where(TaskRequest.task_id == task.id)
    return db.session.scalars(query.order_by(TaskRequest.asked_on)).all()


def next_number(kind: type[Decision] | type[Task], conference: Conference) -> int:
    """Return the number of what is added next; whoever asks holds the conference."""
    query = select(func.max(kind.number)).where(kind.conference_id == conference.id)
    return (db.session.scalar(query) or 0) + 1


def is_recorded(conference: Conference) -> bool:
    """Return whether approved minutes hold the decisions of a conference."""
    query = select(Minutes.id).where(
        Minutes.conference_id == conference.id, Minutes.state == MinutesState.APPROVED
    )
    return db.session.scalar(query.limit(1)) is not None


def open_before(conference: Conference) -> tuple[list[Task], list[Decision]]:
    """Return what earlier conferences of the same series left: open tasks, and what was put off.

    Where a conference belongs to no series, the earlier ones of its region count. What was put off
    counts from the last conference alone.
    """
    earlier = _earlier(conference)
    if not earlier:
        return [], []
    keys = [each.id for each in earlier]
    tasks = with_all().where(Task.conference_id.in_(keys), Task.ending.is_(None))
    tasks = tasks.join(Conference, Conference.id == Task.conference_id)
    postponed = select(Decision).where(
        Decision.conference_id == keys[0], Decision.result == Result.POSTPONED
    )
    return (
        list(db.session.scalars(tasks.order_by(FIRST_DAY, Task.number))),
        list(db.session.scalars(postponed.order_by(Decision.number))),
    )


def _earlier(conference: Conference) -> Sequence[Conference]:
    """Return the conferences before this one that took place, the last one first."""
    first = conference.first_day
    same = (
        Conference.series_id == conference.series_id
        if conference.series_id
        else and_(Conference.region == conference.region, Conference.series_id.is_(None))
    )
    query = select(Conference).where(
        same, Conference.id != conference.id, Conference.cancelled_on.is_(None)
    )
    query = query.where((first or date.today()) > LAST_DAY)
    return db.session.scalars(query.order_by(LAST_DAY.desc(), Conference.id.desc())).all()


def with_all() -> Select[Task]:
    """Return the query for tasks with all that a list shows of them."""
    return select(Task).options(
        joinedload(Task.conference).selectinload(Conference.days),
        joinedload(Task.conference).selectinload(Conference.duties),
        joinedload(Task.actor),
        joinedload(Task.decision),
        joinedload(Task.group),
        joinedload(Task.card),
        selectinload(Task.partners),
        selectinload(Task.municipalities),
    )


def standings(tasks: Sequence[Task], today: date) -> list[TaskRow]:
    """Return tasks with how each stands; all reports and requests are asked for at once."""
    keys = [each.id for each in tasks]
    reports, asked = last_reports(keys), _asked_on(keys)
    return [_standing(each, reports.get(each.id), asked.get(each.id), today) for each in tasks]


def _standing(task: Task, report: TaskReport | None, asked_on: date | None, today: date) -> TaskRow:
    said = Said(report.at.astimezone(ZONE).date(), report.light) if report else None
    promise = task.promise
    return TaskRow(
        task,
        standing.state(promise, said, asked_on, today),
        standing.is_late(promise, said, today),
        standing.lacking(promise),
        report,
        asked_on,
    )


def last_reports(keys: Sequence[int]) -> dict[int, TaskReport]:
    """Return the last report on each of some tasks (internal ids)."""
    last = select(func.max(TaskReport.id)).where(TaskReport.task_id.in_(keys))
    query = select(TaskReport).where(TaskReport.id.in_(last.group_by(TaskReport.task_id)))
    return {each.task_id: each for each in db.session.scalars(query)}


def _asked_on(keys: Sequence[int]) -> dict[int, date]:
    query = select(TaskRequest.task_id, func.max(TaskRequest.asked_on)).where(
        TaskRequest.task_id.in_(keys), TaskRequest.about != "commitment"
    )
    return dict(iter(db.session.execute(query.group_by(TaskRequest.task_id))))
