"""The forms that everyone may fill in."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.actors.models import Status
from registry.actors.services import archive_actor
from registry.core.db import db
from registry.offers.models import Offer
from registry.upkeep.suggestions.asking import TRAP
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.forms import changed
from tests.factories.offers import make_offer
from tests.upkeep.suggestions.visitors import filled, later, report, stored

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")
HOSTILE = '"><script>alert(1)</script>${7*7}{{7*7}}'
PLACE = {
    "name": "Rathaus",
    "street": "Weg 1",
    "municipality": "09576143",
    "hours": "Mo-Fr 08:00-12:00",
}


@pytest.fixture
def offer(database: None) -> Offer:
    actor = make_actor(
        places=[PLACE, {"name": "Frauenhaus", "street": "Geheimweg 7", "confidential": True}],
        contacts=[
            {"function": "Empfang", "phone": "09171 1", "publish_public": True},
            {"function": "Leitung", "phone": "09171 99", "email": "leitung@example.org"},
        ],
    )
    places = [{"place": str(place.uuid)} for place in actor.places]
    contact = str(actor.contacts[0].uuid)
    return make_offer(actor, places=places, contact=contact, internal_note="nur intern")


def test_a_visitor_corrects_details_and_only_those_are_stored(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, contact = offer.places[0].place, offer.contact
    assert contact
    hours, phone = f"places.{place.uuid}.hours", f"actor.contacts.{contact.uuid}.phone"
    answer = report(client, offer, monkeypatch, {hours: "Di 9–12 Uhr", phone: "09171 2"})
    assert answer.headers["Location"] == "/de/suggest/thanks"
    [made] = stored()
    assert made.changes == [
        {"path": hours, "old": "Mo-Fr 08:00-12:00", "new": "Di 9–12 Uhr"},
        {"path": phone, "old": "09171 1", "new": "09171 2"},
    ]
    assert (made.region, made.offer, made.state) == ("09576", offer, "open")


def test_a_form_sent_as_it_stands_asks_what_is_wrong(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = report(client, offer, monkeypatch, {})
    assert answer.status_code == 422
    assert "Bitte schreiben Sie, was nicht stimmt" in answer.text
    assert not stored()


def test_gone_and_a_remark_are_enough(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(client, offer.actor, monkeypatch, {"gone": "true", "remark": "Seit Mai zu."})
    [made] = stored()
    assert (made.gone, made.remark, made.actor, made.changes) == (
        True,
        "Seit Mai zu.",
        offer.actor,
        [],
    )


def test_languages_are_ticked_and_dates_changed(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(client, offer, monkeypatch, {"languages": ["uk", "nonsense"], "valid_to": "2027-01-31"})
    [made] = stored()
    assert [(each["path"], each["new"]) for each in made.changes] == [
        ("valid_to", "2027-01-31"),
        ("languages", ["uk"]),
    ]


def test_nothing_that_is_not_public_stands_in_the_form(
    client: FlaskClient, offer: Offer, as_user: Any
) -> None:
    for asking in (client, as_user("amal")):
        for address in (f"offers/{offer.uuid}", f"actors/{offer.actor.uuid}"):
            page = asking.get(f"/de/{address}/report").text
            assert "Rathaus" in page
            for secret in ("Geheimweg", "Frauenhaus", "Leitung", "09171 99", "nur intern"):
                assert secret not in page


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_there_is_no_form_for_what_is_not_public(as_user: Any, offer: Offer, status: str) -> None:
    hidden = make_offer(offer.actor, status=status)
    assert as_user("amal").get(f"/de/offers/{hidden.uuid}/report").status_code == 404
    archive_actor(CONSOLE, offer.actor.uuid)
    db.session.commit()
    assert as_user("amal").get(f"/de/actors/{offer.actor.uuid}/report").status_code == 404
    assert as_user("amal").get(f"/de/offers/{offer.uuid}/report").status_code == 404


def test_an_invisible_input_that_is_filled_in_stores_nothing(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = report(client, offer, monkeypatch, {"remark": "Kauft!", TRAP: "Bot"})
    assert answer.headers["Location"] == "/de/suggest/thanks"
    assert not stored()


def test_a_form_sent_at_once_stores_nothing(client: FlaskClient, offer: Offer) -> None:
    form = changed(filled(client, f"/de/offers/{offer.uuid}/report"), remark="Kauft!")
    answer = client.post(f"/de/offers/{offer.uuid}/report", data=form)
    assert answer.headers["Location"] == "/de/suggest/thanks"
    assert not stored()


def test_a_form_without_its_seal_or_with_that_of_another_entry_stores_nothing(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_offer(offer.actor)
    form = changed(filled(client, f"/de/offers/{other.uuid}/report"), remark="Falsch.")
    later(monkeypatch)
    for seal in (form["seal"], form["seal"][:-2], ""):
        answer = client.post(
            f"/de/offers/{offer.uuid}/report", data=changed(form, seal=seal, remark="Falsch.")
        )
        assert answer.status_code == 302
    assert not stored()


def test_a_refused_form_keeps_what_was_typed_and_can_be_sent_again(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {"remark": "Zu", "reporter": "keine Adresse", "title.de": "Neuer Titel"}
    answer = report(client, offer, monkeypatch, typed)
    assert answer.status_code == 422
    assert "keine Adresse" in answer.text
    assert "Neuer Titel" in answer.text
    form = changed(filled(client, "", answer.text), reporter="x@example.org")
    assert client.post(f"/de/offers/{offer.uuid}/report", data=form).status_code == 302
    [made] = stored()
    assert made.changes[0]["new"] == "Neuer Titel"


@pytest.mark.parametrize("value", ["x" * 6000, "a\x00b"])
def test_what_cannot_be_stored_is_told_beside_its_field(
    client: FlaskClient, offer: Offer, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    for field in ("title.de", "remark", "description.de"):
        assert report(client, offer, monkeypatch, {field: value}).status_code == 422
    assert not stored()


def test_a_missing_offer_is_suggested_with_a_title_alone(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = changed(filled(client, "/en/suggest"), title="Nähcafé", reporter="x@example.org")
    later(monkeypatch)
    assert client.post("/en/suggest", data=form).status_code == 302
    [made] = stored()
    assert (made.kind, made.title, made.region) == ("new", "Nähcafé", "09576")
    assert (made.reporter, made.language) == ("x@example.org", "en")
    assert made.changes == [{"path": "title", "old": "", "new": "Nähcafé"}]


def test_hostile_text_stays_text_for_the_visitor_and_in_the_office(
    client: FlaskClient, offer: Offer, as_user: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    form = filled(client, f"/de/offers/{offer.uuid}/report")
    hostile = {
        name: HOSTILE for name in form if name not in {"seal", TRAP, "csrf_token", "languages"}
    }
    refused = report(client, offer, monkeypatch, hostile)  # no e-mail address
    assert refused.status_code == 422
    report(client, offer, monkeypatch, {**hostile, "reporter": ""})
    later(monkeypatch)
    whole = changed(filled(client, "/de/suggest"), title=HOSTILE, address=HOSTILE, hours=HOSTILE)
    later(monkeypatch)
    assert client.post("/de/suggest", data=whole).status_code == 302
    office = as_user("amal")
    pages = [refused.text, office.get("/de/office/suggestions").text]
    for made in stored():
        address = f"/de/office/suggestions/{made.uuid}"
        pages.append(office.get(address).text)
        if made.kind == "new":
            pages.append(office.get(f"{address}/entry").text)
    for page in pages:
        assert "<script>alert" not in page
        assert "49" not in page.replace(HOSTILE, "") or "{{7*7}}" in page


def test_the_form_is_never_kept_for_others(client: FlaskClient, offer: Offer) -> None:
    for path in (f"/de/offers/{offer.uuid}/report", "/de/suggest"):
        first, second = client.get(path), client.get(path)
        assert "no-store" in first.headers["Cache-Control"]
        assert "ETag" not in second.headers


def test_public_pages_lead_to_the_form(client: FlaskClient, offer: Offer) -> None:
    for address in (f"offers/{offer.uuid}", f"actors/{offer.actor.uuid}"):
        assert f"/de/{address}/report" in client.get(f"/de/{address}").text
    assert "/de/suggest" in client.get("/de/offers?q=xyzxyz").text


# --- limits, with transactions that really end
