"""Reading conferences whose programme is on the web."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from registry.conferences.models import Conference
from registry.conferences.queries import FIRST_DAY, LAST_DAY
from registry.core.db import db
from registry.core.errors import NotFound

MOST = 50  # conferences that were


def published() -> ColumnElement[bool]:
    return and_(Conference.programme_public.is_(True), Conference.archived_on.is_(None))


def load_public(uuid: UUID) -> Conference:
    """Return a conference whose programme everyone sees, or raise NotFound."""
    found = db.session.scalar(select(Conference).where(Conference.uuid == uuid, published()))
    if found is None:
        raise NotFound
    return found


def coming(day: date) -> Sequence[Conference]:
    """Return those that are not over on a day, the next one first."""
    query = select(Conference).where(published(), day <= LAST_DAY)
    return db.session.scalars(query.order_by(FIRST_DAY, Conference.id)).all()


def past(day: date) -> Sequence[Conference]:
    """Return those that are over on a day, the last one first."""
    query = select(Conference).where(published(), day > LAST_DAY)
    return db.session.scalars(query.order_by(FIRST_DAY.desc(), Conference.id).limit(MOST)).all()
