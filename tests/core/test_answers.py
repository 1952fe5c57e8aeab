"""Public answers are kept, given to strangers only, and never a moment too long."""

import gzip
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.actors.models import Status
from registry.core import i18n
from registry.core.answers import EXTENSION
from registry.core.db import db
from registry.core.i18n import ZONE
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZONE)
PAGES = ["/de/offers", "/de/offers?q=beratung", "/de/map", "/api/v1/offers", "/de/imprint"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that sets the time."""

    def set_time(at: datetime) -> None:
        monkeypatch.setattr(i18n, "local_now", lambda: at)

    set_time(TUESDAY)
    return set_time


@pytest.mark.parametrize("path", PAGES)
def test_the_second_answer_asks_only_for_the_version(client: FlaskClient, path: str) -> None:
    make_offer()
    first = client.get(path)
    with count_queries() as seen:
        second = client.get(path)
    assert (second.status_code, second.data) == (200, first.data)
    assert len(seen) == 1
    ours = {"Content-Security-Policy", "ETag", "Cache-Control", "Content-Type", "Content-Length"}
    assert {n: first.headers[n] for n in ours} == {n: second.headers[n] for n in ours}


@pytest.mark.parametrize("path", PAGES)
def test_what_a_browser_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    make_offer()
    tag = {"If-None-Match": client.get(path).headers["ETag"]}
    answer = client.get(path, headers=tag)
    assert (answer.status_code, answer.data) == (304, b"")
    make_offer()
    assert client.get(path, headers=tag).status_code == 200


def test_an_edit_is_in_the_next_answer(client: FlaskClient) -> None:
    offer = make_offer(title="Vorher")
    assert "Vorher" in client.get("/de/offers").text
    offer.title = offer.title.merged({"de": "Nachher"})
    db.session.commit()
    assert "Nachher" in client.get("/de/offers").text
    offer.status = Status.DRAFT
    db.session.commit()
    assert "Nachher" not in client.get("/de/offers").text


def test_a_day_publishes_and_ends_without_a_write(client: FlaskClient, clock: Any) -> None:
    make_offer(title="Ab morgen", valid_from="2026-11-25")
    make_offer(title="Bis heute", valid_to="2026-11-24")
    today = client.get("/de/offers").text
    assert ("Ab morgen" in today, "Bis heute" in today) == (False, True)
    clock(TUESDAY + timedelta(hours=14))
    tomorrow = client.get("/de/offers").text
    assert ("Ab morgen" in tomorrow, "Bis heute" in tomorrow) == (True, False)


def test_opening_hours_turn_without_a_write(client: FlaskClient, clock: Any) -> None:
    place = {**PLACE, "hours": "Tu 09:00-12:00"}
    make_offer(make_actor(places=[place]))
    assert client.get("/api/v1/offers?open_now=true").json["total"] == 1
    clock(TUESDAY + timedelta(minutes=119))
    with count_queries() as seen:
        client.get("/api/v1/offers?open_now=true")
    assert len(seen) == 1
    clock(TUESDAY + timedelta(minutes=120))
    assert client.get("/api/v1/offers?open_now=true").json["total"] == 0


def test_languages_and_hosts_have_answers_of_their_own(client: FlaskClient) -> None:
    make_offer(title={"de": "Beratung", "en": "Advice"})
    assert "Beratung" in client.get("/de/offers").text
    assert "Advice" in client.get("/en/offers").text
    one, other = (client.get("/de/offers", base_url=f"http://{h}").headers["ETag"] for h in "ab")
    assert one != other


def test_who_is_signed_in_neither_gets_nor_leaves_a_kept_answer(
    as_user: Any, cast: Cast, client: FlaskClient, app: Flask
) -> None:
    client.get("/de/offers")
    kept = len(app.extensions[EXTENSION].kept)
    mine = as_user("amal").get("/de/offers")
    assert "amal@example.org" in mine.text
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert len(app.extensions[EXTENSION].kept) == kept
    assert "amal@example.org" not in client.get("/de/offers").text


def test_an_answer_that_begins_a_session_is_not_kept(client: FlaskClient, app: Flask) -> None:
    client.get("/de/sign-in")
    assert not app.extensions[EXTENSION].kept


def test_mistakes_are_not_kept(client: FlaskClient, app: Flask) -> None:
    for path in ("/de/nothing", "/api/v1/offers?page=0", "/"):
        client.get(path)
    assert not app.extensions[EXTENSION].kept


def test_whoever_can_unpack_gets_it_packed(client: FlaskClient) -> None:
    make_offer()
    packed = {"Accept-Encoding": "gzip"}
    plain = client.get("/de/offers").data
    for _again in range(2):
        answer = client.get("/de/offers", headers=packed)
        assert gzip.decompress(answer.data) == plain
        assert {"Accept-Encoding", "Cookie"} <= set(answer.vary)


def test_old_answers_give_way(client: FlaskClient, app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setattr("registry.core.answers.MAX_BYTES", 20_000)
    for number in range(12):
        client.get(f"/de/offers?page={number + 1}")
    answers = app.extensions[EXTENSION]
    assert 0 < len(answers.kept) < 12
    assert sum(len(each.packed) for each in answers.kept.values()) == answers.size <= 20_000
