"""Sessions live in the database: they are listed, renewed, and end when they should."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from registry.accounts.browsers import described
from registry.accounts.models import UserSession
from registry.accounts.sessions import queries, services
from registry.core.db import db, now
from tests.accounts.people import PHRASE, is_signed_in, sign_in
from tests.conftest import PASSWORD, Cast

pytestmark = pytest.mark.usefixtures("everybody")


@pytest.fixture(autouse=True)
def _open_forms(no_csrf: None) -> None:
    """Tokens of forms are asked about elsewhere."""


def key_of(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session.get("_user_id", ""))


def only_session() -> UserSession:
    return db.session.scalars(select(UserSession)).one()


def test_the_cookie_holds_a_key_that_the_database_does_not(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "amal@example.org")
    rows = str(db.session.execute(text("SELECT * FROM user_session")).all())
    assert key_of(client)
    assert key_of(client) not in rows


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, "amal@example.org")
    first = key_of(client)
    client.post("/en/sign-out")
    assert queries.load_session(first) is None
    sign_in(client, "amal@example.org")
    assert key_of(client) != first


@pytest.mark.parametrize(
    ("column", "age"), [("seen_at", queries.IDLE), ("made_at", queries.LONGEST)]
)
def test_a_session_ends_when_it_is_idle_or_old(
    client: FlaskClient, cast: Cast, column: str, age: timedelta
) -> None:
    sign_in(client, "amal@example.org")
    assert is_signed_in(client)
    setattr(only_session(), column, now() - age - timedelta(seconds=1))
    db.session.commit()
    assert not is_signed_in(client)


def test_expired_sessions_are_forgotten_when_somebody_signs_in(
    client: FlaskClient, cast: Cast
) -> None:
    services.begin(cast.boris, "")
    only_session().seen_at = now() - queries.IDLE * 2
    db.session.commit()
    sign_in(client, "amal@example.org")
    assert only_session().user == cast.amal


def test_a_request_after_a_while_is_noted_coarsely(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "amal@example.org")
    earlier = now() - timedelta(hours=1)
    only_session().seen_at = earlier
    db.session.commit()
    is_signed_in(client)
    db.session.expire_all()
    noted = only_session().seen_at
    assert noted > earlier
    is_signed_in(client)
    db.session.expire_all()
    assert only_session().seen_at == noted


def test_own_sessions_are_listed_and_one_can_be_ended(as_user: Any) -> None:
    here, there = as_user("amal"), as_user("amal")
    page = here.get("/en/office/account").text
    assert page.count("Firefox, Linux") >= 2
    other = queries.load_session(key_of(there))
    assert other
    here.post(f"/en/office/account/sessions/{other.uuid}/end")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_somebody_elses_session_does_not_exist(as_user: Any) -> None:
    amal, boris = as_user("amal"), as_user("boris")
    foreign = queries.load_session(key_of(boris))
    assert foreign
    answer = amal.post(f"/en/office/account/sessions/{foreign.uuid}/end")
    assert answer.status_code == 404
    assert is_signed_in(boris)


def test_signing_out_everywhere_ends_this_session_too(as_user: Any) -> None:
    here, there = as_user("amal"), as_user("amal")
    here.post("/en/office/account/sessions/end")
    assert not is_signed_in(here)
    assert not is_signed_in(there)


def test_a_new_password_renews_the_session_and_ends_the_others(as_user: Any) -> None:
    here, there = as_user("amal"), as_user("amal")
    before = key_of(here)
    answer = here.post(
        "/en/office/account/password", data={"current": PASSWORD, "password": PHRASE}
    )
    assert answer.status_code == 302
    assert key_of(here) != before
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert queries.load_session(before) is None


def test_the_present_password_is_asked_for(as_user: Any) -> None:
    amal = as_user("amal")
    answer = amal.post("/en/office/account/password", data={"current": "x", "password": PHRASE})
    assert answer.status_code == 422
    assert "This is not your password." in answer.text


def test_a_closed_account_is_signed_out_at_once(as_user: Any, cast: Cast) -> None:
    amal = as_user("amal")
    cast.amal.active = False
    db.session.commit()
    assert not is_signed_in(amal)


@pytest.mark.parametrize("key", ["", "x", "ü" * 50, "\x00"])
def test_an_impossible_key_is_nobodys(app: Flask, database: None, key: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = key
    assert client.get("/en/offers").status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_described_without_its_version(user_agent: str, words: str) -> None:
    assert described(user_agent) == words
