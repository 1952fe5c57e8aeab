"""The office's pages about rounds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from registry.core.db import db
from tests.conftest import Cast
from tests.factories.campaigns import CONTACT
from tests.factories.rounds import TODAY, asked_of, make_partner, make_round, start_round

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
SignIn = Callable[[str], FlaskClient]
ROUNDS = "/de/office/network/rounds"
PLAN = {
    "name": "Umfrage Herbst",
    "kinds": ["exchange", "wish"],
    "deadline": (TODAY + timedelta(days=20)).isoformat(),
    "reminder_days": "7; 14",
}


def test_the_office_plans_previews_starts_and_closes(as_user: SignIn, cast: Cast) -> None:
    make_partner("Verein")
    make_partner("Ohne Adresse", contacts=[])
    client = as_user("olga")
    planned = client.post(f"{ROUNDS}/new", data=PLAN)
    page = client.get(planned.location).text
    assert "verein@verband.example" in page
    assert "Ohne Adresse" in client.get(planned.location + "?group=phone").text
    begun = client.post(planned.location + "/start", data={"version": "1"}, follow_redirects=True)
    assert "Verein" in begun.text
    assert "Umfrage Herbst" in client.get(ROUNDS).text
    assert CONTACT["phone"] in client.get(planned.location + "/call-list").text
    assert client.post(planned.location + "/remind").status_code == 302
    closed = client.post(planned.location + "/close", follow_redirects=True)
    assert "abgeschlossen" in closed.text or "beendet" in closed.text


def test_a_round_asks_for_at_least_one_kind_of_cooperation(as_user: SignIn) -> None:
    refused = as_user("olga").post(f"{ROUNDS}/new", data={**PLAN, "kinds": ["wish"]})
    assert refused.status_code == 422
    assert "Umfrage Herbst" in refused.text


def test_readers_see_the_response_and_change_nothing(as_user: SignIn, cast: Cast) -> None:
    make_partner("Verein")
    planned, running = make_round(), start_round(name="Läuft")
    client = as_user("carla")
    assert "verein@verband.example" not in client.get(f"{ROUNDS}/{planned.uuid}").text
    assert "Verein" in client.get(f"{ROUNDS}/{running.uuid}").text
    for way in ("new", f"{running.uuid}/call-list", f"{planned.uuid}/edit", "unanswered"):
        assert client.get(f"{ROUNDS}/{way}").status_code in (403, 404), way
    assert client.post(f"{ROUNDS}/{running.uuid}/close").status_code in (403, 404)


def test_rounds_of_another_district_do_not_exist(as_user: SignIn, cast: Cast) -> None:
    make_partner("Verein")
    found = start_round()
    client = as_user("boris")
    for way in ("", "/edit", "/call-list"):
        assert client.get(f"{ROUNDS}/{found.uuid}{way}").status_code == 404
    assert "Umfrage Herbst" not in client.get(ROUNDS).text


def test_who_is_missing_can_be_added_and_is_then_seen_to(as_user: SignIn, cast: Cast) -> None:
    found = make_partner("Verein")
    asked = asked_of(start_round(), found)
    asked.missing = ["Turnverein & Co", "Chor"]
    db.session.commit()
    client = as_user("amal")
    assert "Organisations that actors miss" in client.get("/en/office").text
    page = client.get(f"{ROUNDS}/missing").text
    assert 'role="status">2 Einträge' in page
    assert 'role="status">1 Eintrag' in client.get(f"{ROUNDS}/unanswered").text
    assert "Turnverein &amp; Co" in page
    new = client.get("/de/office/actors/new", query_string={"name": "Turnverein & Co"}).text
    assert 'value="Turnverein &amp; Co"' in new
    client.post(f"{ROUNDS}/asked/{asked.uuid}/seen-to", data={"name": "Chor"})
    assert asked.missing == ["Turnverein & Co"]
    other = as_user("boris").post(f"{ROUNDS}/asked/{asked.uuid}/seen-to", data={"name": "Chor"})
    assert other.status_code == 404
