"""The address of a merged entry leads to the one it went into."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers import services as offers
from registry.upkeep.duplicates.merging import services
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer
from tests.upkeep.duplicates.twins import merged

pytestmark = pytest.mark.usefixtures("no_csrf")


def test_the_losers_address_leads_to_the_winner_until_it_is_undone(
    client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    made = merged("actor", winner, loser)
    answer = client.get(f"/de/actors/{loser.uuid}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/de/actors/{winner.uuid}")
    assert "no-cache" in answer.headers["Cache-Control"]
    services.take_apart(CONSOLE, made.uuid)
    db.session.commit()
    assert client.get(f"/de/actors/{loser.uuid}").status_code == 200


def test_an_address_leads_on_through_two_merges_but_never_to_a_draft(
    client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    last = make_actor(name="Tafel", status=Status.DRAFT)
    merged("actor", winner, loser)
    merged("actor", last, winner)
    addresses = [f"/de/actors/{loser.uuid}", f"/api/v1/actors/{loser.uuid}"]
    assert [client.get(each).status_code for each in addresses] == [404, 404]
    actors.publish_actor(CONSOLE, last.uuid)
    db.session.commit()
    found = [client.get(each).headers["Location"] for each in addresses]
    assert found == [f"/de/actors/{last.uuid}", f"/api/v1/actors/{last.uuid}"]


def test_programs_are_led_on_as_well(
    client: FlaskClient, as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    one, two = make_offer(pair[0]), make_offer(pair[0])
    merged("offer", one, two)
    answer = client.get(f"/api/v1/offers/{two.uuid}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/offers/{one.uuid}")
    assert client.get(answer.headers["Location"]).json["id"] == str(one.uuid)
    assert as_user("amal").get(f"/api/v1/offers/{two.uuid}").json["status"] == "archived"
    offers.archive_offer(CONSOLE, one.uuid)
    db.session.commit()
    assert client.get(f"/api/v1/offers/{two.uuid}").json["code"] == "not_found"


def test_entries_that_went_into_each_other_lead_nowhere(
    client: FlaskClient, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    merged("actor", winner, loser)
    actors.restore_actor(CONSOLE, loser.uuid)
    merged("actor", loser, winner)
    assert client.get(f"/de/actors/{winner.uuid}").status_code == 404
