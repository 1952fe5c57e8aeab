"""Reading many entries to be changed together, and what was done to them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, inspect, select
from sqlalchemy.orm import defer, selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors import queries as actors
from registry.actors.models import Actor
from registry.core.db import db
from registry.core.errors import NotFound
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.offers.reading.queries import whole_offers
from registry.upkeep.bulk.models import BulkRow, BulkRun
from registry.upkeep.history.states import NAMES
from registry.upkeep.kinds import Kind

REVIEWED = Permission.ENTRY_REVIEW
_WHOLE_ACTOR = (
    "places",
    "contacts",
    "units",
    "fields",
    "areas",
    "parent",
    "category",
    "legal_form",
)


def load_chosen(
    who: Who, kind: str, uuids: Sequence[UUID], needs: Sequence[str] = (), *, lock: bool = False
) -> list[Any]:
    """Return those of the entries that `who` may publish, with what is needed of their parts."""
    model: Any = Actor if kind == "actor" else Offer
    query: Select[Any] = select(model).where(model.uuid.in_(uuids)).order_by(model.id)
    if kind == "actor":
        query = query.where(actors.looked_after(who, REVIEWED)).options(*_options(model, needs))
    else:  # the actor says in which region it lies; long texts are read apart
        parts = (
            *_options(model, ("actor", *needs)),
            defer(Offer.summary),
            defer(Offer.description),
        )
        query = query.where(offers.looked_after(who, REVIEWED)).options(*parts)
    return list(db.session.scalars(actors.locked(query, model) if lock else query))


def load_owners(who: Who, uuids: Sequence[UUID]) -> dict[UUID, Actor]:
    """Return those of the actors to which `who` may give offers, with their parts."""
    parts = ("places", "contacts", "units")
    return {row.uuid: row for row in load_chosen(who, "actor", uuids, parts)} if uuids else {}


def _options(model: Any, paths: Iterable[str]) -> Iterator[Any]:
    """Yield what loads relationships along some paths; a model may lack one."""
    for path in paths:
        kind: Any = model
        option: Any = None
        for name in path.split("."):
            relation = inspect(kind).relationships.get(name)
            if relation is None:
                break
            step: Any = option.selectinload if option else selectinload
            option, kind = step(getattr(kind, name)), relation.mapper.class_
        if option:
            yield option


def states(kind: Kind, rows: Sequence[Any]) -> dict[UUID, dict[str, Any]]:
    """Return the whole states of entries by their ids, as they stand in the database."""
    if kind.name == "actor":
        whole = select(Actor).where(Actor.id.in_([row.id for row in rows]))
        found = db.session.scalars(whole.options(*_options(Actor, _WHOLE_ACTOR)))
        return {row.uuid: kind.state(row) for row in found}
    named = actors.part_names({row.actor_id for row in rows})
    read = whole_offers([row.id for row in rows])
    return {
        UUID(row.uuid): {**kind.life.dump(row), NAMES: named.get(row.actor_id, {})} for row in read
    }


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


def note(run: BulkRun, rows: Sequence[Any], before: Sequence[dict[str, Any]]) -> None:
    """Keep what is needed to undo the change of some rows."""
    made = [
        {"run_id": run.id, "subject_id": row.uuid, "version": row.version, "before": was}
        for row, was in zip(rows, before, strict=True)
    ]
    if made:
        db.session.execute(insert(BulkRow), made)


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
