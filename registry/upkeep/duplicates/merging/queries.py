"""What points at an entry: everything that has to go along when it becomes part of another.

Nothing is listed here: every column of every room that refers to actors or offers is found by its
foreign key, so a room that is added later takes part by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, inspect, or_, select

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors import queries as actors
from registry.actors.models import Actor, Contact, Place, Unit
from registry.core.db import Model, db
from registry.core.errors import NotFound
from registry.offers import queries as offers
from registry.offers.models import Offer, OfferLanguage, OfferPlace
from registry.upkeep.duplicates.models import Kind

Entry = Actor | Offer
KINDS: dict[str, type[Any]] = {Kind.ACTOR: Actor, Kind.OFFER: Offer}
# Rows that are what an entry says, like its columns: people choose whose words stay.
_WORDS = {OfferLanguage}


@dataclass(frozen=True)
class Pointer:
    """An attribute of some mapped class that holds the internal id of an entry."""

    owner: type[Any]
    name: str

    @property
    def table(self) -> str:
        return str(self.owner.__tablename__)

    @property
    def column(self) -> Any:
        return getattr(self.owner, self.name)


def pointers(kind: str) -> list[Pointer]:
    """Return everything that points at entries of a kind, in a fixed order."""
    return sorted(_pointers(KINDS[kind].__table__), key=lambda each: (each.table, each.name))


def _pointers(target: Any) -> Iterator[Pointer]:
    for mapper in Model.registry.mappers:
        for column in mapper.local_table.columns:
            points = any(key.column.table is target for key in column.foreign_keys)
            if points and not column.primary_key and mapper.class_ not in _WORDS:
                yield Pointer(mapper.class_, mapper.get_property_by_column(column).key)


def load_pointing(pointer: Pointer, key: int) -> Sequence[Any]:
    """Return the rows that point at an entry."""
    query = select(pointer.owner).where(pointer.column == key)
    return db.session.scalars(query.order_by(*inspect(pointer.owner).primary_key)).all()


def load_row(pointer: Pointer, key: Any) -> Any:
    """Return one row by its primary key, read anew; None where it is gone."""
    return db.session.get(pointer.owner, key, populate_existing=True)


def fitting(pointer: Pointer, rows: Sequence[Any], winner: int) -> list[Any]:
    """Return those of the rows that may point at the winner too: of some it has its own.

    What links the two with each other stays behind: nothing is linked with itself.
    """
    mapper = inspect(pointer.owner)
    for name in _other_ends(pointer):
        rows = [row for row in rows if getattr(row, name) != winner]
    column = mapper.get_property(pointer.name).columns[0]
    uniques = [
        [mapper.get_property_by_column(each).key for each in constraint.columns]
        for constraint in mapper.local_table.constraints
        if isinstance(constraint, UniqueConstraint) and column in constraint.columns.values()
    ]
    there = load_pointing(pointer, winner) if uniques else ()
    for names in uniques:
        others = [name for name in names if name != pointer.name]
        taken = {tuple(getattr(row, name) for name in others) for row in there}
        rows = [row for row in rows if tuple(getattr(row, n) for n in others) not in taken]
    return list(rows)


def _other_ends(pointer: Pointer) -> list[str]:
    """Return the other attributes of the same rows that point at entries of the same kind."""
    mapper = inspect(pointer.owner)
    column = mapper.get_property(pointer.name).columns[0]
    targets = {key.column.table for key in column.foreign_keys}
    return [
        mapper.get_property_by_column(other).key
        for other in mapper.local_table.columns
        if other is not column and targets & {key.column.table for key in other.foreign_keys}
    ]


def load_entry(who: Who, kind: str, uuid: UUID) -> Any:
    """Return an entry that `who` may merge, or raise NotFound."""
    [entry] = load_entries(who, kind, [uuid])
    return entry


def load_entries(who: Who, kind: str, uuids: Sequence[UUID], *, lock: bool = False) -> list[Any]:
    """Return entries that `who` may merge in the order of their ids, or raise NotFound.

    Locked rows are taken in the same order by everybody, so that nobody waits in a circle.
    """
    model: type[Any] = KINDS.get(kind, Actor)
    mine = (actors if model is Actor else offers).looked_after(who, Permission.ENTRY_MERGE)
    query = select(model).where(model.uuid.in_(uuids), mine).order_by(model.id)
    query = actors.locked(query, model) if lock else query
    found = {row.uuid: row for row in db.session.scalars(query)}
    if kind not in KINDS or set(found) != set(uuids) or len(found) != len(uuids):
        raise NotFound
    return [found[uuid] for uuid in uuids]


def load_torn(keys: Sequence[int]) -> Sequence[Offer]:
    """Return the offers of some actors that use a place, contact or unit of another one."""
    foreign_place = (
        select(OfferPlace.id)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(OfferPlace.offer_id == Offer.id, Place.actor_id != Offer.actor_id)
    )
    query = (
        select(Offer)
        .outerjoin(Contact, Contact.id == Offer.contact_id)
        .outerjoin(Unit, Unit.id == Offer.unit_id)
        .where(
            Offer.actor_id.in_(keys),
            or_(
                foreign_place.exists(),
                Contact.actor_id != Offer.actor_id,
                Unit.actor_id != Offer.actor_id,
            ),
        )
    )
    return db.session.scalars(query).unique().all()
