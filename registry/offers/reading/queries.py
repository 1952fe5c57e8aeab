"""Reading offers for lists."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from registry.core.db import db
from registry.offers.models import Offer
from registry.offers.queries import published_on, with_parts


def public_offers(ids: Sequence[int], day: date) -> list[Offer]:
    """Return those of the offers that everyone may see on a day, in the order of their ids."""
    query = with_parts(select(Offer).where(Offer.id.in_(ids), published_on(day)))
    found = {offer.id: offer for offer in db.session.scalars(query)}
    return [found[key] for key in ids if key in found]
