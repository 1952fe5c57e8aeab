"""Reading what a programme that is put back would meet."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from registry.conferences.models import AgendaItem
from registry.core.db import db


def in_use(uuids: Iterable[UUID]) -> set[UUID]:
    """Return which public ids of items exist, in whatever conference."""
    return set(db.session.scalars(select(AgendaItem.uuid).where(AgendaItem.uuid.in_(uuids))))
