"""What a search means, in plain SQL: the oracle that the index is proven against.

Conditions are about `Offer`; a caller selects from it.

Distances are flat-earth degrees scaled at the middle, right to a few metres within a district and
the same arithmetic on both databases.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from math import cos, radians
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from registry.actors import hours as opening
from registry.actors.freshness import AUTHORITIES, months_before
from registry.actors.models import Actor, Answer, Place, Status
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.core.text import words
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
from registry.offers.queries import speaks
from registry.regions.models import RegionSettings
from registry.search.criteria import OPEN_TO_ALL, TERM_FILTERS, Criteria, Moment, Spot
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.models import Term

KM_PER_DEGREE = 111.32
SOON = timedelta(weeks=8)
Condition = ColumnElement[bool]


def conditions(wanted: Criteria, moment: Moment) -> dict[str, Condition]:
    """Return one condition a filter in use, by the filter's name."""
    made = {name: _term_condition(name, keys) for name, keys in wanted.chosen.items()}
    made |= {name: _flag_condition(name, moment, on=on) for name, on in wanted.flags.items()}
    if found := words(wanted.q):
        made["q"] = and_(*(_matches_word(word) for word in found))
    if not wanted.unconfirmed:
        made["unconfirmed"] = ~_left(moment.day)
    if wanted.spot:
        made["near"] = _within(wanted.spot)
    return made


def ids(wanted: Criteria, moment: Moment, *, but: str = "") -> set[int]:
    return set(db.session.scalars(select(Offer.id).where(matching(wanted, moment, but=but))))


def matching(wanted: Criteria, moment: Moment, *, but: str = "") -> Condition:
    """Return what a public search matches, one filter left out if asked."""
    chosen = (c for name, c in conditions(wanted, moment).items() if name != but)
    return and_(published_on(moment.day), *chosen)


def published_on(day: date) -> Condition:
    """Say once more, in words of its own, what everyone may see on a day."""
    return and_(
        Offer.status == Status.PUBLISHED,
        or_(Offer.valid_from.is_(None), Offer.valid_from <= day),
        or_(Offer.valid_to.is_(None), Offer.valid_to >= day),
        Offer.actor_id.in_(select(Actor.id).where(Actor.status == Status.PUBLISHED)),
    )


def _left(day: date) -> Condition:
    """Return what nobody has confirmed for too long, where a region hides that."""
    hiding = db.session.scalars(select(RegionSettings).where(RegionSettings.hide_unconfirmed))
    named = select(Actor.id).join(Term, Term.id == Actor.category_id)
    authority = or_(
        Offer.actor_id.in_(select(Actor.id).where(Actor.tier != "none")),
        Offer.actor_id.in_(named.where(Term.key.in_(AUTHORITIES))),
    )
    return or_(false(), *(and_(_unconfirmed(each, day), ~authority) for each in hiding))


def _unconfirmed(rules: RegionSettings, day: date) -> Condition:
    latest = months_before(day - timedelta(days=rules.grace_days), rules.offer_review_months)
    midnight = datetime.combine(latest + timedelta(days=1), time(), ZONE).astimezone(UTC)
    never = and_(Offer.last_confirmed.is_(None), Offer.created_at < midnight)
    there = Offer.actor_id.in_(select(Actor.id).where(Actor.region == rules.ags))
    return and_(there, or_(func.coalesce(Offer.last_confirmed <= latest, false()), never))


def _any(query: Select[Any]) -> Condition:
    """Ask about the offer alone: whoever uses the condition may select from places as well."""
    return exists(query.correlate(Offer))


def _matches_word(word: str) -> Condition:
    terms = _terms_named(word)
    place = select(OfferPlace.id).join(Place, Place.id == OfferPlace.place_id)
    return or_(
        _contains(Offer.folded, word),
        Offer.actor_id.in_(select(Actor.id).where(_contains(Actor.folded, word))),
        _any(place.where(OfferPlace.offer_id == Offer.id, _contains(Place.folded, word))),
        _has_any_term(terms),
    )


def _terms_named(word: str) -> list[int]:
    alone = len(word) < 3
    return [
        term
        for term, folded in vocabulary.names().items()
        if (f" {word} " in f" {folded} " if alone else word in folded)
    ]


def _contains(column: Any, word: str) -> Condition:
    """Match inside words, so that parts of compounds are found; short ones match whole."""
    if len(word) > 2:
        return column.contains(word, autoescape=True)
    return (literal(" ") + column + " ").contains(f" {word} ", autoescape=True)


def _has_any_term(ids: Iterable[int]) -> Condition:
    wanted = list(ids)
    if not wanted:
        return ~true()
    linked = select(OfferTerm.offer_id).where(
        OfferTerm.offer_id == Offer.id, OfferTerm.term_id.in_(wanted)
    )
    spoken = select(OfferLanguage.id).where(
        OfferLanguage.offer_id == Offer.id, OfferLanguage.term_id.in_(wanted)
    )
    of_actor = select(Actor.id).where(Actor.category_id.in_(wanted))
    return or_(
        _any(linked),
        _any(spoken),
        Offer.service_type_id.in_(wanted),
        Offer.cost_id.in_(wanted),
        Offer.level_from_id.in_(wanted),
        Offer.level_to_id.in_(wanted),
        Offer.actor_id.in_(of_actor),
    )


