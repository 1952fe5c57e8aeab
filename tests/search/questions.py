"""Asking as a visitor does, and offers to be found."""

from datetime import datetime
from typing import Any

from registry.actors.models import Actor
from registry.core.i18n import ZONE
from registry.offers.models import Offer
from registry.search import reader, services
from registry.search.criteria import Criteria, Moment
from registry.search.reader import Found
from registry.search.schemas import SearchSchema
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

NOW = Moment(datetime(2026, 11, 24, 10, tzinfo=ZONE), "09576")  # a Tuesday
ROTH, HILPOLTSTEIN, GEORGENSGMUEND = "09576143", "09576127", "09576121"


def understood(**query: Any) -> Criteria:
    wanted, errors = services.understand(SearchSchema().load(query))
    assert not errors
    return wanted


def find(**query: Any) -> Found:
    return reader.find(understood(**query), NOW)


def titles(**query: Any) -> list[str]:
    """Return the titles found, in order."""
    return [offer["title"]["de"] for offer in find(**query).offers]


def offer(title: str, actor: Actor | None = None, **fields: Any) -> Offer:
    given = {"title": title, "summary": {"de": "x"}, "fields": ["housing"], **fields}
    return make_offer(actor or make_actor(name="Haus"), **given)


def at(municipality: str = ROTH, **place: Any) -> Actor:
    """Return an actor with one place."""
    return make_actor(name="Haus", places=[{"name": "Haus", "municipality": municipality, **place}])
