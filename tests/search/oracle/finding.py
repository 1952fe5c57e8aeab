"""The order of hits, in plain SQL."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from registry.actors.models import Actor, Place
from registry.core.db import db
from registry.core.text import words
from registry.offers.models import Offer, OfferPlace, Run
from registry.search.criteria import Criteria, Moment, Spot
from tests.search.oracle.matching import matching, squared_km


def page_of_ids(wanted: Criteria, moment: Moment) -> list[int]:
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


def dots(wanted: Criteria, moment: Moment) -> list[tuple[int, float, float]]:
    """Return the public places of the hits with their degrees."""
    there = (
        select(OfferPlace.place_id)
        .join(Offer, Offer.id == OfferPlace.offer_id)
        .where(matching(wanted, moment))
    )
    query = select(Place.id, Place.lat, Place.lon).where(
        Place.confidential.is_(False), Place.lat.is_not(None), Place.id.in_(there)
    )
    return [(key, lat or 0.0, lon or 0.0) for key, lat, lon in db.session.execute(query)]
