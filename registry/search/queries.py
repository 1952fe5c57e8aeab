"""Finding offers: the hits of one page, their total, and the counts of every filter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from registry.actors.models import Actor, Place
from registry.core.db import db
from registry.core.text import fold, words
from registry.offers.models import Offer, OfferPlace, Run
from registry.offers.queries import load_offers
from registry.regions import queries as regions
from registry.regions.models import Region
from registry.search.criteria import Criteria, Spot
from registry.search.facets.queries import Counts, counts
from registry.search.matching.queries import Moment, matching, squared_km


@dataclass(frozen=True)
class Found:
    """One page of mapped offers for a schema to dump, the total, and {filter: {value: hits}}."""

    offers: list[Offer]
    total: int
    counts: Counts


def find(wanted: Criteria, moment: Moment) -> Found:
    home = regions.register()
    below = [place.ags for place in regions.municipalities(home.ags)] if home else []
    found = load_offers(_page_of_ids(wanted, moment))
    return Found(found, total(wanted, moment), counts(wanted, moment, below))


def total(wanted: Criteria, moment: Moment, *, but: str = "") -> int:
    query = select(func.count(Offer.id)).where(matching(wanted, moment, but=but))
    return db.session.scalar(query) or 0


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


def _page_of_ids(wanted: Criteria, moment: Moment) -> list[int]:
    """Return the internal ids of one page of hits, in the order asked for."""
    found = db.session.scalars(
        select(Offer.id)
        .join(Actor, Actor.id == Offer.actor_id)
        .where(matching(wanted, moment))
        .order_by(*_order(wanted, moment), Offer.folded_title, Offer.id)
        .limit(wanted.per_page)
        .offset((wanted.page - 1) * wanted.per_page)
    )
    return list(found)


def _order(wanted: Criteria, moment: Moment) -> list[ColumnElement[Any]]:
    if wanted.order == "distance" and wanted.spot:
        return [_nearest(wanted.spot)]
    if wanted.order == "start":
        return [func.coalesce(_next_start(moment.day), date.max)]
    if wanted.order == "confirmed":
        return [func.coalesce(Offer.last_confirmed, date.min).desc()]
    if wanted.order == "relevance":
        return _relevance(wanted)
    return []


def _relevance(wanted: Criteria) -> list[ColumnElement[Any]]:
    """Titles that hold more of the words come first, then the nearer place."""
    hits = [
        case((Offer.folded_title.contains(word, autoescape=True), 1), else_=0)
        for word in words(wanted.q)
    ]
    nearest = [_nearest(wanted.spot)] if wanted.spot else []
    return [sum(hits[1:], hits[0]).desc(), *nearest] if hits else nearest


def _next_start(day: date) -> Any:
    return (
        select(func.min(Run.starts_on))
        .where(Run.offer_id == Offer.id, Run.starts_on >= day)
        .correlate(Offer)
        .scalar_subquery()
    )


def _nearest(spot: Spot) -> Any:
    at = aliased(OfferPlace)
    return (
        select(func.min(squared_km(spot)))
        .select_from(at)
        .join(Place, Place.id == at.place_id)
        .where(at.offer_id == Offer.id, Place.confidential.is_(False))
        .correlate(Offer)
        .scalar_subquery()
    )
