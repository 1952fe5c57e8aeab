"""Reading many entries to be changed together, and what was done to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors import queries as actors
from registry.actors.models import Actor
from registry.core.db import db
from registry.core.errors import NotFound
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.upkeep.bulk.models import BulkRow, BulkRun

REVIEWED = Permission.ENTRY_REVIEW
_OF_ACTOR = (Actor.places, Actor.contacts, Actor.units)


def load_chosen(who: Who, kind: str, uuids: Sequence[UUID], *, lock: bool = False) -> list[Any]:
    """Return those of the entries that `who` may publish, with all their parts."""
    if kind == "actor":
        mine: Select[Any] = _with_parts(select(Actor)).where(
            Actor.uuid.in_(uuids), actors.looked_after(who, REVIEWED)
        )
        query = actors.locked(mine, Actor) if lock else mine
        return list(db.session.scalars(query.order_by(Actor.id)))
    # The names of all that an offer may point at belong to its state.
    parts = (selectinload(Offer.actor).selectinload(each) for each in _OF_ACTOR)
    of_offers = (
        offers.with_parts(select(Offer))
        .options(*parts)
        .where(Offer.uuid.in_(uuids), offers.looked_after(who, REVIEWED))
    )
    found = actors.locked(of_offers, Offer) if lock else of_offers
    return list(db.session.scalars(found.order_by(Offer.id)))


def _with_parts(query: Select[Any]) -> Select[Any]:
    names = ("places", "contacts", "units", "fields", "areas", "parent", "category", "legal_form")
    return query.options(*(selectinload(getattr(Actor, name)) for name in names))


def load_run(who: Who, uuid: UUID, *, lock: bool = False) -> BulkRun:
    """Return a run of this person; everybody else's does not exist."""
    query = select(BulkRun).where(BulkRun.uuid == uuid, BulkRun.user_id == who.user_id)
    found = db.session.scalar(actors.locked(query, BulkRun) if lock else query)
    if found is None or who.user_id is None:
        raise NotFound
    return found


def load_rows(run: BulkRun, *, after: int = 0, limit: int = 500) -> Sequence[BulkRow]:
    """Return rows of a run in their order, from behind one on."""
    query = select(BulkRow).where(BulkRow.run_id == run.id, BulkRow.id > after)
    return db.session.scalars(query.order_by(BulkRow.id).limit(limit)).all()


def count_rows(run: BulkRun) -> int:
    query = select(func.count(BulkRow.id)).where(BulkRow.run_id == run.id)
    return db.session.scalar(query) or 0


def names_left(who: Who, run: BulkRun, *, limit: int = 100) -> list[str]:
    """Return the names of entries that a run changed and undoing it has passed by."""
    mine = (BulkRow.run_id == run.id, BulkRow.undone.is_(False))
    uuids = db.session.scalars(select(BulkRow.subject_id).where(*mine).limit(limit)).all()
    return [str(row) for row in load_chosen(who, run.kind, uuids)]


def load_old(before: datetime) -> Sequence[BulkRun]:
    """Return the runs that nobody can undo any more."""
    return db.session.scalars(select(BulkRun).where(BulkRun.made_at < before)).all()
