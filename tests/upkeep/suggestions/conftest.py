"""An offer, and what visitors suggest about it."""

from typing import Any

import pytest

from registry.actors.models import Actor
from registry.core.db import db
from registry.offers.models import Offer
from registry.upkeep.suggestions import services
from registry.upkeep.suggestions.models import Suggestion
from registry.upkeep.suggestions.services import Wish
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

PLACE = {"name": "Rathaus", "municipality": "09576143", "hours": "Mo-Fr 08:00-12:00"}
CHANGE = {"path": "title.de", "old": "Beratung", "new": "Offene Beratung"}


@pytest.fixture
def offer(database: None) -> Offer:
    contact = {"function": "Empfang", "phone": "09171 1", "publish_public": True}
    actor = make_actor(places=[PLACE], contacts=[contact])
    return make_offer(actor, contact=str(actor.contacts[0].uuid))


def suggested(about: Offer | Actor | None, *changes: Any, **more: Any) -> Suggestion:
    region = about.region if about else "09576"
    wish = Wish(changes or [CHANGE], **more)
    made = services.suggest(about, region, str(about or changes[0]["new"]), wish)
    db.session.commit()
    return made


def address(suggestion: Suggestion, step: str = "") -> str:
    return f"/en/office/suggestions/{suggestion.uuid}{step}"
