"""Reading offers of advice that nobody has designated, and what the finder shows of its choice."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.designations.queries import ages, closures_of
from registry.designations.responsibility import ADVICE, Point, is_away, limits
from registry.offers.models import Offer
from registry.offers.queries import published_on, with_parts
from registry.vocabulary.models import Term


def load_offers(uuids: Sequence[UUID]) -> dict[UUID, Offer]:
    found = db.session.scalars(with_parts(select(Offer).where(Offer.uuid.in_(uuids))))
    return {offer.uuid: offer for offer in found}


def load_actors(uuids: Sequence[UUID]) -> dict[UUID, Actor]:
    public = (Actor.uuid.in_(uuids), Actor.status == Status.PUBLISHED)
    parts = (selectinload(Actor.places), selectinload(Actor.contacts), selectinload(Actor.units))
    return {
        each.uuid: each for each in db.session.scalars(select(Actor).where(*public).options(*parts))
    }


def load_advice(within: str, day: date) -> Sequence[Offer]:
    """Return offers of first advice in a region (AGS), designated or not."""
    kinds = select(Term.id).where(Term.scheme == "service_type", Term.key.in_(ADVICE))
    of_region = select(Actor.id).where(Actor.region.startswith(within, autoescape=True))
    query = (
        select(Offer)
        .where(published_on(day), Offer.service_type_id.in_(kinds), Offer.actor_id.in_(of_region))
        .options(
            selectinload(Offer.service_type),
            selectinload(Offer.term_links),
            selectinload(Offer.areas),
            selectinload(Offer.languages),
            selectinload(Offer.closures),
        )
        .order_by(Offer.id)
        .limit(50)
    )
    return db.session.scalars(query).all()


def advising(offer: Offer, day: date) -> Point:
    """Return an offer of advice on a day as a contact point that nobody has designated."""
    return Point(
        key=offer.id,
        service=offer.service_type.key if offer.service_type else "",
        areas=tuple(area.ags for area in offer.areas),
        ages=ages(offer.min_age, offer.max_age),
        statuses=limits(term.key for term in offer.eligibility),
        languages=frozenset(link.language.key for link in offer.languages),
        designated=False,
        away=is_away(closures_of(offer), day),
    )
