"""Reading what the finder shows of the contact points it has chosen."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers.models import Offer
from registry.offers.queries import with_parts


def load_offers(uuids: Sequence[UUID]) -> dict[UUID, Offer]:
    found = db.session.scalars(with_parts(select(Offer).where(Offer.uuid.in_(uuids))))
    return {offer.uuid: offer for offer in found}


def load_actors(uuids: Sequence[UUID]) -> dict[UUID, Actor]:
    public = (Actor.uuid.in_(uuids), Actor.status == Status.PUBLISHED)
    parts = (selectinload(Actor.places), selectinload(Actor.contacts), selectinload(Actor.units))
    return {
        each.uuid: each for each in db.session.scalars(select(Actor).where(*public).options(*parts))
    }
