"""The pages about bodies: the office's, and the directory everyone sees."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.actors import services as actors
from registry.core import i18n
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.network.bodies.models import Body, Responsibility
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.bodies import make_body
from tests.factories.forms import changed, form_of
from tests.factories.network import make_actors, make_link
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]
PAGE = "/en/office/network/bodies"
DUTIES = "/en/office/network/responsibilities"
pytestmark = pytest.mark.usefixtures("no_csrf")


def test_the_office_enters_changes_and_deletes_a_body(as_user: Any, client: FlaskClient) -> None:
    olga, actor = as_user("olga"), make_actor()
    form = changed(form_of(olga.get(f"{PAGE}/new").text), name="AK Sprache")
    form = changed(form, **{"members-0__actor": actor.uuid, "members-0__part": "chair"})
    address = olga.post(f"{PAGE}/new", data=form).headers["Location"]
    assert "AK Sprache" in olga.get(PAGE).text
    assert "AK Sprache" not in client.get("/en/bodies").text
    form = changed(form_of(olga.get(address).text), public="true")
    assert olga.post(address, data=form).status_code == 302
    assert "AK Sprache" in client.get("/en/bodies").text
    row = db.session.query(Body).one()
    assert [(each.actor.name, each.part) for each in row.members] == [("Musterverband", "chair")]
    olga.post(f"{address}/delete", data={"version": row.version})
    assert "AK Sprache" not in client.get("/en/bodies").text
    assert client.get(f"/en/bodies/{row.uuid}").status_code == 404


def test_a_refused_form_loses_nothing(as_user: Any) -> None:
    amal, foreign = as_user("amal"), make_actor(region="09573")
    form = changed(form_of(amal.get(f"{PAGE}/new").text), name="AK Sprache")
    form = changed(form, **{"members-0__actor": foreign.uuid, "members-0__seats": "3"})
    form = changed(form, term_from="2027-01-01", term_to="2026-01-01")
    refused = amal.post(f"{PAGE}/new", data=form)
    assert refused.status_code == 422
    assert form_of(refused.text)["members-0.seats"] == "3"
    assert "The end lies before the start." in refused.text


def test_the_overview_says_what_overlaps_in_a_sentence(as_user: Any) -> None:
    first, second = make_actor(name="VHS"), make_actor(name="Caritas")
    make_body(first, second)
    make_body(first, name="Runder Tisch", fields=["school"])
    with count_queries() as two:
        page = as_user("carla").get(f"{PAGE}/overview").text
    assert "AK Sprache and Runder Tisch share 1 of 2 members." in page
    assert "VHS has a seat in 2 of 2 bodies." in page
    make_body(first, second, make_actor(name="AWO"), name="Beirat", form="council")
    with count_queries() as three:
        as_user("carla").get(f"{PAGE}/overview")
    assert len(three) <= len(two)


def test_a_field_has_its_form_and_what_was_agreed_is_shown(as_user: Any) -> None:
    amal, actor = as_user("amal"), make_actor(name="VHS")
    form = form_of(amal.get(f"{DUTIES}/language").text)
    form = changed(form, **{"duties-0__actor": actor.uuid, "duties-0__role": "lead"})
    assert amal.post(f"{DUTIES}/language", data=form).status_code == 302
    assert db.session.query(Responsibility).one().role == "lead"
    assert "VHS" in as_user("carla").get(DUTIES).text
    assert amal.post(f"{DUTIES}/language", data=form).status_code == 409
    assert as_user("carla").post(f"{DUTIES}/language", data=form).status_code == 403
    assert amal.get(f"{DUTIES}/unheard-of").status_code == 404


def test_another_district_sees_nothing_of_it(as_user: Any) -> None:
    body, boris = make_body(make_actor()), as_user("boris")
    for path in ("", "/inside"):
        assert boris.get(f"{PAGE}/{body.uuid}{path}").status_code == 404
    for path in ("", "/delete"):
        assert boris.post(f"{PAGE}/{body.uuid}{path}", data={"version": 1}).status_code == 404
    assert "AK Sprache" not in boris.get(PAGE).text
    assert "AK Sprache" not in boris.get(f"{PAGE}/overview").text


def test_members_that_are_archived_or_hidden_are_not_named(cast: Cast, client: FlaskClient) -> None:
    gone, here = make_actor(name="Alter Verein"), make_actor(name="VHS", places=[PLACE])
    shelter = make_actor(name="Frauenhaus", places=[{**PLACE, "confidential": True}])
    both = make_actor(name="SkF", places=[PLACE, {**PLACE, "confidential": True}])
    body = make_body(gone, here, shelter, both)
    page = f"/en/bodies/{body.uuid}"
    assert "Alter Verein" in client.get(page).text
    actors.archive_actor(cast.who("amal"), gone.uuid)
    db.session.commit()
    shown = client.get(page).text
    assert ("VHS" in shown, "SkF" in shown) == (True, True)
    assert ("Alter Verein" in shown, "Frauenhaus" in shown) == (False, False)


def test_a_named_network_says_what_it_offers_and_what_not(
    as_user: Any, client: FlaskClient
) -> None:
    member = make_actor(name="Jobcenter")
    make_offer(actor=member, fields=["language"], title={"de": "Sprachcafé am Montag"})
    network = make_body(member, form="network", name="Netzwerkverbund")
    shown = client.get(f"/ar/bodies/{network.uuid}").text
    assert "Sprachcafé am Montag" in shown
    assert "None of its members has an offer in:" in client.get(f"/en/bodies/{network.uuid}").text
    inside = as_user("carla").get(f"{PAGE}/{network.uuid}/inside").text
    assert "Nobody has been asked yet" in inside
    assert "unknown: no answer" in inside


def test_a_seat_and_a_term_end_with_their_last_day_on_kept_pages(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = datetime(2026, 11, 23, 10, tzinfo=ZONE)
    seat = {"actor": make_actor(name="VHS").uuid, "until": "2026-11-23"}
    page = f"/en/bodies/{make_body(members=[seat], term_to='2026-11-23').uuid}"
    monkeypatch.setattr(i18n, "local_now", lambda: monday)
    before = client.get(page).text
    assert ("VHS" in before, "The term of office ended" in before) == (True, False)
    monkeypatch.setattr(i18n, "local_now", lambda: monday + timedelta(hours=14))
    after = client.get(page).text
    assert ("VHS" in after, "The term of office ended" in after) == (False, True)


def test_the_office_sees_who_of_the_members_works_with_whom(as_user: Any) -> None:
    first, second, third = make_actors("Agentur für Arbeit", "Jobcenter", "Stadt Roth")
    make_link(first, second, "joint", by_target=1)
    make_link(second, third, "wish")
    make_link(first, make_actor(name="VHS"), "referral")
    network = make_body(first, second, third, form="network")
    page = as_user("carla").get(f"{PAGE}/{network.uuid}/inside").text
    assert "1 link is reported among 3 members" in page
    assert "by both sides" in page
    assert ("VHS" in page, "Wish to cooperate" in page) == (False, False)
