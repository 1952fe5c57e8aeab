"""Which tasks their organisations are asked about, and what was asked."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload

from registry.access.policy import Who
from registry.actors.models import Actor
from registry.conferences.decisions.models import (
    Commitment,
    Light,
    Task,
    TaskReport,
    TaskRequest,
)
from registry.conferences.decisions.queries import last_reports, with_all
from registry.conferences.models import Conference
from registry.conferences.queries import mine
from registry.core.db import db
from registry.core.mail.models import Mail
from registry.upkeep.campaigns.planning import queries as planning
from registry.upkeep.campaigns.planning.choosing import Choice

COMMITMENT = "commitment"
SETTLED = timedelta(days=30)  # so long after a promise nobody is asked how far it is
PATIENCE = timedelta(days=14)  # after which somebody is reminded, once


def load_unpromised(conference: Conference) -> Sequence[Task]:
    """Return the tasks of a conference whose promise can be asked for: all else is known."""
    query = with_all().where(Task.conference_id == conference.id, _unpromised())
    return db.session.scalars(query.order_by(Task.number)).all()


def _unpromised() -> ColumnElement[bool]:
    return and_(
        Task.ending.is_(None),
        Task.commitment == Commitment.OPEN,
        Task.actor_id.is_not(None),
        Task.due.is_not(None),
        Task.measure.is_not(None),
    )


def load_running(who: Who, quarter: str, today: date) -> Sequence[Task]:
    """Return the promised tasks whose organisations were not asked in a quarter."""
    asked = exists().where(TaskRequest.task_id == Task.id, TaskRequest.about == quarter)
    query = (
        with_all()
        .join(Conference, Conference.id == Task.conference_id)
        .where(
            mine(who),
            Task.ending.is_(None),
            Task.commitment == Commitment.YES,
            Task.actor_id.is_not(None),
            or_(Task.committed_on.is_(None), Task.committed_on <= today - SETTLED),
            ~asked,
        )
        .order_by(Task.id)
    )
    return _not_done(db.session.scalars(query).all())


def load_unanswered(who: Who, today: date) -> list[tuple[TaskRequest, Task]]:
    """Return what was asked two weeks ago or earlier, not answered and never reminded of."""
    query = (
        select(TaskRequest)
        .join(Task, Task.id == TaskRequest.task_id)
        .join(Conference, Conference.id == Task.conference_id)
        .where(
            mine(who),
            TaskRequest.reminded_on.is_(None),
            TaskRequest.asked_on <= today - PATIENCE,
            waiting(),
        )
        .options(joinedload(TaskRequest.task).joinedload(Task.actor))
        .order_by(TaskRequest.id)
    )
    return [(each, each.task) for each in db.session.scalars(query)]


def waiting() -> ColumnElement[bool]:
    """Return the condition for requests whose answer is still to come."""
    reported = exists().where(
        TaskReport.task_id == TaskRequest.task_id, TaskReport.at >= TaskRequest.asked_on
    )
    about_promise = and_(
        TaskRequest.about == COMMITMENT, Task.commitment == Commitment.OPEN, _unpromised()
    )
    about_progress = and_(
        TaskRequest.about != COMMITMENT, Task.commitment == Commitment.YES, ~reported
    )
    return and_(Task.ending.is_(None), or_(about_promise, about_progress))


def is_waited_for(mail: Mail) -> bool:
    """Return whether a mail still asks for something that nobody has answered."""
    query = (
        select(TaskRequest.id)
        .join(Task, Task.id == TaskRequest.task_id)
        .where(TaskRequest.mail_id == mail.id, waiting())
    )
    return db.session.scalar(query.limit(1)) is not None


def load_requests(tasks: Collection[int], about: str) -> dict[int, TaskRequest]:
    """Return what some tasks (internal ids) were asked about something, by task."""
    query = select(TaskRequest).where(TaskRequest.task_id.in_(tasks), TaskRequest.about == about)
    return {each.task_id: each for each in db.session.scalars(query)}


def choices(actors: Collection[int], today: date) -> dict[int, Choice]:
    """Return at which contact each of some actors (internal ids) is written to."""
    choose = planning.choices_of(Actor.id.in_(actors) if actors else ~true(), {}, today)
    return {each: choose(each) for each in actors}


def load_actor(uuid: UUID) -> Actor | None:
    """Return the organisation whose tasks a link opens."""
    return db.session.scalar(select(Actor).where(Actor.uuid == uuid))


def _not_done(tasks: Sequence[Task]) -> Sequence[Task]:
    said = last_reports([each.id for each in tasks])
    return [each for each in tasks if not _is_done(said.get(each.id))]


def _is_done(report: TaskReport | None) -> bool:
    return report is not None and report.light == Light.DONE
