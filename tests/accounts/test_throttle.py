"""Failed sign-ins are counted in a transaction of their own: a request that fails keeps them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.models import User, UserSession
from registry.accounts.services import OF_ACCOUNT, create_user
from registry.app import create_app
from registry.core.db import db, now
from tests.accounts.people import code_of, has_second_factor, mails
from tests.conftest import PASSWORD, SETTINGS, NewDatabase

CODE = "/en/sign-in/code"


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, new_database: NewDatabase) -> Iterator[Flask]:
    """An application of its own, where transactions really end."""
    app = create_app({**SETTINGS, "DATABASE_URL": new_database(request.param, "throttle")})
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        create_user(CONSOLE, "amal@example.org", PASSWORD, Role.EDITOR, "09576")
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_many_failures_are_slowed_down_even_with_the_right_password(served: Flask) -> None:
    wrong = {"email": "amal@example.org", "password": "not the password"}
    for _attempt in range(OF_ACCOUNT.times):
        assert served.test_client().post("/en/sign-in", data=wrong).status_code == 422
    right = {**wrong, "password": PASSWORD}
    assert served.test_client().post("/en/sign-in", data=right).status_code == 429


def test_another_account_still_signs_in(served: Flask) -> None:
    wrong = {"email": "nobody@example.org", "password": "not the password"}
    for _attempt in range(OF_ACCOUNT.times + 1):
        served.test_client().post("/en/sign-in", data=wrong)
    right = {"email": "amal@example.org", "password": PASSWORD}
    assert served.test_client().post("/en/sign-in", data=right).status_code == 302


def test_what_is_counted_before_a_change_does_not_stand_in_its_way(served: Flask) -> None:
    """SQLite refuses to write to whoever has read an older state than the newest."""
    client = served.test_client()
    for email in ("amal@example.org", "nobody@example.org"):
        assert client.post("/en/forgotten", data={"email": email}).status_code == 200
    with served.app_context():
        assert len(mails("password_reset")) == 1


def test_a_session_that_is_seen_again_can_still_change_something(served: Flask) -> None:
    client = served.test_client()
    client.post("/en/sign-in", data={"email": "amal@example.org", "password": PASSWORD})
    with served.app_context():
        db.session.execute(update(UserSession).values(seen_at=now() - timedelta(hours=1)))
        db.session.commit()
    changed = {"current": PASSWORD, "password": "neun gelbe Boote im Hafen"}
    assert client.post("/en/office/account/password", data=changed).status_code == 302


def test_who_is_signed_in_can_ask_for_what_is_counted(served: Flask) -> None:
    client = served.test_client()
    client.post("/en/sign-in", data={"email": "amal@example.org", "password": PASSWORD})
    asked = {"email": "neu@example.org", "current": PASSWORD}
    assert client.post("/en/office/account/address", data=asked).status_code == 302
    with served.app_context():
        assert len(mails("account_address")) == 1


def test_two_who_type_the_same_code_at_once_do_not_both_get_in(served: Flask) -> None:
    with served.app_context():
        user = db.session.scalars(select(User)).one()
        has_second_factor(user)
        code = code_of(user)
    clients = [served.test_client() for _each in range(3)]
    for client in clients:
        client.post("/en/sign-in", data={"email": "amal@example.org", "password": PASSWORD})
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda c: c.post(CODE, data={"code": code}), clients))
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422]
