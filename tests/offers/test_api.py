"""Offers as JSON: what everyone reads, what the office reads, and writing."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from registry.core.db import db
from registry.offers.models import Offer
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

NOBODY = "00000000-0000-4000-8000-000000000000"


def made(**fields: Any) -> Offer:
    offer = make_offer(**fields)
    db.session.commit()
    return offer


def path(offer: Offer, action: str = "") -> str:
    return f"/api/v1/offers/{offer.uuid}{action}"


def change(client: FlaskClient, offer: Offer, **fields: Any) -> Any:
    return client.patch(path(offer), json={"version": offer.version, **fields})


def test_a_stranger_reads_a_published_offer_without_office_fields(client: FlaskClient) -> None:
    answer = client.get(path(made(internal_note="secret")))
    assert answer.status_code == 200
    assert answer.json["title"] == {"de": "Beratung"}
    assert not {"internal_note", "version"} & answer.json.keys()


def test_an_editor_of_the_region_reads_the_office_fields(as_user: Any, cast: Cast) -> None:
    answer = as_user("amal").get(path(made(internal_note="secret")))
    assert answer.json["internal_note"] == "secret"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_editor_of_another_region_reads_what_everyone_reads(as_user: Any, cast: Cast) -> None:
    assert "internal_note" not in as_user("boris").get(path(made())).json


@pytest.mark.parametrize("tail", [NOBODY, "not-a-uuid", "%00", "1"])
def test_an_offer_that_does_not_exist_is_a_404_in_json(client: FlaskClient, tail: str) -> None:
    answer = client.get(f"/api/v1/offers/{tail}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_draft_answers_a_stranger_like_one_that_does_not_exist(client: FlaskClient) -> None:
    assert (
        client.get(path(made(status="draft"))).json == client.get(f"/api/v1/offers/{NOBODY}").json
    )


def test_an_unchanged_offer_is_not_sent_again(client: FlaskClient) -> None:
    offer = made()
    first = client.get(path(offer))
    again = client.get(path(offer), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Cookie" in first.headers["Vary"]


def test_a_detail_takes_as_many_queries_whatever_hangs_on_it(client: FlaskClient) -> None:
    places = [{**PLACE, "name": f"Raum {number}"} for number in range(3)]
    actor = make_actor(places=places)
    big = made(actor=actor, places=[{"place": str(p.uuid)} for p in actor.places])
    small = made(actor=make_actor(places=[PLACE]))
    for offer in (small, big):
        db.session.expire_all()
        url = path(offer)
        client.get("/api/v1/offers")  # the index is there
        with count_queries() as seen:
            client.get(url)
        assert len(seen) <= 12


def test_an_editor_creates_a_draft(as_user: Any, cast: Cast, no_csrf: None) -> None:
    actor = make_actor()
    db.session.commit()
    client = as_user("amal")
    given = {"actor": str(actor.uuid), "title": {"de": "Neu"}, "fields": ["advice"]}
    answer = client.post("/api/v1/offers", json=given)
    assert (answer.status_code, answer.json["status"]) == (201, "draft")
    assert client.get(answer.headers["Location"]).json == answer.json


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.post("/api/v1/offers", json={})
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in")


def test_a_reader_may_not_write(as_user: Any, cast: Cast, no_csrf: None) -> None:
    answer = change(as_user("carla"), made(), title="Neu")
    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


def test_a_hidden_offer_of_another_region_does_not_exist(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    assert change(as_user("boris"), made(status="draft"), title="Neu").status_code == 404


def test_a_public_offer_of_another_region_is_not_changed(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    offer = made()
    assert change(as_user("boris"), offer, title="Neu").status_code in {403, 404}
    assert offer.title.bodies["de"] == "Beratung"


def test_an_offer_is_not_created_below_an_actor_of_another_region(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    actor = make_actor()
    db.session.commit()
    given = {"title": {"de": "Neu"}, "fields": ["advice"]}
    post = as_user("boris").post
    foreign = post("/api/v1/offers", json={"actor": str(actor.uuid), **given})
    missing = post("/api/v1/offers", json={"actor": NOBODY, **given})
    assert foreign.status_code in {403, 404}
    assert missing.status_code == 404


def test_without_its_token_nothing_is_written(as_user: Any, cast: Cast) -> None:
    answer = change(as_user("amal"), made(), title="Neu")
    assert (answer.status_code, answer.json["code"]) == (400, "csrf")


def test_with_its_token_a_change_is_saved(app: Flask, as_user: Any, cast: Cast) -> None:
    offer, client = made(), as_user("amal")
    with app.test_request_context():
        token = generate_csrf()
        from flask import session  # noqa: PLC0415 (of this context)

        raw = session["csrf_token"]
    with client.session_transaction() as kept:
        kept["csrf_token"] = raw
    given = {"version": offer.version, "title": {"de": "Neu"}}
    answer = client.patch(path(offer), json=given, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.json["title"]) == (200, {"de": "Neu"})
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_stale_version_is_a_conflict_that_shows_the_present_one(
    as_user: Any, cast: Cast, no_csrf: None
) -> None:
    offer, client = made(), as_user("amal")
    assert change(client, offer, title={"de": "Erste"}).status_code == 200
    answer = client.patch(path(offer), json={"version": 1, "title": {"de": "Zweite"}})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert answer.json["current"]["title"] == {"de": "Erste"}


def test_a_translation_alone_can_be_sent(as_user: Any, cast: Cast, no_csrf: None) -> None:
    answer = change(as_user("amal"), made(), title={"en": "Advice"})
    assert answer.json["title"] == {"de": "Beratung", "en": "Advice"}


@pytest.mark.parametrize("field", ["actor", "region", "status", "example", "id", "nonsense"])
def test_what_is_not_changed_here_is_an_unknown_field(
    as_user: Any, cast: Cast, no_csrf: None, field: str
) -> None:
    answer = change(as_user("amal"), made(), **{field: "x"})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


@pytest.mark.parametrize(
    ("action", "status"),
    [("/archive", "archived"), ("/restore", "draft"), ("/publish", "published")],
)
def test_an_editor_moves_an_offer_through_its_life(
    as_user: Any, cast: Cast, no_csrf: None, action: str, status: str
) -> None:
    answer = as_user("amal").post(path(made(), action))
    assert (answer.status_code, answer.json["status"]) == (200, status)


def test_deleting_archives(as_user: Any, cast: Cast, no_csrf: None) -> None:
    offer = made()
    assert as_user("amal").delete(path(offer)).json["status"] == "archived"


def test_confirming_sets_the_day(as_user: Any, cast: Cast, no_csrf: None) -> None:
    assert as_user("amal").post(path(made(), "/confirm")).json["last_confirmed"]


def test_publishing_names_what_is_missing(as_user: Any, cast: Cast, no_csrf: None) -> None:
    offer = made(actor=make_actor(), status="draft", summary={}, areas=[])
    answer = as_user("amal").post(path(offer, "/publish"))
    assert answer.status_code == 422
    assert {"summary", "places"} <= answer.json["errors"].keys()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"max_age": 10}, "max_age"),
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"level_to": None}, "level_to"),
    ],
)
def test_one_end_of_a_range_is_checked_against_the_other_that_stands(
    as_user: Any, cast: Cast, no_csrf: None, fields: dict[str, Any], name: str
) -> None:
    offer = made(min_age=18, valid_from="2026-01-01", level_from="A1", level_to="B1")
    answer = change(as_user("amal"), offer, **fields)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [name])


BAD_BODIES = [
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a":' * 900 + b"1" + b"}" * 900,
    b"[]",
    b"null",
    b"1" * 5000,
    b'{"version": NaN}',
    b'{"version": 1e999}',
    b'{"version": 1, "title": {"de": "\\ud800"}}',
    b'{"version": 1, "internal_note": "\\u0000"}',
    b'{"version": 1, "title": {"de": "a\\u0000"}}',
    b'{"version": 1, "\\ud800": 1}',
    b'{"version": 1, "min_age": 99999999999999999999999999}',
    b'{"version": 1, "fields": "advice"}',
    b'{"version": 1, "fields": [["advice"]]}',
    b'{"version": 1, "fields": ["nonsense"]}',
    b'{"version": 1, "places": [{"place": "x"}]}',
    b'{"version": 1, "places": [{"place": "00000000-0000-4000-8000-000000000000"}]}',
    b'{"version": 1, "runs": [{}]}',
    b'{"version": 1, "closures": [{"closed_from": "2026-01-01"}]}',
    b'{"version": 1, "languages": [{"language": "xx"}]}',
    b'{"version": 1, "areas": ["99999999"]}',
    b'{"version": 1, "booking_url": "javascript:alert(1)"}',
    b'{"version": 1, "title": {"klingon": "x"}}',
    b'{"version": 1, "title": {"de": "  "}}',
    b'{"version": 1, "valid_from": "31.12.2026"}',
    b'{"version": {"a": 1}}',
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_bad_body_is_a_clear_message(
    as_user: Any, cast: Cast, no_csrf: None, body: bytes
) -> None:
    offer = made()
    body = body.replace(b'"version": 1,', b'"version": %d,' % offer.version)
    answer = as_user("amal").patch(path(offer), data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.json["errors"]


def test_a_body_that_is_not_json_is_refused(as_user: Any, cast: Cast, no_csrf: None) -> None:
    answer = as_user("amal").patch(path(made()), data="title=Neu", content_type="text/plain")
    assert (answer.status_code, list(answer.json["errors"])) == (415, ["body"])


def test_a_huge_body_is_refused(as_user: Any, cast: Cast, no_csrf: None) -> None:
    body = b'{"title": "' + b"x" * 5_000_000 + b'"}'
    answer = as_user("amal").patch(path(made()), data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (413, "request_entity_too_large")


def test_a_contact_that_is_not_public_is_not_shown_with_the_offer(client: FlaskClient) -> None:
    actor = make_actor(contacts=[{"function": "Leitung", "phone": "09171 1"}], places=[PLACE])
    offer = made(actor=actor, contact=str(actor.contacts[0].uuid))
    assert client.get(path(offer)).json["contact_details"] is None


def test_of_a_confidential_place_only_telephone_and_district_are_shown(client: FlaskClient) -> None:
    secret = {**PLACE, "street": "Geheim 1", "phone": "09171 2", "confidential": True}
    actor = make_actor(places=[secret])
    links = [{"place": str(actor.places[0].uuid), "hours": "Mo 08:00-09:00", "note": "Hinterhof"}]
    shown = client.get(path(made(actor=actor, places=links))).json["places"][0]
    assert (shown["hours"], shown["note"]) == (None, {})
    details = {name: value for name, value in shown["details"].items() if value is not None}
    assert details.keys() == {"id", "phone", "district", "confidential"}


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    answer = client.put("/api/v1/offers", json={})
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]
