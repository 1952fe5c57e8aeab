"""What the index is built from, and what else a search asks of the database."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select

from registry.actors.freshness import AUTHORITIES
from registry.actors.models import Actor, Answer, Place, Status, Tier
from registry.core.db import db
from registry.core.text import fold
from registry.designations import queries as designations
from registry.offers.models import (
    Availability,
    Closure,
    Offer,
    OfferArea,
    OfferLanguage,
    OfferPlace,
    OfferTerm,
    Run,
)
from registry.offers.queries import published_on
from registry.regions import queries as regions
from registry.regions.models import Region
from registry.search.criteria import Spot
from registry.search.index.bits import Numbers
from registry.search.index.rows import Areas, Closures, Links, Rows, Runs, Terms, region_code
from registry.search.leaving import leaving
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.models import Term

AT_ONCE = 100_000  # offers
Ids = Sequence[int] | None
Column = Any


def load_terms() -> Terms:
    """Return the vocabulary as the index needs it."""
    schemes = vocabulary.schemes()
    ids = {
        scheme: {key: term.id for key, term in terms.items()} for scheme, terms in schemes.items()
    }
    return Terms(ids, vocabulary.names())


def load_rows(day: date, ids: Ids = None) -> Rows:
    """Return the offers that everyone may see on a day; with `ids` only those among them."""
    free = select(Term.id).where(Term.scheme == "cost", Term.key == "free")
    singles = (Offer.service_type_id, Offer.cost_id, Offer.level_from_id, Offer.level_to_id)
    found = _columns(
        select(
            Offer.id,
            Offer.folded_title,
            Offer.last_confirmed,
            case((Offer.last_confirmed.is_(None), Offer.created_at)),
            Actor.region,
            or_(
                Actor.tier != Tier.NONE,
                func.coalesce(_is_authority(), False),
                designations.is_designated(day),
            ),
            func.coalesce(Offer.cost_id == free.scalar_subquery(), False),
            Offer.childcare == Answer.YES,
            *(func.coalesce(each, 0) for each in singles),
        )
        .join(Actor, Actor.id == Offer.actor_id)
        .where(_shown(day, ids))
        .order_by(Offer.id),
        12,
    )
    offer, title, confirmed = _numbers(found[0]), found[1], found[2]
    single = [_numbers(each) for each in found[8:]]
    hours: dict[str, int] = {}
    return Rows(
        offer=offer,
        title=title,
        confirmed=_days(confirmed),
        leaves=leaving({key: regions.rules(key) for key in set(found[4])}, *found[2:6]),
        free=np.array(found[6], np.bool_),
        childcare=np.array(found[7], np.bool_),
        level_from=single[2],
        level_to=single[3],
        terms=_terms(offer, single, ids),
        links=_links(day, ids, hours),
        areas=_areas(day, ids),
        runs=_runs(day, ids),
        closures=_closures(day, ids),
        hours=tuple(hours),
    )


def _is_authority() -> ColumnElement[bool]:
    named = select(Term.id).where(Term.scheme == "category", Term.key.in_(AUTHORITIES))
    return Actor.category_id.in_(named)


def texts(day: date, ids: Ids = None) -> Iterator[tuple[int, str, str]]:
    """Yield id, folded title and all folded text of the same offers, in the order of their ids."""
    offers = (
        select(Offer.id, Offer.folded_title, Offer.folded, Actor.folded)
        .join(Actor, Actor.id == Offer.actor_id)
        .where(_shown(day, ids))
        .order_by(Offer.id)
    )
    places = (
        select(OfferPlace.offer_id, Place.folded)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(_of(OfferPlace.offer_id, ids))
        .order_by(OfferPlace.offer_id)
    )
    rows, at_places = (db.session.execute(_read(query)) for query in (offers, places))
    with closing(rows), closing(at_places):
        there = _Texts(at_places)
        for key, title, text, provider in rows:
            yield key, title, " ".join([text, provider, *there.of(key)])


class _Texts:
    """Rows of (id, text) in the order of ids, read along with others in the same order."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._at: int | None = -1
        self._rows: Iterable[Any] = ()

    def of(self, key: int) -> list[str]:
        while self._at is not None and self._at < key:
            self._at, self._rows = next(self._groups, (None, ()))
        return [text for _key, text in self._rows] if self._at == key else []


def turned(before: date, day: date) -> list[int]:
    """Return the offers that the calendar alone published, ended or exempted between two days."""
    if before == day:
        return []
    began = and_(Offer.valid_from > before, Offer.valid_from <= day)
    ended = and_(Offer.valid_to >= before, Offer.valid_to < day)
    published = Offer.status == Status.PUBLISHED
    exempted = designations.turned(before, day)
    query = select(Offer.id).where(published, or_(began, ended, exempted))
    return list(db.session.scalars(query))


def touched_offers(touched: dict[str, list[Any]], at_most: int) -> list[int]:
    """Return the offers whose public face may hang on rows with these keys, not many more."""
    found = list(touched.get("offer", []))
    if actors := touched.get("actor"):
        query = select(Offer.id).where(Offer.actor_id.in_(actors))
        found += db.session.scalars(query.limit(at_most))
    if places := touched.get("place"):
        of_places = select(OfferPlace.offer_id).where(OfferPlace.place_id.in_(places))
        found += db.session.scalars(of_places.limit(at_most))
    return found


