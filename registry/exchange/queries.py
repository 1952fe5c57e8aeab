"""Reading whole registers: piece by piece, so that memory stays flat."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from registry.actors.models import Actor, Status
from registry.core.db import db
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
