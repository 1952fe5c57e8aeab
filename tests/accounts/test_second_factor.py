"""The second factor: set up, asked for, recovered, demanded by a region."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text, update

from registry.accounts.models import User, UserSession
from registry.accounts.services import OF_CODES
from registry.accounts.sessions.services import UNFINISHED
from registry.core import throttle
from registry.core.db import db, now
from tests.accounts.people import (
    PHRASE,
    code_of,
    demand_second_factor,
    has_second_factor,
    is_signed_in,
    mails,
    sign_in,
)
from tests.conftest import PASSWORD, Cast

DATABASES = ["postgresql"]

RECOVERY = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}")
CODE, SET_UP = "/en/sign-in/code", "/en/sign-in/second-factor"
CHANGE = "/en/office/account/second-factor"


@pytest.fixture(autouse=True)
def _open_forms(no_csrf: None) -> None:
    """Tokens of forms are asked about elsewhere."""


@pytest.fixture
def amal(cast: Cast) -> User:
    return has_second_factor(cast.amal)


def set_up(client: FlaskClient, user: User) -> list[str]:
    """Set a second factor up and return the recovery codes."""
    page = client.post(SET_UP, data={"code": code_of(user), "current": PASSWORD})
    assert page.status_code == 200
    return RECOVERY.findall(page.text)


def test_after_the_password_a_code_is_asked_for(client: FlaskClient, amal: User) -> None:
    answer = sign_in(client, amal.email, next="/en/office/log")
    assert answer.location.startswith(CODE)
    assert not is_signed_in(client)
    assert client.get("/en/office/offers", follow_redirects=True).request.path == CODE
    answer = client.post(CODE, data={"code": code_of(amal), "next": "/en/office/log"})
    assert answer.location == "/en/office/log"
    assert is_signed_in(client)


def test_half_signed_in_is_a_stranger(client: FlaskClient, amal: User) -> None:
    sign_in(client, amal.email)
    assert amal.email not in client.get("/en/offers").text
    assert client.get("/api/v1/audit").status_code in {401, 404}
    assert client.get(SET_UP).location.endswith("/sign-in")


def test_a_code_is_typed_with_blanks_and_counts_once(client: FlaskClient, amal: User) -> None:
    code = code_of(amal)
    sign_in(client, amal.email)
    assert client.post(CODE, data={"code": f" {code[:3]} {code[3:]}"}).status_code == 302
    client.post("/en/sign-out")
    sign_in(client, amal.email)
    assert client.post(CODE, data={"code": code}).status_code == 422
    assert client.post(CODE, data={"code": code_of(amal, steps=1)}).status_code == 302


def test_an_old_code_is_refused(client: FlaskClient, amal: User) -> None:
    sign_in(client, amal.email)
    assert client.post(CODE, data={"code": code_of(amal, steps=-3)}).status_code == 422


def test_wrong_codes_are_slowed_down_per_account(client: FlaskClient, amal: User) -> None:
    sign_in(client, amal.email)
    for _try in range(OF_CODES.times):
        throttle.note((OF_CODES, str(amal.uuid)))
    answer = client.post(CODE, data={"code": code_of(amal)})
    assert answer.status_code == 429
    assert "Too many attempts" in answer.text


def test_the_session_is_renewed_by_the_code(client: FlaskClient, amal: User) -> None:
    sign_in(client, amal.email)
    with client.session_transaction() as session:
        before = session["_user_id"]
    client.post(CODE, data={"code": code_of(amal)})
    with client.session_transaction() as session:
        assert session["_user_id"] != before


def test_setting_up_shows_the_codes_once_and_ends_other_sessions(as_user: Any, cast: Cast) -> None:
    here, there = as_user("carla"), as_user("carla")
    page = here.get(SET_UP).text
    assert "data:image/png" in page
    made = set_up(here, cast.carla)
    assert len(set(made)) == 10
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert mails("account_notice")[-1].recipient == cast.carla.email
    assert here.post(SET_UP, data={"code": code_of(cast.carla)}).status_code == 302
    assert here.get(SET_UP).status_code == 302


def test_a_wrong_code_or_password_turns_nothing_on(as_user: Any, cast: Cast) -> None:
    client = as_user("carla")
    for data in ({"code": "000000", "current": PASSWORD}, {"code": code_of(cast.carla)}):
        assert client.post(SET_UP, data=data).status_code == 422
    wrong = client.post(SET_UP, data={"code": code_of(cast.carla), "current": "wrong"})
    assert "This is not your password." in wrong.text
    assert not db.session.get(User, cast.carla.id).second_factor  # type: ignore[union-attr]


def test_a_recovery_code_opens_once(as_user: Any, client: FlaskClient, cast: Cast) -> None:
    made = set_up(as_user("carla"), cast.carla)
    for code, status in ((made[0], 302), (made[0], 422), (made[1].lower(), 302)):
        client.post("/en/sign-out")
        sign_in(client, cast.carla.email)
        assert client.post(CODE, data={"code": code}).status_code == status


def test_no_table_holds_a_secret_or_a_recovery_code(as_user: Any, cast: Cast) -> None:
    client = as_user("carla")
    page = client.get(SET_UP).text
    secret = re.search(r"[A-Z2-7]{4}( [A-Z2-7]{4}){7}", page)
    assert secret
    made = set_up(client, cast.carla)
    for table in ('"user"', "recovery_code", "audit_entry", "mail", "user_session"):
        rows = str(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
        for hidden in (secret[0].replace(" ", ""), *made):
            assert hidden not in rows
            assert hidden.replace("-", "") not in rows


def test_turning_off_needs_password_and_code_and_the_next_secret_is_new(
    as_user: Any, cast: Cast
) -> None:
    client = as_user("carla")
    set_up(client, cast.carla)
    old = code_of(cast.carla, steps=1)
    for current, code in (("wrong", old), (PASSWORD, "000000")):
        answer = client.post(CHANGE, data={"current": current, "code": code, "then": "off"})
        assert answer.status_code == 422
    answer = client.post(CHANGE, data={"current": PASSWORD, "code": old, "then": "off"})
    assert answer.status_code == 302
    assert is_signed_in(client)
    db.session.expire_all()
    assert not cast.carla.second_factor
    again = client.post(SET_UP, data={"code": old, "current": PASSWORD})
    assert "This code is wrong" in again.text


def test_new_recovery_codes_replace_the_old_ones(as_user: Any, cast: Cast) -> None:
    client = as_user("carla")
    old = set_up(client, cast.carla)
    proof = {"current": PASSWORD, "code": old[0], "then": "codes"}
    new = RECOVERY.findall(client.post(CHANGE, data=proof).text)
    assert len(new) == 10
    assert not set(old) & set(new)
    again = client.post(CHANGE, data={**proof, "code": old[1]})
    assert again.status_code == 422


def test_a_region_can_demand_it_and_nothing_else_works_until_then(
    client: FlaskClient, cast: Cast
) -> None:
    demand_second_factor()
    assert sign_in(client, cast.amal.email).location.startswith(CODE)
    asked = client.get("/en/office/offers", follow_redirects=True)
    assert asked.request.path == SET_UP
    assert "Your region asks for a second factor" in asked.text
    assert client.get("/api/v1/offers?status=draft").status_code != 500
    set_up(client, cast.amal)
    assert is_signed_in(client)


def test_a_demand_reaches_those_who_are_signed_in_and_nobody_elsewhere(as_user: Any) -> None:
    amal, boris, dana = as_user("amal"), as_user("boris"), as_user("dana")
    assert is_signed_in(amal)
    demand_second_factor()
    assert not is_signed_in(amal)
    assert is_signed_in(boris)
    assert not is_signed_in(dana)  # administers everything, this region too
    asked = amal.get("/en/office/account", follow_redirects=True)
    assert asked.request.path == SET_UP


def test_whoever_stopped_half_way_sets_nothing_up_later(client: FlaskClient, cast: Cast) -> None:
    """Somebody else may sit there by now, and no password is asked for on the way in."""
    demand_second_factor()
    sign_in(client, cast.amal.email)
    assert client.get(SET_UP).status_code == 200
    db.session.execute(update(UserSession).values(made_at=now() - 2 * UNFINISHED))
    db.session.commit()
    answer = client.post(SET_UP, data={"code": code_of(cast.amal)})
    assert answer.location.endswith("/sign-in")
    assert not is_signed_in(client)


def test_a_secret_shown_before_the_password_changed_is_never_used(as_user: Any, cast: Cast) -> None:
    client = as_user("carla")
    client.get(SET_UP)
    seen = code_of(cast.carla)
    data = {"current": PASSWORD, "password": PHRASE}
    assert client.post("/en/office/account/password", data=data).status_code == 302
    answer = client.post(SET_UP, data={"code": seen, "current": PHRASE})
    assert "This code is wrong" in answer.text


def test_half_way_can_be_left(client: FlaskClient, amal: User) -> None:
    sign_in(client, amal.email)
    client.post("/en/sign-out")
    assert client.get(CODE).location.endswith("/sign-in")