def municipality_named(name: str, within: str) -> Spot | None:
    """Return the centre of a municipality by its name, umlauts either way."""
    wanted = fold(name)
    found = db.session.execute(
        select(Region.name, Region.lat, Region.lon)
        .where(func.length(Region.ags) == 8, Region.lat.is_not(None))
        .order_by(Region.ags.startswith(within).desc(), Region.ags)
    )
    for label, lat, lon in found:
        if lat is not None and lon is not None and fold(label) == wanted:
            return Spot(lat, lon, 0, label)
    return None


def _shown(day: date, ids: Ids) -> ColumnElement[bool]:
    return and_(published_on(day), _of(Offer.id, ids))


def _of(owner: Column, ids: Ids) -> ColumnElement[bool]:
    return owner.is_not(None) if ids is None else owner.in_(ids)


def _read(query: Any) -> Any:
    return query.execution_options(yield_per=AT_ONCE // 10)


def _columns(query: Any, width: int) -> list[list[Any]]:
    """Return the rows of a query as columns, read piece by piece."""
    columns: list[list[Any]] = [[] for _ in range(width)]
    for piece in db.session.execute(_read(query)).partitions():
        for column, values in zip(columns, zip(*piece, strict=True), strict=True):
            column.extend(values)
    return columns


def _numbers(values: Iterable[Any]) -> Numbers:
    return np.array(values, np.int64)


def _days(values: Iterable[date | None]) -> Numbers:
    return np.array([day.toordinal() if day else 0 for day in values], np.int64)


def _pairs(one: Column, other: Column, owner: Column, ids: Ids) -> tuple[Numbers, Numbers]:
    """Return two columns of numbers, read as long texts: several times faster than row by row."""
    pair = cast(one, String) + "," + cast(other, String)
    query = select(func.aggregate_strings(pair, ","))
    texts = (db.session.scalar(query.where(piece)) for piece in _pieces(owner, ids))
    found = [np.fromstring(text, np.int64, sep=",") for text in texts if text]
    both = np.concatenate([np.zeros(0, np.int64), *found]).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _pieces(owner: Column, ids: Ids) -> Iterator[ColumnElement[bool]]:
    if ids is not None:
        yield owner.in_(ids)
        return
    highest = db.session.scalar(select(func.max(owner))) or 0
    for start in range(0, highest + 1, AT_ONCE):
        yield owner.between(start, start + AT_ONCE - 1)


def _terms(offer: Numbers, singles: Sequence[Numbers], ids: Ids) -> dict[int, Numbers]:
    """Return the offers of each term, whichever way they have it."""
    linked = _pairs(OfferTerm.term_id, OfferTerm.offer_id, OfferTerm.offer_id, ids)
    spoken = _pairs(OfferLanguage.term_id, OfferLanguage.offer_id, OfferLanguage.offer_id, ids)
    single = [(each, offer) for each in singles]
    term, of = (np.concatenate(each) for each in zip(linked, spoken, *single, strict=True))
    order = np.argsort(term.astype(np.int32), kind="stable")
    known, start = np.unique(term[order], return_index=True)
    pieces = np.split(of[order], start)[1:]
    return {int(key): piece for key, piece in zip(known, pieces, strict=True) if key}


def _links(day: date, ids: Ids, hours: dict[str, int]) -> Links:
    """Return where the offers are; of a confidential place only its region."""
    secret = Place.confidential
    found = _columns(
        select(
            OfferPlace.offer_id,
            OfferPlace.place_id,
            case((secret, None), else_=Place.lat),
            case((secret, None), else_=Place.lon),
            case((secret, None), else_=func.coalesce(OfferPlace.own_hours, Place.hours)),
            Place.municipality,
            Place.step_free == Answer.YES,
            secret,
        )
        .join(Place, Place.id == OfferPlace.place_id)
        .join(Offer, Offer.id == OfferPlace.offer_id)
        .where(_shown(day, ids)),
        8,
    )
    return Links(
        offer=_numbers(found[0]),
        place=_numbers(found[1]),
        lat=np.array(found[2], np.float64),
        lon=np.array(found[3], np.float64),
        hours=_numbers([hours.setdefault(each, len(hours)) if each else -1 for each in found[4]]),
        region=_numbers([region_code(ags) if ags else 0 for ags in found[5]]),
        step_free=np.array(found[6], np.bool_),
        confidential=np.array(found[7], np.bool_),
    )


def _areas(day: date, ids: Ids) -> Areas:
    query = select(OfferArea.offer_id, OfferArea.ags).join(Offer, Offer.id == OfferArea.offer_id)
    offer, ags = _columns(query.where(_shown(day, ids)), 2)
    return Areas(_numbers(offer), _numbers([region_code(each) for each in ags]))


def _runs(day: date, ids: Ids) -> Runs:
    """Return the runs that have not begun yet."""
    found = _columns(
        select(Run.offer_id, Run.starts_on, Run.register_by, Run.availability != Availability.NONE)
        .join(Offer, Offer.id == Run.offer_id)
        .where(Run.starts_on >= day, _shown(day, ids)),
        4,
    )
    bookable = np.array(found[3], np.bool_)
    return Runs(_numbers(found[0]), _days(found[1]), _days(found[2]), bookable)


def _closures(day: date, ids: Ids) -> Closures:
    """Return the closures that are not over."""
    found = _columns(
        select(Closure.offer_id, Closure.closed_from, Closure.closed_to)
        .join(Offer, Offer.id == Closure.offer_id)
        .where(Closure.closed_to >= day, _shown(day, ids)),
        3,
    )
    return Closures(_numbers(found[0]), _days(found[1]), _days(found[2]))
