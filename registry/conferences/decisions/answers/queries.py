"""Reading the tasks that a link opens: all that its organisation is responsible for."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from registry.actors.models import Actor
from registry.actors.queries import locked
from registry.conferences.decisions.models import Task
from registry.conferences.decisions.queries import with_all
from registry.core.db import db
from registry.core.errors import NotFound


def load_tasks(actor: Actor) -> Sequence[Task]:
    """Return the tasks of an organisation that are not closed, the next to be due first."""
    query = with_all().where(Task.actor_id == actor.id, Task.ending.is_(None))
    return db.session.scalars(query.order_by(Task.due.is_(None), Task.due, Task.id)).all()


def hold_task(actor: Actor, uuid: UUID | None) -> Task:
    """Return one of these tasks as it is now, held until the transaction ends, or NotFound."""
    query = select(Task).where(Task.uuid == uuid, Task.actor_id == actor.id, Task.ending.is_(None))
    found = db.session.scalar(locked(query, Task))
    if found is None:
        raise NotFound
    return found
