"""Reading what the points of a map say: the places, and what is offered there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from uuid import UUID

from sqlalchemy import select

from registry.actors.models import Actor, Place
from registry.core.db import db
from registry.offers.models import Offer, OfferTerm
from registry.offers.queries import published_on
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


def places(there: Mapping[int, Sequence[int]], day: date) -> dict[int, PlaceRow]:
    """Return the places with these internal ids, each with the given offers by title."""
    offers = _offers(sorted({key for keys in there.values() for key in keys}), day)
    rank = {key: number for number, key in enumerate(offers)}

    def at(place: int) -> tuple[OfferThere, ...]:
        return tuple(
            offers[key] for key in sorted(rank.keys() & there[place], key=rank.__getitem__)
        )

    return {
        key: PlaceRow(uuid, name, city, at(key))
        for part in _parts(list(there))
        for key, uuid, name, city in db.session.execute(
            select(Place.id, Place.uuid, Place.name, Place.city).where(
                Place.id.in_(part), Place.confidential.is_(False)
            )
        )
    }


def _offers(keys: Sequence[int], day: date) -> dict[int, OfferThere]:
    """Return the offers that everyone may see, by title."""
    found: list[tuple[str, int, OfferThere]] = []
    for part in _parts(keys):
        fields = _fields(part)
        rows = db.session.execute(
            select(Offer.id, Offer.uuid, Offer.title, Offer.folded_title, Actor.name, Offer.example)
            .join(Actor, Actor.id == Offer.actor_id)
            .where(Offer.id.in_(part), published_on(day))
        )
        found += [
            (folded, key, OfferThere(uuid, title, provider, example, tuple(fields[key])))
            for key, uuid, title, folded, provider, example in rows
        ]
    return {key: offer for _folded, key, offer in sorted(found, key=itemgetter(0, 1))}


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _fields(offers: Sequence[int]) -> dict[int, list[str]]:
    """Return the keys of the fields of action of offers, in each one's order."""
    keys: dict[int, list[str]] = defaultdict(list)
    found = db.session.execute(
        select(OfferTerm.offer_id, Term.key)
        .join(Term, Term.id == OfferTerm.term_id)
        .where(Term.scheme == "field", OfferTerm.offer_id.in_(offers))
        .order_by(OfferTerm.position, Term.position)
    )
    for offer, key in found:
        keys[offer].append(key)
    return keys
