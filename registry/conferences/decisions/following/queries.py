"""Reading the tasks of all conferences: what is late, whose they are, where they matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from registry.access.policy import Who
from registry.actors.models import Actor
from registry.conferences.decisions.models import (
    Commitment,
    Light,
    Task,
    TaskReport,
    task_partner,
    task_region,
)
from registry.conferences.decisions.queries import TaskRow, standings, with_all
from registry.conferences.decisions.standing import State
from registry.conferences.models import Conference
from registry.conferences.queries import mine
from registry.core.db import db

SORTS = ("due", "title", "organisation")
SHOWN = ("late", "open", "unagreed", "silent", "ended")


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks are asked for: one of SHOWN, an organisation, a municipality (AGS)."""

    show: str = ""
    actor: UUID | None = None
    municipality: str = ""
    sort: str = ""


def listed(
    who: Who, wanted: TaskFilter, today: date, *, page: int = 1, per_page: int = 50
) -> tuple[list[TaskRow], int]:
    """Return one page of the tasks of all conferences, the next to be due first, and the total."""
    conditions = [mine(who), shown(wanted.show, today), *_of(wanted)]
    if wanted.show == "silent":
        conditions.append(Task.id.in_(_silent(conditions, today)))
    base = select(func.count(Task.id)).join(Conference, Conference.id == Task.conference_id)
    total = db.session.scalar(base.where(*conditions)) or 0
    name, down = wanted.sort.removeprefix("-") or "due", wanted.sort.startswith("-")
    orders: dict[str, Any] = {
        "title": func.lower(Task.title),
        "organisation": func.lower(Actor.name),
    }
    order = orders.get(name, Task.due)
    query = (
        with_all()
        .join(Conference, Conference.id == Task.conference_id)
        .outerjoin(Actor, Actor.id == Task.actor_id)
        .where(*conditions)
        .order_by(order.is_(None), order.desc() if down else order, Task.id)
    )
    found = db.session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all()
    return standings(found, today), total


def _silent(conditions: Sequence[ColumnElement[bool]], today: date) -> list[int]:
    """Return those of some tasks (internal ids) of which no report holds."""
    query = with_all().join(Conference, Conference.id == Task.conference_id).where(*conditions)
    rows = standings(db.session.scalars(query).all(), today)
    return [row.task.id for row in rows if row.state == State.SILENT]


def count_late(who: Who, today: date) -> int:
    query = select(func.count(Task.id)).join(Conference, Conference.id == Task.conference_id)
    return db.session.scalar(query.where(mine(who), shown("late", today))) or 0


def shown(show: str, today: date) -> ColumnElement[bool]:
    """Return the condition for one of SHOWN, for all tasks otherwise.

    Which tasks are silent only their reports say: here they are those that could be.
    """
    conditions = {
        "late": and_(Task.ending.is_(None), Task.due < today, ~_said(Light.DONE)),
        "open": Task.ending.is_(None),
        "unagreed": and_(Task.ending.is_(None), ~_agreed()),
        "silent": and_(Task.ending.is_(None), _agreed()),
        "ended": Task.ending.is_not(None),
    }
    return conditions.get(show, true())


def _agreed() -> ColumnElement[bool]:
    return and_(
        Task.actor_id.is_not(None),
        Task.commitment == Commitment.YES,
        Task.due.is_not(None),
        func.coalesce(func.trim(Task.measure), "") != "",
    )


def _last() -> Any:
    """Return the internal id of the last report on a task."""
    of_it = select(func.max(TaskReport.id)).where(TaskReport.task_id == Task.id)
    return of_it.correlate(Task).scalar_subquery()


def _said(light: Light) -> ColumnElement[bool]:
    return exists().where(TaskReport.id == _last(), TaskReport.light == light)


def _of(wanted: TaskFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.actor:
        chosen = select(Actor.id).where(Actor.uuid == wanted.actor)
        partner = exists().where(
            task_partner.c.task_id == Task.id, task_partner.c.actor_id.in_(chosen)
        )
        yield or_(Task.actor_id.in_(chosen), partner)
    if ags := wanted.municipality:
        yield exists().where(task_region.c.task_id == Task.id, task_region.c.ags == ags)


def organisations(who: Who) -> list[tuple[str, str]]:
    """Return those that have a task or take part in one: (public id, name), by name."""
    inside = select(Task.id).join(Conference, Conference.id == Task.conference_id).where(mine(who))
    responsible = select(Task.actor_id).where(Task.id.in_(inside))
    partners = select(task_partner.c.actor_id).where(task_partner.c.task_id.in_(inside))
    query = select(Actor.uuid, Actor.name).where(
        or_(Actor.id.in_(responsible), Actor.id.in_(partners))
    )
    found = db.session.execute(query.order_by(func.lower(Actor.name), Actor.id))
    return [(str(uuid), name) for uuid, name in found]


def municipalities(who: Who) -> list[str]:
    """Return the municipalities (AGS) that tasks are about."""
    query = (
        select(task_region.c.ags)
        .join(Task, Task.id == task_region.c.task_id)
        .join(Conference, Conference.id == Task.conference_id)
        .where(mine(who))
        .distinct()
    )
    return sorted(db.session.scalars(query))
