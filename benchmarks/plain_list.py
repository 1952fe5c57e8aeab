"""A list page as one writes it first: mapped objects, marshmallow, COUNT and GROUP BY.

It stands in for `reader.find` under the same view and templates. SQL leaves out whatever it would
take long for: who is meant by "all", areas served, levels, opening hours and runs. The map beside
the list stays ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, select

from registry.actors.models import Place
from registry.core.db import db
from registry.offers.models import Offer, OfferLanguage, OfferPlace, OfferTerm
from registry.offers.queries import load_offers, published_on
from registry.offers.schemas import OfferSchema
from registry.search import reader
from registry.search.criteria import FACETS, FLAGS, Criteria, Moment
from registry.search.index.index import Counts
from registry.search.reader import Found
from registry.vocabulary.models import Term


@contextmanager
def instead() -> Iterator[None]:
    """Let pages be made the plain way."""
    with patch.object(reader, "find", _find):
        yield


def _find(wanted: Criteria, moment: Moment) -> Found:
    shown = published_on(moment.day)
    total = db.session.scalar(select(func.count(Offer.id)).where(shown)) or 0
    ids = db.session.scalars(
        select(Offer.id)
        .where(shown)
        .order_by(Offer.folded_title, Offer.id)
        .limit(wanted.per_page)
        .offset((wanted.page - 1) * wanted.per_page)
    ).all()
    offers = [OfferSchema().dump(offer) for offer in load_offers(ids)]
    unconfirmed = [None for _offer in offers]  # it says nothing about that
    return Found(reader.ask(wanted, moment), offers, total, _counts(shown), unconfirmed)


def _counts(shown: Any) -> Counts:
    ids = select(Offer.id).where(shown)
    found: Counts = {name: {} for name in FACETS} | {flag: {"true": 0} for flag in FLAGS}
    for link in (OfferTerm, OfferLanguage):
        terms = (
            select(Term.scheme, Term.key, func.count(link.offer_id.distinct()))
            .join(link, link.term_id == Term.id)
            .where(link.offer_id.in_(ids))
            .group_by(Term.id)
        )
        for scheme, key, count in db.session.execute(terms):
            found.setdefault(scheme, {})[key] = count
    towns = (
        select(Place.municipality, func.count(OfferPlace.offer_id.distinct()))
        .join(OfferPlace, OfferPlace.place_id == Place.id)
        .where(OfferPlace.offer_id.in_(ids))
        .group_by(Place.municipality)
    )
    found["region"] = {ags: count for ags, count in db.session.execute(towns) if ags}
    return found
