"""How many hits each choice would give; a facet's counts ignore its own selection."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import case, literal, select

from registry.actors.models import Place
from registry.core.db import db
from registry.offers.models import Offer, OfferArea, OfferLanguage, OfferPlace, OfferTerm
from registry.search.criteria import FLAGS, OPEN_TO_ALL, TERM_FILTERS, Criteria, Moment
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.models import Term
from tests.search.oracle.matching import ids

Counts = dict[str, dict[str, int]]
Values = dict[int, set[str]]


def counts(wanted: Criteria, moment: Moment, municipalities: Collection[str]) -> Counts:
    """Return {filter: {value: hits}}; flags have the one value "true"."""
    all_hits = ids(wanted, moment)
    in_use = {*wanted.chosen, *wanted.flags}
    hits = {name: ids(wanted, moment, but=name) for name in in_use}
    found: Counts = {}
    for name, values in _values(municipalities).items():
        found[name] = _count(values, hits.get(name, all_hits))
    for name in FLAGS:
        having = ids(Criteria(flags={name: True}, unconfirmed=True), moment)
        found[name] = {"true": len(having & hits.get(name, all_hits))}
    return found


def _count(values: Values, hits: set[int]) -> dict[str, int]:
    counter: Counter[str] = Counter()
    for offer in hits & values.keys():
        counter.update(values[offer])
    return dict(counter)


def _values(municipalities: Collection[str]) -> dict[str, Values]:
    """Return, per filter, which values every offer answers to."""
    values: dict[str, Values] = {name: {} for name in TERM_FILTERS}
    pairs = select(Offer.id, Term.scheme, Term.key)
    linked = pairs.join(OfferTerm, OfferTerm.offer_id == Offer.id).join(
        Term, Term.id == OfferTerm.term_id
    )
    spoken = pairs.join(OfferLanguage, OfferLanguage.offer_id == Offer.id).join(
        Term, Term.id == OfferLanguage.term_id
    )
    for query in (linked.where(Term.scheme.in_(TERM_FILTERS.values())), spoken):
        for offer, scheme, key in db.session.execute(query):
            values[scheme].setdefault(offer, set()).add(key)
    for name in OPEN_TO_ALL:
        everything = {term.key for term in vocabulary.terms(name)}
        for keys in values[name].values():
            keys |= everything if "all" in keys else set()
    values["level"] = _levels()
    values["region"] = _regions(municipalities)
    return values


def _levels() -> Values:
    terms = vocabulary.terms("level")
    order = {term.id: number for number, term in enumerate(terms)}
    found = db.session.execute(
        select(Offer.id, Offer.level_from_id, Offer.level_to_id).where(
            Offer.level_from_id.is_not(None)
        )
    )
    return {
        offer: {term.key for term in terms[order[low] : order[high] + 1]}
        for offer, low, high in found
        if low is not None and high is not None
    }


def _regions(municipalities: Collection[str]) -> Values:
    """Return the municipalities each offer reaches, by a place or by the area it serves."""
    public_key = case((Place.confidential.is_(True), literal(None)), else_=Place.municipality)
    at_places = select(OfferPlace.offer_id, public_key).join(Place, Place.id == OfferPlace.place_id)
    served = select(OfferArea.offer_id, OfferArea.ags)
    below: dict[str, set[str]] = {}
    values: Values = {}
    rows: list[tuple[int, Any]] = [
        *((offer, ags) for offer, ags in db.session.execute(at_places)),
        *((offer, ags) for offer, ags in db.session.execute(served)),
    ]
    for offer, ags in rows:
        if ags and ags not in below:
            below[ags] = {key for key in municipalities if key.startswith(ags)}
        if ags:
            values.setdefault(offer, set()).update(below[ags])
    return values
