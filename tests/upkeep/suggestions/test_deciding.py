"""The office decides on what was suggested."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.actors.models import Status
from registry.audit.models import AuditEntry
from registry.core.db import db, now
from registry.core.mail import outbox
from registry.core.mail.models import Mail
from registry.core.mail.outbox import Letter
from registry.core.mail.rendering import render
from registry.offers.models import Offer
from registry.upkeep.suggestions import services
from registry.upkeep.suggestions.models import State, Suggestion
from registry.upkeep.suggestions.services import Wish
from tests.conftest import Cast
from tests.factories.forms import changed
from tests.upkeep.suggestions.conftest import CHANGE, address, suggested
from tests.upkeep.suggestions.visitors import filled

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")


def form_of(client: FlaskClient, suggestion: Suggestion) -> Any:
    return filled(client, address(suggestion))


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail)))


def test_accepted_details_stand_on_the_public_page(
    as_user: Any, client: FlaskClient, offer: Offer
) -> None:
    assert offer.contact
    place, contact = offer.places[0].place.uuid, offer.contact.uuid
    made = suggested(
        offer,
        CHANGE,
        {"path": f"places.{place}.hours", "old": "Mo-Fr 08:00-12:00", "new": "dienstags 9-12 Uhr"},
        {"path": f"actor.contacts.{contact}.phone", "old": "09171 1", "new": "09171 2"},
        {"path": "languages", "old": [], "new": ["uk"]},
    )
    amal = as_user("amal")
    answer = amal.post(address(made, "/accept"), data=form_of(amal, made))
    assert answer.headers["Location"] == "/en/office/suggestions"
    page = client.get(f"/en/offers/{offer.uuid}").text
    for words in ("Offene Beratung", "09171 2", "Ukrainian"):
        assert words in page
    assert offer.places[0].own_hours == "Tu 09:00-12:00"
    assert offer.places[0].place.hours == "Mo-Fr 08:00-12:00"
    assert made.state == State.ACCEPTED


def test_only_chosen_details_are_taken_over_and_as_the_office_corrects_them(
    as_user: Any, offer: Offer
) -> None:
    made = suggested(offer, CHANGE, {"path": "summary.de", "old": "", "new": "Unsinn"})
    amal = as_user("amal")
    form = changed(form_of(amal, made), take=["0"], **{"value-0": "Beratung für alle"})
    amal.post(address(made, "/accept"), data=form)
    assert offer.title.bodies["de"] == "Beratung für alle"
    assert offer.summary.bodies["de"] == "Beratung zu Alltagsfragen"


def test_nothing_chosen_is_asked_about(as_user: Any, offer: Offer) -> None:
    made = suggested(offer)
    amal = as_user("amal")
    answer = amal.post(address(made, "/accept"), data=changed(form_of(amal, made), take=[]))
    assert answer.status_code == 422
    assert "choose what to take over" in answer.text
    assert made.state == State.OPEN


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("hours", "immer wenn Licht brennt"),
        ("valid_to", "übermorgen"),
        ("booking_url", "kein Netz"),
    ],
)
def test_what_the_schema_refuses_is_told_beside_the_field_and_nothing_is_lost(
    as_user: Any, offer: Offer, path: str, wrong: str
) -> None:
    path = f"places.{offer.places[0].place.uuid}.hours" if path == "hours" else path
    made = suggested(offer, {"path": path, "old": "", "new": wrong})
    amal = as_user("amal")
    form = changed(form_of(amal, made), take=["0"], reason="Danke")
    answer = amal.post(address(made, "/accept"), data=form)
    assert answer.status_code == 422
    assert 'id="f-value-0-error"' in answer.text
    assert wrong in answer.text
    assert "Danke" in answer.text
    assert (offer.version, made.state) == (2, State.OPEN)


def test_hours_that_cannot_be_read_are_left_to_the_office(as_user: Any, offer: Offer) -> None:
    path = f"places.{offer.places[0].place.uuid}.hours"
    made = suggested(offer, {"path": path, "old": "", "new": "nach Lust"})
    form = form_of(as_user("amal"), made)
    assert "take" not in form
    assert form["value-0"] == "nach Lust"


def test_a_detail_changed_since_is_marked(as_user: Any, offer: Offer) -> None:
    made = suggested(offer, {**CHANGE, "old": "Sprechstunde"})
    page = as_user("amal").get(address(made)).text
    assert "changed since" in page
    assert "Sprechstunde" in page


def test_a_part_that_is_gone_cannot_be_taken_over(as_user: Any, offer: Offer) -> None:
    gone = "places.00000000-0000-0000-0000-000000000000.hours"
    made = suggested(offer, CHANGE, {"path": gone, "old": "24/7", "new": "Mo 8-9"})
    amal = as_user("amal")
    form = form_of(amal, made)
    assert form.getlist("take") == ["0"]
    answer = amal.post(address(made, "/accept"), data=changed(form, take=["0", "1"]))
    assert answer.status_code == 422
    assert offer.title.bodies["de"] == "Beratung"


def test_an_entry_saved_meanwhile_is_not_overwritten(as_user: Any, offer: Offer) -> None:
    made = suggested(offer)
    amal = as_user("amal")
    form = form_of(amal, made)
    offer.version += 1
    db.session.commit()
    answer = amal.post(address(made, "/accept"), data=form)
    assert answer.status_code == 409
    assert "Nothing was taken over" in answer.text
    assert made.state == State.OPEN


def test_what_exists_no_longer_is_archived_if_the_office_agrees(as_user: Any, offer: Offer) -> None:
    made = services.suggest(offer, "09576", "x", Wish([], gone=True))
    db.session.commit()
    amal = as_user("amal")
    amal.post(address(made, "/accept"), data=changed(form_of(amal, made), archive="1"))
    assert offer.status == Status.ARCHIVED


def test_the_reporter_is_answered_and_the_address_is_gone(
    as_user: Any, cast: Cast, offer: Offer
) -> None:
    made = suggested(offer, reporter="frau.huber@example.org", language="en")
    amal = as_user("amal")
    page = amal.get(address(made)).text
    assert "frau.huber" not in page
    answer = amal.post(address(made, "/reject"), data={"reason": "So ist es richtig."})
    assert answer.status_code == 302
    [mail] = mails()
    assert (mail.kind, mail.recipient, mail.language, mail.about) == (
        "suggestion_answered",
        "frau.huber@example.org",
        "en",
        made.uuid,
    )
    assert mail.facts["reason"] == "So ist es richtig."
    assert made.reporter is None
    log = str([(e.subject_label, e.changes) for e in db.session.scalars(select(AuditEntry))])
    assert "frau.huber" not in log
    assert made.region == "09576"


@pytest.mark.parametrize("state", [State.ACCEPTED, State.REJECTED])
@pytest.mark.parametrize(("language", "words"), [("de", "Ihr Hinweis zu"), ("en", "Your note on")])
def test_the_answer_says_what_became_of_it_in_the_reporters_language(
    app: Flask, offer: Offer, state: State, language: str, words: str
) -> None:
    facts = {
        "title": "Nähcafé",
        "accepted": state == State.ACCEPTED,
        "new": False,
        "reason": "Darum",
    }
    letter = Letter(services.ANSWER, "x@example.org", "09576", facts, language=language)
    with app.test_request_context("/"):
        message = render(outbox.post(letter), now())
    body = message.get_content()
    assert words in message["Subject"]
    assert "Nähcafé" in message["Subject"]
    assert "Darum" in body
    assert "\n\n\n" not in body


def test_who_left_no_address_gets_no_mail(as_user: Any, offer: Offer) -> None:
    made = suggested(offer)
    as_user("amal").post(address(made, "/reject"), data={"reason": "nein"})
    assert not mails()


def test_a_rejection_needs_a_reason(as_user: Any, offer: Offer) -> None:
    made = suggested(offer, reporter="x@example.org")
    answer = as_user("amal").post(address(made, "/reject"), data={"reason": " "})
    assert answer.status_code == 422
    assert "Please give a reason" in answer.text
    assert made.reporter


def test_spam_is_not_answered_and_its_text_is_gone(as_user: Any, offer: Offer) -> None:
    made = suggested(offer, reporter="x@example.org", remark="Kauft!")
    as_user("amal").post(address(made, "/spam"))
    assert (made.state, made.reporter, made.remark, made.changes) == (State.SPAM, None, None, [])
    assert not mails()


def test_a_suggestion_is_decided_once(as_user: Any, offer: Offer) -> None:
    made = suggested(offer)
    amal = as_user("amal")
    form = form_of(amal, made)
    assert amal.post(address(made, "/accept"), data=form).status_code == 302
    for step in ("/accept", "/reject"):
        answer = amal.post(address(made, step), data=changed(form, reason="x"))
        assert answer.status_code == 409
    assert amal.post(address(made, "/spam")).status_code == 409


def test_a_suggested_offer_becomes_a_draft_and_the_answer_says_so(
    as_user: Any, offer: Offer
) -> None:
    made = suggested(
        None,
        {"path": "title", "old": "", "new": "Nähcafé"},
        {"path": "provider", "old": "", "new": "musterverband"},
        {"path": "hours", "old": "", "new": "dienstags 9 bis 12"},
        {"path": "phone", "old": "", "new": "09171 5"},
        reporter="x@example.org",
    )
    amal = as_user("amal")
    page = amal.get(address(made, "/entry")).text
    form = changed(entry_form(page), offer__fields=["advice"], place__municipality="09576143")
    assert form["existing"] == str(offer.actor.uuid)
    assert form["place.hours"] == "Tu 09:00-12:00"
    answer = amal.post(address(made, "/entry"), data=form)
    assert made.offer
    assert answer.headers["Location"] == f"/en/office/offers/{made.offer.uuid}"
    assert (str(made.offer), made.offer.status, made.offer.actor) == (
        "Nähcafé",
        Status.DRAFT,
        offer.actor,
    )
    assert mails()[0].facts["new"]


def entry_form(page: str) -> Any:
    from tests.factories.forms import form_of as kept  # noqa: PLC0415

    return kept(page)


def test_a_refused_entry_leaves_the_suggestion_open(as_user: Any, cast: Cast) -> None:
    made = suggested(None, {"path": "title", "old": "", "new": "Nähcafé"}, reporter="x@example.org")
    amal = as_user("amal")
    answer = amal.post(address(made, "/entry"), data={"offer.title.de": "Nähcafé"})
    assert answer.status_code == 422
    db.session.expire_all()
    assert (made.state, made.reporter, mails()) == (State.OPEN, "x@example.org", [])
