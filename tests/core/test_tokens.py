"""Links without an account: what opens, what no longer does, and what is kept of them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from registry.core import tokens
from registry.core.db import db, now

DAY = timedelta(days=1)


@pytest.fixture
def link(database: None) -> tokens.Link:
    return tokens.issue("answer", uuid4(), DAY)


def test_a_secret_opens_its_own_link_and_nothing_else(link: tokens.Link) -> None:
    assert tokens.find("answer", tokens.secret(link)) is link
    assert tokens.find("reset", tokens.secret(link)) is None


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-1], lambda s: "A" + s[1:], lambda _s: "", lambda _s: "ü"]
)
def test_a_spoilt_secret_opens_nothing(link: tokens.Link, spoil) -> None:  # type: ignore[no-untyped-def]
    secret = tokens.secret(link)
    assert spoil(secret) == secret or tokens.find("answer", spoil(secret)) is None


def test_a_secret_has_one_spelling_so_that_tries_can_be_counted_by_it(link: tokens.Link) -> None:
    secret = tokens.secret(link)
    for same in (f"{secret[:9]}!{secret[9:]}", f"{secret} ", f"{secret}=", f"{secret}\n"):
        assert tokens.find("answer", same) is None


def test_several_generations_live_until_all_are_ended(link: tokens.Link) -> None:
    second = tokens.issue("answer", link.record, DAY)
    assert tokens.secret(link) != tokens.secret(second)
    assert tokens.find("answer", tokens.secret(link))
    tokens.end("answer", link.record)
    db.session.expire_all()
    assert tokens.find("answer", tokens.secret(link)) is None
    assert tokens.find("answer", tokens.secret(second)) is None


def test_an_expired_link_opens_nothing(link: tokens.Link) -> None:
    link.expires_at = now() - timedelta(seconds=1)
    db.session.flush()
    assert tokens.find("answer", tokens.secret(link)) is None


def test_another_server_key_makes_another_secret(link: tokens.Link, app: Flask) -> None:
    secret, key = tokens.secret(link), app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "f" * 64
    try:
        assert tokens.find("answer", secret) is None
    finally:
        app.config["SECRET_KEY"] = key


def test_the_database_holds_no_secret(link: tokens.Link) -> None:
    rows = db.session.execute(text("SELECT * FROM link")).all()
    assert rows
    assert tokens.secret(link) not in str(rows)


def test_an_address_stands_below_the_public_one_whoever_asks(
    link: tokens.Link, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://register.example.org")
    tokens.opens(app, "answer", "search.overview")
    with app.test_request_context(headers={"Host": "evil.example"}):
        address = tokens.address(link, "de")
    assert address.startswith("https://register.example.org/de/")
    assert tokens.secret(link) in address
