"""Reading which places of the hits lie in a view, and what is offered there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from registry.actors.models import Actor, Place
from registry.core.db import db
from registry.maps.viewport import Box, Dot
from registry.offers.models import Offer, OfferPlace, OfferTerm
from registry.search.criteria import Criteria
from registry.search.matching.queries import Moment, matching
from registry.texts.translated import Translated
from registry.vocabulary.models import Term

AT_ONCE = 1000


@dataclass(frozen=True)
class OfferThere:
    uuid: UUID
    title: Translated
    provider: str
    example: bool
    fields: tuple[str, ...]


@dataclass(frozen=True)
class PlaceRow:
    """A place everyone may see, with those of its offers that were looked for."""

    uuid: UUID
    name: str
    city: str | None
    offers: tuple[OfferThere, ...]


def dots(wanted: Criteria, moment: Moment, box: Box) -> list[Dot]:
    """Return the public places of the hits that have coordinates inside the box."""
    found = db.session.execute(
        select(Place.id, Place.lat, Place.lon).where(
            _shown(box),
            Place.id.in_(
                select(OfferPlace.place_id)
                .join(Offer, Offer.id == OfferPlace.offer_id)
                .where(matching(wanted, moment))
            ),
        )
    )
    return [Dot(key, lat, lon) for key, lat, lon in found if lat is not None and lon is not None]


def _shown(box: Box) -> ColumnElement[bool]:
    east_of_west, west_of_east = Place.lon >= box.west, Place.lon <= box.east
    across = (
        or_(east_of_west, west_of_east)
        if box.crosses_antimeridian
        else Place.lon.between(box.west, box.east)
    )
    return and_(Place.confidential.is_(False), Place.lat.between(box.south, box.north), across)


def places(wanted: Criteria, moment: Moment, keys: Sequence[int]) -> dict[int, PlaceRow]:
    """Return the places of these internal ids, each with its hits by title."""
    rows: dict[int, PlaceRow] = {}
    for part in _parts(keys):
        rows |= _places(wanted, moment, part)
    return rows


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _places(wanted: Criteria, moment: Moment, keys: Sequence[int]) -> dict[int, PlaceRow]:
    there = (OfferPlace.place_id.in_(keys), matching(wanted, moment))
    fields = _fields(there)
    offers: dict[int, list[OfferThere]] = defaultdict(list)
    found = db.session.execute(
        select(OfferPlace.place_id, Offer.id, Offer.uuid, Offer.title, Actor.name, Offer.example)
        .join(Offer, Offer.id == OfferPlace.offer_id)
        .join(Actor, Actor.id == Offer.actor_id)
        .where(*there)
        .order_by(Offer.folded_title, Offer.id)
    )
    for place, offer, uuid, title, provider, example in found:
        there_too = OfferThere(uuid, title, provider, example, tuple(fields[offer]))
        offers[place].append(there_too)
    return {
        key: PlaceRow(uuid, name, city, tuple(offers[key]))
        for key, uuid, name, city in db.session.execute(
            select(Place.id, Place.uuid, Place.name, Place.city).where(
                Place.id.in_(keys), Place.confidential.is_(False)
            )
        )
    }


def _fields(there: Sequence[ColumnElement[bool]]) -> dict[int, list[str]]:
    """Return the keys of the fields of action of the offers there, in each offer's order."""
    keys: dict[int, list[str]] = defaultdict(list)
    found = db.session.execute(
        select(OfferTerm.offer_id, Term.key)
        .join(Term, Term.id == OfferTerm.term_id)
        .where(
            Term.scheme == "field",
            OfferTerm.offer_id.in_(
                select(Offer.id).join(OfferPlace, OfferPlace.offer_id == Offer.id).where(*there)
            ),
        )
        .order_by(OfferTerm.position, Term.position)
    )
    for offer, key in found:
        keys[offer].append(key)
    return keys
