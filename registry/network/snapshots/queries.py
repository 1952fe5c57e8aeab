"""Reading the states that were kept."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import undefer

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.snapshots.models import Snapshot


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for states of regions whose network `who` reads."""
    read = regions_of(who, Permission.NETWORK_READ)
    return or_(*(Snapshot.region.startswith(ags, autoescape=True) for ags in read), false())


def office_list(who: Who, *, page: int = 1, per_page: int = 50) -> tuple[Sequence[Snapshot], int]:
    """Return one page of kept states, the latest first, and their total."""
    mine = looked_after(who)
    total = db.session.scalar(select(func.count(Snapshot.id)).where(mine)) or 0
    query = select(Snapshot).where(mine).order_by(Snapshot.day.desc(), Snapshot.id.desc())
    return db.session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all(), total


def load_snapshot(who: Who, uuid: UUID) -> Snapshot:
    """Return a kept state with its content, or raise NotFound."""
    query = select(Snapshot).where(Snapshot.uuid == uuid, looked_after(who))
    found = db.session.scalar(query.options(undefer(Snapshot.content)))
    if found is None:
        raise NotFound
    return found
