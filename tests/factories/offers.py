"""Offers for tests: complete and published unless the test says otherwise."""

from typing import Any

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers import services
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from tests.factories.actors import PLACE, make_actor


def make_offer(
    actor: Actor | None = None, who: Who = CONSOLE, *, status: str = Status.PUBLISHED, **fields: Any
) -> Offer:
    """Create an offer at the first place of its actor, from what a JSON payload would say."""
    actor = actor or make_actor(who, places=[PLACE], commit=False)
    example = fields.pop("example", False)
    given = {
        "title": {"de": "Beratung"},
        "summary": {"de": "Beratung zu Alltagsfragen"},
        "fields": ["advice"],
        "areas": ["09576"],
        "places": [{"place": str(place.uuid)} for place in actor.places[:1]],
        **fields,
    }
    data = OfferSchema(audience="office").load(given)
    offer = services.create_offer(who, actor.uuid, data, example=example)
    if status == Status.PUBLISHED:
        services.OFFERS.publish(who, offer)
    elif status == Status.ARCHIVED:
        services.archive_offer(who, offer.uuid)
    db.session.commit()
    return offer
