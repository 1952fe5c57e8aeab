"""The page a link opens."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from registry.access.policy import CONSOLE
from registry.core import tokens
from registry.core.db import db, now
from registry.upkeep.campaigns import services
from registry.upkeep.campaigns.answers.opening import ANSWERS, WRONG_LINKS
from registry.upkeep.campaigns.models import Request, Work
from tests.conftest import Cast
from tests.factories.campaigns import (
    CONTACT,
    TODAY,
    entry_of,
    key_of,
    make_due,
    request_of,
    start_campaign,
)
from tests.upkeep.campaigns.answer_form import CONFIRM, address, answer_form, field

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")


def everything() -> dict[str, list[Any]]:
    """Return the whole database, row by row."""
    return {
        name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
        for name in db.metadata.tables
    }


def test_opening_shows_the_actor_and_its_offers_and_changes_nothing(
    client: FlaskClient, asked: Request
) -> None:
    before = everything()
    for _time in range(2):
        shown = client.get(address(asked))
        assert client.head(address(asked)).status_code == shown.status_code == 200
    db.session.expire_all()
    assert everything() == before
    for said in ("Musterverband", "Beratung", "Deutschkurs", CONTACT["phone"]):
        assert str(said) in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Robots-Tag"] == "noindex"


def test_sending_the_page_answers_for_every_entry(client: FlaskClient, asked: Request) -> None:
    form = answer_form(client.get(address(asked)).text)
    for entry in asked.entries:
        form[field(entry, "answer")] = "correct"
    answered = client.post(address(asked), data=form, follow_redirects=True)
    assert answered.status_code == 200
    assert asked.answered_at is not None
    assert asked.actor.last_confirmed == TODAY
    assert answered.text.count("stimmt noch") > len(asked.entries)


def test_a_page_sent_as_it_stands_says_nothing(client: FlaskClient, asked: Request) -> None:
    form = answer_form(client.get(address(asked)).text)
    before = everything()
    refused = client.post(address(asked), data=form)
    assert refused.status_code == 422
    assert "Bitte wählen Sie für mindestens einen Eintrag eine Antwort." in refused.text
    db.session.expire_all()
    after = everything()
    assert {n for n in before if before[n] != after[n]} <= {"attempt"}


def test_typing_a_new_number_is_a_change_whatever_is_ticked(
    client: FlaskClient, asked: Request
) -> None:
    entry = entry_of(asked)
    form = answer_form(client.get(address(asked)).text)
    form[field(entry, "answer")] = "correct"
    form[field(entry, "contacts-0.phone")] = "09171 77"
    client.post(address(asked), data=form)
    assert (entry.answer, entry.work) == ("changed", Work.OPEN)
    assert [pair[1] for pair in entry.changes.values()] == ["09171 77"]
    again = answer_form(client.get(address(asked)).text)
    assert again[field(entry, "contacts-0.phone")] == "09171 77"


def test_free_places_are_told_without_an_answer(client: FlaskClient, asked: Request) -> None:
    course = asked.entries[-1]
    assert course.offer is not None
    form = answer_form(client.get(address(asked)).text)
    form[field(course, "runs-0.availability")] = "none"
    client.post(address(asked), data=form)
    assert course.offer.runs[0].availability == "none"
    assert course.answer is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contacts-0.email", "keine Adresse"),
        ("places-0.hours", "immer wenn Licht brennt"),
        ("answer", "perhaps"),
        ("note", "x" * 2001),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    client: FlaskClient, asked: Request, name: str, value: str
) -> None:
    entry, other = entry_of(asked), asked.entries[1]
    form = answer_form(client.get(address(asked)).text)
    form[field(entry, name)] = value
    form[field(other, "answer")] = "gone"
    refused = client.post(address(asked), data=form)
    assert refused.status_code == 422
    assert "error-summary" in refused.text
    typed = answer_form(refused.text)
    assert name == "answer" or typed[field(entry, name)] == value
    assert typed[field(other, "answer")] == "gone"
    assert other.answer is None


def test_changed_without_saying_what_asks_for_it(client: FlaskClient, asked: Request) -> None:
    form = answer_form(client.get(address(asked)).text)
    form[field(entry_of(asked), "answer")] = "changed"
    assert client.post(address(asked), data=form).status_code == 422


def test_used_twice_the_page_shows_the_answer_and_lets_it_be_corrected(
    client: FlaskClient, asked: Request
) -> None:
    entry = asked.entries[1]
    for answer in ("correct", "gone"):
        form = answer_form(client.get(address(asked)).text)
        form[field(entry, "answer")] = answer
        client.post(address(asked), data=form)
        assert entry.answer == answer
    assert answer_form(client.get(address(asked)).text)[field(entry, "answer")] == "gone"


def spoilt(asked: Request) -> dict[str, str]:
    """Return keys that open nothing, by what is wrong with them."""
    good = key_of(asked)
    other = request_of(start_campaign(name="Andere"), make_due_other())
    link = tokens.issue("reset", asked.uuid, timedelta(days=1))
    expired = tokens.issue(services.PURPOSE, asked.uuid, timedelta(days=1))
    expired.expires_at = now() - timedelta(seconds=1)
    ended = key_of(other)
    services.close(CONSOLE, other.campaign.uuid, TODAY)
    db.session.commit()
    return {
        "missing": "",
        "truncated": good[:-4],
        "altered": ("B" if good[0] == "A" else "A") + good[1:],
        "no text of ours": "ü%00",
        "another purpose": tokens.secret(link),
        "expired": tokens.secret(expired),
        "ended": ended,
    }


def make_due_other() -> Any:
    found = db.session.scalars(select(Request).order_by(Request.id.desc())).first()
    assert found is not None
    return found.actor


def test_whatever_opens_nothing_gets_the_same_harmless_page(
    client: FlaskClient, asked: Request
) -> None:
    make_due("Anderer Verband")
    pages = set()
    for key in spoilt(asked).values():
        for method in (client.get, client.post):
            answer = method(CONFIRM, query_string={"key": key})
            assert answer.status_code == 404
            assert answer.headers["Cache-Control"] == "no-store"
            pages.add(answer.text.replace(key, "") if key else answer.text)
    assert "Dieser Link öffnet nichts" in pages.pop() or not pages
    assert all("Musterverband" not in page for page in pages)


def test_ids_of_other_entries_are_answered_like_ids_of_none(
    client: FlaskClient, asked: Request
) -> None:
    stranger = make_due("Fremder Verband", region="09573")
    foreign = request_of(start_campaign(name="Fürth", region="09573"), stranger).entries[0]
    form = answer_form(client.get(address(asked)).text)
    answers = [
        client.post(address(asked), data={**form, f"e{uuid}.answer": "gone"})
        for uuid in (foreign.uuid.hex, "0" * 32)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    assert foreign.answer is None


def test_rows_of_other_actors_do_not_exist(client: FlaskClient, asked: Request) -> None:
    stranger = make_due("Fremder Verband")
    form = answer_form(client.get(address(asked)).text)
    form[field(entry_of(asked), "contacts-0.id")] = str(stranger.contacts[0].uuid)
    form[field(entry_of(asked), "contacts-0.phone")] = "0"
    assert client.post(address(asked), data=form).status_code == 404
    assert stranger.contacts[0].phone == CONTACT["phone"]


def test_contacts_of_the_office_alone_and_confidential_places_are_not_shown(
    client: FlaskClient, cast: Cast
) -> None:
    hidden = {"function": "Leitung", "phone": "09171 666"}
    refuge = {"name": "Schutzhaus", "street": "Geheimweg 1", "phone": "0800 1", "hours": "24/7"}
    actor = make_due(contacts=[CONTACT, hidden], places=[{**refuge, "confidential": True}])
    shown = client.get(address(request_of(start_campaign(), actor))).text
    assert "0800 1" in shown
    for secret in ("09171 666", "Schutzhaus", "Geheimweg", "24/7"):
        assert secret not in shown


def test_many_wrong_links_from_one_address_are_slowed_down(
    client: FlaskClient, asked: Request
) -> None:
    for _attempt in range(WRONG_LINKS.times):
        client.get(CONFIRM, query_string={"key": "wrong"})
    assert client.get(CONFIRM, query_string={"key": "wrong"}).status_code == 429


def test_a_link_cannot_be_answered_without_end(client: FlaskClient, asked: Request) -> None:
    for _attempt in range(ANSWERS.times):
        assert client.post(address(asked), data={}).status_code == 302
    assert client.post(address(asked), data={}).status_code == 429


def test_an_answer_needs_the_pages_own_token(
    app: Flask, client: FlaskClient, asked: Request
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(address(asked), data={}).status_code == 400
