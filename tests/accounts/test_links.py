"""Links by mail: an invitation, a forgotten password, a new address."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.access.permissions import Role
from registry.access.policy import CONSOLE, Grant
from registry.accounts.models import User
from registry.accounts.people import services as people
from registry.accounts.signing_in.services import RESETS_OF_ACCOUNT
from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail.models import Mail
from tests.accounts.people import (
    PHRASE,
    demand_second_factor,
    has_second_factor,
    is_signed_in,
    mails,
    path_of,
    sign_in,
)
from tests.conftest import PASSWORD, Cast

DATABASES = ["postgresql"]

NEW = "neu@example.net"
OVER = "This link opens nothing any more"


@pytest.fixture(autouse=True)
def _open_forms(no_csrf: None) -> None:
    """Tokens of forms are asked about elsewhere."""


@pytest.fixture
def invitation(cast: Cast) -> Mail:
    people.invite(cast.who("dana"), NEW, Grant(Role.EDITOR, "09576"), "en")
    db.session.commit()
    [mail] = mails("account_invitation")
    return mail


def reset_mail(client: FlaskClient, email: str) -> Mail:
    client.post("/en/forgotten", data={"email": email})
    return mails("password_reset")[-1]


def account(email: str) -> User:
    return db.session.scalars(select(User).where(User.email == email)).one()


def test_before_the_invitation_is_followed_no_password_opens(
    client: FlaskClient, invitation: Mail
) -> None:
    for password in ("", "x", PASSWORD):
        assert sign_in(client, NEW, password).status_code == 422


def test_opening_an_invitation_changes_nothing_and_a_password_lets_in(
    client: FlaskClient, invitation: Mail
) -> None:
    path = path_of(invitation)
    for _scanner in range(3):
        page = client.get(path)
        assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert account(NEW).invited
    assert client.post(path, data={"password": PHRASE}).status_code == 302
    assert is_signed_in(client)
    assert not account(NEW).invited


@pytest.mark.parametrize(
    "spoil", [lambda p: p[:-1], lambda p: p + "A", lambda p: p.partition("?")[0]]
)
def test_a_spoilt_link_is_answered_with_the_same_harmless_page(
    client: FlaskClient, invitation: Mail, spoil: Any
) -> None:
    path = spoil(path_of(invitation))
    for answer in (client.get(path), client.post(path, data={"password": PHRASE})):
        assert answer.status_code == 404
        assert OVER in answer.text
    assert account(NEW).invited


def test_a_link_for_one_purpose_does_not_serve_another(
    client: FlaskClient, invitation: Mail
) -> None:
    path = path_of(invitation).replace("/invitation", "/new-password")
    assert OVER in client.get(path).text


def test_an_invitation_opens_once(app: Flask, client: FlaskClient, invitation: Mail) -> None:
    path = path_of(invitation)
    client.post(path, data={"password": PHRASE})
    second = app.test_client().post(path, data={"password": "ein ganz anderer Satz"})
    assert second.status_code == 404
    assert OVER in second.text
    assert sign_in(app.test_client(), NEW, PHRASE).status_code == 302


def test_an_expired_invitation_opens_nothing(client: FlaskClient, invitation: Mail) -> None:
    assert invitation.link is not None
    invitation.link.expires_at = now() - timedelta(seconds=1)
    db.session.commit()
    assert OVER in client.get(path_of(invitation)).text


@pytest.mark.parametrize(
    "password", ["zu kurz", "Passwort1234", "passwort-neu@example.net", "111111111111", "a" * 40]
)
def test_a_password_that_is_easily_guessed_is_refused(
    client: FlaskClient, invitation: Mail, password: str
) -> None:
    answer = client.post(path_of(invitation), data={"password": password})
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert f'value="{password}"' not in answer.text
    assert account(NEW).invited


def test_where_a_second_factor_is_demanded_the_invited_set_it_up_first(
    client: FlaskClient, invitation: Mail
) -> None:
    demand_second_factor()
    page = client.post(path_of(invitation), data={"password": PHRASE}, follow_redirects=True)
    assert page.request.path == "/en/sign-in/second-factor"
    assert not is_signed_in(client)


def test_forgotten_answers_alike_whoever_asks(client: FlaskClient, cast: Cast) -> None:
    known = client.post("/en/forgotten", data={"email": cast.amal.email})
    unknown = client.post("/en/forgotten", data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert [mail.recipient for mail in mails("password_reset")] == [cast.amal.email]


def test_neither_invited_nor_closed_accounts_get_a_link(
    client: FlaskClient, invitation: Mail, cast: Cast
) -> None:
    cast.carla.active = False
    db.session.commit()
    for email in (NEW, cast.carla.email):
        assert client.post("/en/forgotten", data={"email": email}).status_code == 200
    assert mails("password_reset") == []


def test_resets_are_limited_alike_for_known_and_unknown(client: FlaskClient, cast: Cast) -> None:
    for email in (cast.amal.email, "nobody@example.org"):
        answers = [
            client.post("/en/forgotten", data={"email": email}).status_code
            for _time in range(RESETS_OF_ACCOUNT.times + 1)
        ]
        assert answers == [200] * RESETS_OF_ACCOUNT.times + [429]


def test_a_reset_ends_all_sessions_and_links_and_keeps_the_second_factor(
    as_user: Any, client: FlaskClient, cast: Cast
) -> None:
    signed_in = as_user("amal")
    earlier, mail = reset_mail(client, cast.amal.email), reset_mail(client, cast.amal.email)
    has_second_factor(cast.amal)
    assert client.get(path_of(mail)).status_code == 200
    answer = client.post(path_of(mail), data={"password": PHRASE})
    assert answer.location == "/en/sign-in"
    assert not is_signed_in(signed_in)
    assert OVER in client.get(path_of(earlier)).text
    assert sign_in(client, cast.amal.email, PASSWORD).status_code == 422
    assert sign_in(client, cast.amal.email, PHRASE).location.startswith("/en/sign-in/code")


def test_links_opened_over_https_send_no_referrer_and_are_answered(
    app: Flask, client: FlaskClient, invitation: Mail
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get(path_of(invitation), base_url="https://localhost")
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(
        path_of(invitation),
        data={"password": PHRASE, "csrf_token": token},
        base_url="https://localhost",
    )
    assert answer.status_code == 302


def test_a_new_address_counts_when_its_link_is_followed(as_user: Any, cast: Cast) -> None:
    client, old = as_user("carla"), cast.carla.email
    data = {"email": "Carla@example.net", "current": PASSWORD}
    client.post("/en/office/account/address", data=data)
    [mail] = mails("account_address")
    assert mail.recipient == "carla@example.net"
    assert "carla@example.net" in client.get(path_of(mail)).text
    assert cast.carla.email == old
    assert client.post(path_of(mail)).status_code == 302
    db.session.expire_all()
    assert cast.carla.email == "carla@example.net"
    assert [mail.recipient for mail in mails("account_address_changed")] == [old]
    assert OVER in client.post(path_of(mail)).text


def test_an_address_that_is_taken_gets_no_link_and_nothing_tells(as_user: Any, cast: Cast) -> None:
    client = as_user("carla")
    data = {"email": cast.amal.email, "current": PASSWORD}
    assert client.post("/en/office/account/address", data=data).status_code == 302
    assert mails("account_address") == []


def test_a_new_password_ends_the_link_to_a_new_address(as_user: Any, cast: Cast) -> None:
    """Somebody else may have asked for it, who knew the old password."""
    for client, url in (
        (as_user("carla"), "/en/office/account/password"),
        (as_user("amal"), path_of(reset_mail(as_user("amal"), cast.amal.email))),
    ):
        data = {"email": "dieb@example.net", "current": PASSWORD}
        client.post("/en/office/account/address", data=data)
        link = path_of(mails("account_address")[-1])
        assert client.get(link).status_code == 200
        answer = client.post(url, data={"current": PASSWORD, "password": PHRASE})
        assert answer.status_code == 302
        assert OVER in client.get(link).text
        assert OVER in client.post(link).text


def test_an_address_taken_meanwhile_is_not_taken_twice(as_user: Any, cast: Cast) -> None:
    client = as_user("carla")
    data = {"email": "frei@example.net", "current": PASSWORD}
    client.post("/en/office/account/address", data=data)
    people.invite(CONSOLE, "frei@example.net", Grant(Role.READER, "09576"), "de")
    db.session.commit()
    [mail] = mails("account_address")
    assert OVER in client.post(path_of(mail)).text


def test_mail_holds_no_secret(client: FlaskClient, invitation: Mail) -> None:
    assert invitation.link is not None
    assert tokens.secret(invitation.link) not in str(vars(invitation))


@pytest.mark.parametrize("email", ["", "kein-mail", "a\x00b@example.org", "x" * 300])
def test_an_impossible_address_is_refused_at_its_field(
    client: FlaskClient, cast: Cast, email: str
) -> None:
    for path in ("/en/forgotten", "/en/sign-in"):
        data = {"email": email, "password": PASSWORD}
        assert client.post(path, data=data).status_code == 422
