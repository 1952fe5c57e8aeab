"""Who sees the queue of suggestions, and what it costs."""

from typing import Any

import pytest

from registry.core.db import db
from registry.offers.models import Offer
from registry.upkeep.suggestions import queries
from registry.upkeep.suggestions.models import State
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer
from tests.upkeep.suggestions.conftest import CHANGE, PLACE, address, suggested

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")

pytestmark = pytest.mark.usefixtures("no_csrf")


@pytest.mark.parametrize("name", ["boris", "carla", "olga"])
def test_the_office_of_another_district_does_not_know_it(
    as_user: Any, offer: Offer, name: str
) -> None:
    made = suggested(offer)
    other = as_user(name)
    assert other.get(address(made)).status_code == 404
    for step in ("/accept", "/reject", "/spam", "/entry"):
        assert other.post(address(made, step), data={"reason": "x"}).status_code == 404
    assert made.state == State.OPEN


def test_who_keeps_one_actor_decides_nothing(as_user: Any, cast: Cast, offer: Offer) -> None:
    cast.keeps(offer.actor)
    db.session.commit()
    assert as_user("emil").get("/en/office/suggestions").status_code == 403
    assert as_user("emil").get(address(suggested(offer))).status_code == 404


def test_the_queue_shows_the_oldest_first_and_only_the_own_regions(
    as_user: Any, cast: Cast, offer: Offer
) -> None:
    suggested(offer, {**CHANGE, "new": "x"})
    suggested(None, {"path": "title", "old": "", "new": "Nähcafé"})
    foreign = make_offer(make_actor(region="09573", places=[PLACE]), title="Fremdes")
    suggested(foreign)
    page = as_user("amal").get("/en/office/suggestions").text
    assert page.index("Beratung</a>") < page.index("Nähcafé</a>")
    assert "Fremdes" not in page
    assert [queries.count_open(cast.who(n)) for n in ("amal", "boris", "carla")] == [2, 1, 0]


def test_the_queue_asks_as_little_for_three_as_for_one(as_user: Any, offer: Offer) -> None:
    amal = as_user("amal")
    counted = []
    for more in (1, 2):
        for _number in range(more):
            suggested(offer)
        amal.get("/en/office/suggestions")
        with count_queries() as seen:
            amal.get("/en/office/suggestions")
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 8
