"""A mail as it leaves: what it says, in which language, and what never becomes a header."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail import rendering
from registry.regions.models import RegionSettings
from tests.mail.conftest import Postman, served_by, use, write

EVIL = "Amt\r\nBcc: everybody@example.org\n\nHello\x1b\u2028"


@pytest.fixture
def signed(post_office: Postman) -> None:
    """Roth signs its mail and wants the answers."""
    settings = RegionSettings(
        ags="09576", sender_name="Landratsamt Roth", reply_to="amt@example.org", title="Netz Roth"
    )
    db.session.add(settings)
    db.session.commit()


def test_a_mail_is_signed_by_its_region_in_its_language(signed: None) -> None:
    message = rendering.render(write(language="de"), now())
    assert message["From"] == "Landratsamt Roth <register@example.org>"
    assert message["Reply-To"] == "amt@example.org"
    assert message["Subject"] == "Note to Amt"
    assert message.get_content().splitlines() == [
        "Datenschutz: Ä", "", "Landratsamt Roth / Netz Roth",
    ]  # fmt: skip
    assert "Privacy: Ä" in rendering.render(write(language="en"), now()).get_content()


@pytest.mark.parametrize(("asked", "got"), [("en-GB", "en"), ("tlh", "de"), ("", "de")])
def test_a_mail_in_a_language_nobody_offers_is_in_the_nearest_or_the_default(
    signed: None, asked: str, got: str
) -> None:
    message = rendering.render(write(language=asked), now())
    assert message["Content-Language"] == got


def test_a_region_without_rules_is_signed_by_the_register(post_office: Postman) -> None:
    message = rendering.render(write(region=""), now())
    assert str(message["From"]).startswith('"Netzwerkregister Landkreis Roth"') or str(
        message["From"]
    ).startswith("Netzwerkregister Landkreis Roth")
    assert message["Reply-To"] is None


def test_a_mail_says_that_a_machine_wrote_it_and_which_one_it_is(post_office: Postman) -> None:
    mail = write()
    message = rendering.render(mail, now())
    assert message["Message-ID"] == f"<{mail.uuid}@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Transfer-Encoding"] == "quoted-printable"


@pytest.mark.parametrize("where", ["name", "sender", "title"])
def test_what_somebody_typed_never_becomes_a_header(post_office: Postman, where: str) -> None:
    if where != "name":
        column = {"sender": "sender_name", "title": "title"}[where]
        db.session.add(RegionSettings(ags="09576", **{column: EVIL}))
    mail = write(facts={"name": EVIL if where == "name" else "Amt"})
    raw = rendering.render(mail, now()).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].decode()
    names = [line.partition(":")[0] for line in head.splitlines() if not line[0].isspace()]
    assert "Bcc" not in names
    assert len(names) == len(set(names))
    assert "\x1b" not in head


def test_a_link_is_made_when_the_mail_leaves_and_stands_nowhere_else(
    post_office: Postman, app: Flask
) -> None:
    tokens.opens(app, "answer", "search.overview")
    link = tokens.issue("answer", uuid4(), timedelta(days=1))
    mail = write(link=link)
    secret = tokens.secret(link)
    body = rendering.render(mail, now()).get_content()
    assert f"http://127.0.0.1:8000/de/offers?key={secret}" in body
    for table in db.metadata.tables.values():
        assert secret not in str(db.session.execute(select(table)).all())


def test_undeliverable_mail_returns_to_an_address_of_its_own(
    post_office: Postman, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = write()
    assert rendering.envelope_sender(mail) == "register@example.org"
    use(app, served_by(25, bounces="back@bounce.example.org"), monkeypatch)
    assert rendering.envelope_sender(mail) == f"back+{mail.uuid.hex}@bounce.example.org"


def test_a_mail_that_names_its_signer_is_signed_so_and_not_by_its_region(signed: None) -> None:
    message = rendering.render(
        write(facts={"signer": {"name": EVIL, "reply_to": "verband@example.org"}}), now()
    )
    assert str(message["From"]).startswith('"Amt Bcc: everybody@example.org Hello"')
    assert message["Reply-To"] == "verband@example.org"
    assert "\nAmt" in message.get_content()
    with pytest.raises(ValueError, match=r"."):  # it is given up, not sent
        rendering.render(write(facts={"signer": {"name": "A", "reply_to": EVIL}}), now())


def test_a_kind_of_mail_carries_the_files_that_are_made_for_it(
    signed: None, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, rendering.FILES, {})
    told = {"subtype": "calendar", "params": {"method": "REQUEST"}}
    files = [
        rendering.File("b.ics", "B", **told),
        rendering.File("a.ics", "Ä", **told, instead=True),
    ]
    rendering.carries(app, "note", lambda _mail, _at: files)
    parts = [part for part in rendering.render(write(), now()).walk() if not part.is_multipart()]
    assert [(part.get_content_type(), part.get_filename()) for part in parts] == [
        ("text/plain", None), ("text/calendar", None), ("text/calendar", "b.ics"),
    ]  # fmt: skip
    assert parts[1].get_content().strip() == "Ä"
    assert parts[1]["Content-Type"].params["method"] == "REQUEST"
    assert parts[0]["Content-Language"] == "de"