def _term_condition(name: str, keys: tuple[str, ...]) -> Condition:
    if name == "region":
        return or_(*(_in_region(ags) for ags in keys))
    if name == "language":
        return speaks(keys)
    if name == "level":
        return or_(*(_includes_level(key) for key in keys))
    wanted = {*keys, "all"} if name in OPEN_TO_ALL else set(keys)
    return _any(
        select(OfferTerm.offer_id)
        .join(Term, Term.id == OfferTerm.term_id)
        .where(
            OfferTerm.offer_id == Offer.id,
            Term.scheme == TERM_FILTERS[name],
            Term.key.in_(sorted(wanted)),
        )
    )


def _in_region(ags: str) -> Condition:
    """A place in the region, or an area served that overlaps it.

    Of a confidential place only the district is known, so a municipality never finds it.
    """
    at_place = (
        select(OfferPlace.id)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(
            OfferPlace.offer_id == Offer.id,
            Place.municipality.startswith(ags, autoescape=True),
            or_(Place.confidential.is_(False), literal(len(ags) <= 5)),
        )
    )
    above = [ags[:length] for length in (2, 3, 5, 8) if length <= len(ags)]
    served = select(OfferArea.offer_id).where(
        OfferArea.offer_id == Offer.id,
        or_(OfferArea.ags.startswith(ags, autoescape=True), OfferArea.ags.in_(above)),
    )
    return or_(_any(at_place), _any(served))


def _includes_level(key: str) -> Condition:
    wanted = vocabulary.term("level", key)
    order = {term.id: number for number, term in enumerate(vocabulary.terms("level"))}
    if wanted is None:
        return ~true()
    position = order[wanted.id]
    low = [each for each, number in order.items() if number <= position]
    high = [each for each, number in order.items() if number >= position]
    return and_(Offer.level_from_id.in_(low), Offer.level_to_id.in_(high))


def _flag_condition(name: str, moment: Moment, *, on: bool) -> Condition:
    made = {
        "free": _is_free,
        "childcare": lambda _moment: Offer.childcare == Answer.YES,
        "step_free": _is_step_free,
        "open_now": _may_be_open,
        "starts_soon": _starts_soon,
    }[name](moment)
    return made if on else ~made


def _is_free(_moment: Moment) -> Condition:
    free = select(Term.id).where(Term.scheme == "cost", Term.key == "free").scalar_subquery()
    return func.coalesce(Offer.cost_id == free, literal(False))


def _is_step_free(_moment: Moment) -> Condition:
    return _any(
        select(OfferPlace.id)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(
            OfferPlace.offer_id == Offer.id,
            Place.step_free == Answer.YES,
            Place.confidential.is_(False),
        )
    )


def _may_be_open(moment: Moment) -> Condition:
    """Open now, or nobody knows: an offer without any hours stays in the list."""
    closed_today = _any(
        select(Closure.id).where(
            Closure.offer_id == Offer.id,
            Closure.closed_from <= moment.day,
            Closure.closed_to >= moment.day,
        )
    )
    hours = func.coalesce(OfferPlace.own_hours, Place.hours)
    at_places = (
        select(OfferPlace.id)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(OfferPlace.offer_id == Offer.id)
    )
    open_there = at_places.where(
        or_(hours.is_(None), Place.confidential.is_(True), hours.in_(_open_hours(moment)))
    )
    nowhere = ~_any(select(OfferPlace.id).where(OfferPlace.offer_id == Offer.id))
    return and_(~closed_today, or_(nowhere, _any(open_there)))


def _open_hours(moment: Moment) -> list[str]:
    """Return those of the register's different hours that are not closed at the moment."""
    own = select(OfferPlace.own_hours).distinct().where(OfferPlace.own_hours.is_not(None))
    of_places = select(Place.hours).distinct().where(Place.hours.is_not(None))
    known = {*db.session.scalars(own), *db.session.scalars(of_places)}
    return sorted(h for h in known if opening.is_open(h, moment.at, moment.ags) is not False)


def _starts_soon(moment: Moment) -> Condition:
    return _any(
        select(Run.id).where(
            Run.offer_id == Offer.id,
            Run.starts_on >= moment.day,
            Run.starts_on <= moment.day + SOON,
            Run.availability != Availability.NONE,
            or_(Run.register_by.is_(None), Run.register_by >= moment.day),
        )
    )


def squared_km(spot: Spot) -> ColumnElement[float]:
    north = (Place.lat - spot.lat) * KM_PER_DEGREE
    east = (Place.lon - spot.lon) * (KM_PER_DEGREE * cos(radians(spot.lat)))
    return cast(north * north + east * east, Float)


def _within(spot: Spot) -> Condition:
    reach = spot.radius_km / KM_PER_DEGREE
    return _any(
        select(OfferPlace.id)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(
            OfferPlace.offer_id == Offer.id,
            Place.confidential.is_(False),
            Place.lat.between(spot.lat - reach, spot.lat + reach),
            squared_km(spot) <= spot.radius_km**2,
        )
    )
