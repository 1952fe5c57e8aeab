"""Reading whole registers: piece by piece, so that memory stays flat."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy import Sequence as Numbers
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from registry.actors.models import Actor, Status
from registry.core.db import Identified, db
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.regions.models import Postcode, Region

PIECE = 500
Point = tuple[str, float, float]


def count_published_offers(day: date) -> int:
    return db.session.scalar(select(func.count(Offer.id)).where(offers.published_on(day))) or 0


def count_published_actors() -> int:
    published = Actor.status == Status.PUBLISHED
    return db.session.scalar(select(func.count(Actor.id)).where(published)) or 0


def published_offers(day: date) -> Iterator[Offer]:
    """Yield the offers everyone may see, ready to be dumped by a schema."""
    for ids in _pieces(Offer.id, offers.published_on(day)):
        yield from offers.load_offers(ids)


def published_actors() -> Iterator[Actor]:
    """Yield the actors everyone may see, ready to be dumped by a schema."""
    for ids in _pieces(Actor.id, Actor.status == Status.PUBLISHED):
        yield from db.session.scalars(
            select(Actor)
            .where(Actor.id.in_(ids))
            .order_by(Actor.id)
            .options(
                selectinload(Actor.places),
                selectinload(Actor.contacts),
                selectinload(Actor.units),
                selectinload(Actor.fields),
                selectinload(Actor.areas),
                selectinload(Actor.parent),
                selectinload(Actor.category),
                selectinload(Actor.legal_form),
            )
        )


def _pieces(
    key: InstrumentedAttribute[int], condition: ColumnElement[bool]
) -> Iterator[Sequence[int]]:
    last = 0
    while ids := db.session.scalars(
        select(key).where(condition, key > last).order_by(key).limit(PIECE)
    ).all():
        yield ids
        last = ids[-1]


def actors_exist(uuids: Iterable[UUID]) -> bool:
    """Return whether at least one of the actors is in the register."""
    found = select(Actor.id).where(Actor.uuid.in_(list(uuids))).limit(1)
    return db.session.scalar(found) is not None


def count_offers(source: str | None = None) -> int:
    """Count all offers, or those of the actors that come from a source."""
    query = select(func.count(Offer.id))
    if source:
        query = query.join(Actor, Actor.id == Offer.actor_id).where(Actor.source == source)
    return db.session.scalar(query) or 0


def count_actors(source: str) -> int:
    return db.session.scalar(select(func.count(Actor.id)).where(Actor.source == source)) or 0


def example_actors(source: str) -> Iterator[Sequence[int]]:
    """Yield, piece by piece, the ids of the example actors that come from a source."""
    return _pieces(Actor.id, and_(Actor.source == source, Actor.example))


def town_points() -> list[tuple[str, str, float, float]]:
    """Return key, name, latitude and longitude (degrees) of every inhabited municipality."""
    found = db.session.execute(
        select(Region.ags, Region.name, Region.lat, Region.lon)
        .where(
            func.length(Region.ags) == 8,
            Region.kind != "unincorporated",
            Region.lat.is_not(None),
            Region.lon.is_not(None),
        )
        .order_by(Region.ags)
    )
    return [(ags, name, lat or 0.0, lon or 0.0) for ags, name, lat, lon in found]


def postcode_points() -> list[Point]:
    """Return code, latitude and longitude (degrees) of every postcode."""
    found = db.session.execute(
        select(Postcode.code, Postcode.lat, Postcode.lon).order_by(Postcode.code)
    )
    return [(code, lat, lon) for code, lat, lon in found]


def new_ids(kind: type[Identified]) -> Iterator[int]:
    """Yield keys for rows to come, which nobody else will be given.

    PostgreSQL's come from the sequence that numbers ordinary rows, so nobody has to wait and the
    sequence needs no setting afterwards. In SQLite only one connection writes at a time.
    """
    if db.session.connection().dialect.name != "postgresql":
        yield from count((db.session.scalar(select(func.max(kind.id))) or 0) + 1)
    name: str = kind.__tablename__  # type: ignore[attr-defined]
    taken = select(Numbers(f"{name}_id_seq").next_value())
    while True:
        yield from db.session.scalars(taken.select_from(func.generate_series(1, PIECE))).all()
