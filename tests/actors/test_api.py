"""Actors as JSON: the list, one actor, and writing."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.actors.models import Actor
from registry.core.db import db
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor

DATABASES = ["postgresql"]


def made(**fields: Any) -> Actor:
    actor = make_actor(**fields)
    db.session.commit()
    return actor


def path(actor: Actor, action: str = "") -> str:
    return f"/api/v1/actors/{actor.uuid}{action}"


def test_the_list_holds_published_actors_by_name(client: FlaskClient) -> None:
    made(name="Zebra e.V.")
    made(name="anton e.V.")
    made(name="Entwurf e.V.", status="draft")
    answer = client.get("/api/v1/actors").json
    assert [item["name"] for item in answer["items"]] == ["anton e.V.", "Zebra e.V."]
    assert (answer["total"], answer["page"], answer["per_page"]) == (2, 1, 50)


def test_the_list_shows_nobody_the_office_fields(as_user: Any, cast: Cast) -> None:
    made(source="intern")
    item = as_user("dana").get("/api/v1/actors").json["items"][0]
    assert not {"source", "version"} & item.keys()


def test_a_word_is_found_whichever_way_the_umlaut_is_typed(client: FlaskClient) -> None:
    made(name="Müller-Stiftung")
    assert client.get("/api/v1/actors?q=mueller").json["total"] == 1


def test_the_categories_are_counted_without_their_own_selection(client: FlaskClient) -> None:
    made(category="welfare")
    made(category="welfare")
    made(category="police")
    answer = client.get("/api/v1/actors?category=police&lang=en").json
    counts = {choice["value"]: choice["count"] for choice in answer["facets"]["category"]}
    assert answer["total"] == 1
    assert counts == {"welfare": 2, "police": 1}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("category=nope", "category"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=99999999999999999999", "page"),
        ("per_page=201", "per_page"),
        ("q=" + "x" * 201, "q"),
        ("lang=xx", "lang"),
    ],
)
def test_an_impossible_value_is_a_message_at_its_name(
    client: FlaskClient, query: str, name: str
) -> None:
    answer = client.get(f"/api/v1/actors?{query}")
    assert (answer.status_code, list(answer.json["errors"])) == (422, [name])
    assert all(isinstance(text, str) for text in answer.json["errors"][name])


def test_a_page_too_high_is_empty(client: FlaskClient) -> None:
    made()
    answer = client.get("/api/v1/actors?page=1000000000")
    assert (answer.status_code, answer.json["items"], answer.json["total"]) == (200, [], 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    client: FlaskClient, count: int
) -> None:
    for number in range(count):
        made(
            name=f"Verein {number}",
            parent=str(make_actor(name="Träger", status="draft").uuid),
            units=[{"name": "Büro"}],
            contacts=[{"function": "Empfang", "publish_public": True, "unit": "Büro"}],
            places=[PLACE],
            areas=["09576"],
        )
    client.get("/api/v1/offers")  # the index is there
    db.session.expunge_all()
    with count_queries() as seen:
        answer = client.get("/api/v1/actors")
    assert len(answer.json["items"]) == count
    assert len(seen) <= 11


def test_contacts_are_shown_to_everyone_only_where_they_agree(client: FlaskClient) -> None:
    contacts = [{"function": "Leitung"}, {"function": "Empfang", "publish_public": True}]
    shown = client.get(path(made(contacts=contacts))).json["contacts"]
    assert [contact["function"] for contact in shown] == ["Empfang"]


def test_the_office_reads_every_contact_and_the_source(as_user: Any, cast: Cast) -> None:
    actor = made(contacts=[{"function": "Leitung"}], source="Anruf")
    answer = as_user("carla").get(path(actor)).json
    assert (len(answer["contacts"]), answer["source"]) == (1, "Anruf")


def test_a_draft_is_hidden_from_strangers_and_other_regions(as_user: Any, client: Any) -> None:
    actor = made(status="draft")
    assert client.get(path(actor)).status_code == 404
    assert as_user("boris").get(path(actor)).status_code == 404
    assert as_user("carla").get(path(actor)).status_code == 200


def test_a_parent_that_is_not_published_is_not_named(client: FlaskClient) -> None:
    actor = made(parent=str(make_actor(status="draft").uuid))
    assert client.get(path(actor)).json["parent"] is None


def test_an_editor_creates_an_actor_in_their_region(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    client = as_user("amal")
    answer = client.post("/api/v1/actors", json={"region": "09576", "name": "Neu e.V."})
    assert (answer.status_code, answer.json["status"]) == (201, "draft")
    assert client.get(answer.headers["Location"]).json == answer.json


def test_nobody_creates_an_actor_in_another_region(as_user: Any, cast: Cast, no_csrf: None) -> None:
    answer = as_user("boris").post("/api/v1/actors", json={"region": "09576", "name": "Neu e.V."})
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("region", ["99999", "0957", "x", None, 9576, "09576\n"])
def test_a_region_that_does_not_exist_is_a_message(
    as_user: Any, cast: Cast, no_csrf: None, region: Any
) -> None:
    answer = as_user("dana").post("/api/v1/actors", json={"region": region, "name": "Neu e.V."})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["region"])


def test_a_stale_version_is_a_conflict_that_shows_the_present_one(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    actor, client = made(), as_user("amal")
    old = actor.version
    assert client.patch(path(actor), json={"version": old, "name": "Erste"}).status_code == 200
    answer = client.patch(path(actor), json={"version": old, "name": "Zweite"})
    assert (answer.status_code, answer.json["current"]["name"]) == (409, "Erste")


def test_a_place_keeps_its_identity_when_it_is_changed(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    actor = made(places=[PLACE])
    row = {**PLACE, "id": str(actor.places[0].uuid), "name": "Neues Rathaus"}
    sent = {"version": actor.version, "places": [row]}
    answer = as_user("amal").patch(path(actor), json=sent).json
    assert [(p["id"], p["name"]) for p in answer["places"]] == [(row["id"], "Neues Rathaus")]


@pytest.mark.parametrize(
    "place",
    [
        {"lat": 1e999, "lon": 1},
        {"lat": 91, "lon": 1},
        {"lat": 49.0},
        {"postcode": "12345\n"},
        {"postcode": "٠٩٥٧٦"},
        {"municipality": "99999999"},
        {"hours": "sometimes"},
        {"hours": "8-9," * 75},
        {"name": "x" * 201},
        {"name": "\ud800"},
        {"name": "\x00"},
        {"id": "00000000-0000-4000-8000-000000000000"},
        {"step_free": "maybe"},
        {"confidential": "perhaps"},
    ],
)
def test_an_impossible_place_is_a_message(
    as_user: Any, cast: Cast, no_csrf: None, place: dict[str, Any]
) -> None:
    actor = made()
    sent = {"version": actor.version, "places": [{**PLACE, **place}]}
    answer = as_user("amal").patch(path(actor), json=sent)
    assert answer.status_code in {400, 422}
    assert answer.json["errors"]


@pytest.mark.parametrize(
    ("action", "status"),
    [("/archive", "archived"), ("/restore", "draft"), ("/publish", "published")],
)
def test_an_editor_moves_an_actor_through_its_life(
    as_user: Any, cast: Cast, no_csrf: None, action: str, status: str
) -> None:
    answer = as_user("amal").post(path(made(), action))
    assert (answer.status_code, answer.json["status"]) == (200, status)


def test_deleting_archives_and_confirming_dates(as_user: Any, cast: Cast, no_csrf: None) -> None:
    actor, client = made(), as_user("amal")
    assert client.post(path(actor, "/confirm")).json["last_confirmed"]
    assert client.delete(path(actor)).json["status"] == "archived"


def test_a_reader_may_not_write(as_user: Any, cast: Cast, no_csrf: None) -> None:
    actor = made()
    answer = as_user("carla").patch(path(actor), json={"version": actor.version, "name": "x"})
    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")
