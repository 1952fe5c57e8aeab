"""The page a link opens, and the office's pages about campaigns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.datastructures import MultiDict

from registry.access.policy import CONSOLE
from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail.models import State
from registry.upkeep.campaigns import services
from registry.upkeep.campaigns.answers.services import ANSWERS, WRONG_LINKS
from registry.upkeep.campaigns.models import Campaign, Entry, Request, Work
from tests.conftest import Cast
from tests.factories.campaigns import (
    CONTACT,
    TODAY,
    entry_of,
    key_of,
    make_campaign,
    make_due,
    request_of,
    start_campaign,
)
from tests.factories.offers import make_offer
from tests.upkeep.campaigns.answer_form import answer_form

pytestmark = pytest.mark.usefixtures("no_csrf")
CONFIRM = "/de/confirm"
COMING = (TODAY + timedelta(days=30)).isoformat()
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def asked(cast: Cast) -> Request:
    actor = make_due()
    make_offer(
        actor, title={"de": "Deutschkurs"}, runs=[{"starts_on": COMING, "availability": "free"}]
    )
    return request_of(start_campaign(), actor)


def address(request: Request) -> str:
    return f"{CONFIRM}?key={key_of(request)}"


def everything() -> dict[str, list[Any]]:
    """Return the whole database, row by row."""
    return {
        name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
        for name in db.metadata.tables
    }


def field(entry: Entry, name: str) -> str:
    return f"e{entry.uuid.hex}.{name}"


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


def test_the_office_plans_previews_and_starts(as_user: SignIn, cast: Cast) -> None:
    make_due()
    make_due("Ohne Adresse", contacts=[])
    client = as_user("amal")
    form = {"name": "Herbst", "deadline": COMING, "reminder_days": "7; 14"}
    planned = client.post("/de/office/confirmations/new", data=form)
    page = client.get(planned.location)
    assert CONTACT["email"] in page.text
    assert "Einladungen" in page.text
    assert "Ohne Adresse" in client.get(f"{planned.location}?group=phone").text
    campaign = db.session.scalars(select(Campaign)).one()
    assert campaign.reminder_days == [7, 14]
    client.post(f"{planned.location}/start", data={"version": campaign.version})
    assert campaign.state == "running"
    assert "Musterverband" in client.get(planned.location).text
    again = client.post(f"{planned.location}/start", data={"version": campaign.version})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("name", "value"), [("name", ""), ("deadline", "1999-01-01"), ("reminder_days", "bald")]
)
def test_a_plan_with_a_mistake_is_shown_again(as_user: SignIn, name: str, value: str) -> None:
    form = {"name": "Herbst", "deadline": COMING, "reminder_days": "7", name: value}
    refused = as_user("amal").post("/de/office/confirmations/new", data=form)
    assert refused.status_code == 422
    assert "error-summary" in refused.text


def test_the_call_list_holds_unanswered_and_bounced_with_numbers_of_the_office(
    as_user: SignIn, cast: Cast
) -> None:
    hidden = {"function": "Leitung", "phone": "09171 666"}
    bounced = make_due("Kommt zurück", contacts=[CONTACT, hidden])
    done = make_due("Beantwortet")
    campaign = start_campaign()
    request_of(campaign, done).answered_at = now()
    mail = request_of(campaign, bounced).mail
    assert mail is not None
    mail.state = State.BOUNCED
    db.session.commit()
    page = as_user("amal").get(f"/de/office/confirmations/{campaign.uuid}/call-list").text
    assert "09171 666" in page
    assert "Kommt zurück" in page
    assert "Beantwortet" not in page


def test_staff_type_in_what_was_said(as_user: SignIn, asked: Request) -> None:
    client, entry = as_user("amal"), entry_of(asked)
    path = f"/de/office/confirmations/requests/{asked.uuid}"
    assert "Musterverband" in client.get(path).text
    form = MultiDict({"day": TODAY.isoformat(), "said_by": "Empfang"})
    assert client.post(path, data=form).status_code == 422
    form[field(entry, "answer")] = "correct"
    assert client.post(path, data={**form, "day": "x"}).status_code == 422
    assert client.post(path, data=form).status_code == 302
    assert (entry.answer, entry.said_by) == ("correct", "Empfang")


def test_answers_are_worked_on_in_the_inbox(
    client: FlaskClient, as_user: SignIn, asked: Request
) -> None:
    entry = entry_of(asked)
    form = answer_form(client.get(address(asked)).text)
    form[field(entry, "contacts-0.phone")] = "09171 77"
    client.post(address(asked), data=form)
    office, inbox = as_user("amal"), "/de/office/confirmations/answers"
    assert "09171 77" in office.get(inbox).text
    done = office.post(f"{inbox}/{entry.uuid}/apply", follow_redirects=True)
    assert "Rückgängig" in done.text
    assert asked.actor.contacts[0].phone == "09171 77"
    office.post(f"{inbox}/{entry.uuid}/undo")
    assert asked.actor.contacts[0].phone == CONTACT["phone"]
    assert "09171 77" in office.get(inbox).text
    office.post(f"{inbox}/{entry.uuid}/decline")
    assert "09171 77" not in office.get(inbox).text


PATHS = ["", "/due", "/unanswered", "/answers", "/new"]


@pytest.mark.parametrize("path", PATHS)
def test_lists_are_for_those_who_run_campaigns(as_user: SignIn, asked: Request, path: str) -> None:
    address = f"/de/office/confirmations{path}"
    assert as_user("amal").get(address).status_code == 200
    assert as_user("carla").get(address).status_code == 403
    other = as_user("boris").get(address)
    assert other.status_code == 200
    assert "Musterverband" not in other.text


def test_campaigns_of_another_district_do_not_exist(as_user: SignIn, asked: Request) -> None:
    ours, none = asked.campaign.uuid, "00000000-0000-0000-0000-000000000000"
    client = as_user("boris")
    for verb in ("", "/call-list", "/edit"):
        foreign = client.get(f"/de/office/confirmations/{ours}{verb}")
        missing = client.get(f"/de/office/confirmations/{none}{verb}")
        assert foreign.status_code == missing.status_code == 404
    for verb in ("start", "remind", "close", "discard"):
        path = f"/de/office/confirmations/{ours}/{verb}"
        assert client.post(path, data={"version": 1}).status_code == 404
    path = f"/de/office/confirmations/requests/{asked.uuid}"
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_a_plan_can_be_changed_and_deleted_until_it_begins(as_user: SignIn, cast: Cast) -> None:
    campaign = make_campaign()
    client, path = as_user("amal"), f"/de/office/confirmations/{campaign.uuid}"
    form = {"name": "Winter", "deadline": COMING, "version": campaign.version}
    assert client.post(f"{path}/edit", data=form).status_code == 302
    assert campaign.name == "Winter"
    stale = client.post(f"{path}/edit", data={**form, "name": "Frühling"})
    assert stale.status_code == 409
    client.post(f"{path}/discard", data={"version": campaign.version})
    assert db.session.scalars(select(Campaign)).all() == []
