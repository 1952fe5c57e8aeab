"""The declaration of accessibility, and telling of a barrier without an account."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.accessibility.pages import OF_ADDRESS
from registry.core.db import db
from registry.core.mail.models import Mail
from registry.regions.models import RegionSettings
from registry.texts.translated import Translated
from registry.upkeep.suggestions.asking import TRAP
from tests.upkeep.suggestions.visitors import filled, later

DATABASES = ["postgresql"]

FORM = "/de/accessibility/feedback"
TOLD = "Die Karte kann ich nicht bedienen."
pytestmark = pytest.mark.usefixtures("no_csrf")


@pytest.fixture
def reachable(database: None) -> None:
    db.session.add(RegionSettings(ags="09576", reply_to="amt@example.org"))
    db.session.commit()


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail)))


def test_every_page_leads_to_the_declaration_and_to_the_form(client: FlaskClient) -> None:
    for path in ("/de/offers", "/de/imprint", "/de/no-such-page"):
        text = client.get(path).text
        assert 'href="/de/accessibility"' in text
        assert f"{FORM}?page={path}" in text.replace("%2F", "/")


def test_the_declaration_claims_no_audit_until_the_region_says_so(client: FlaskClient) -> None:
    text = client.get("/de/accessibility").text
    assert "Noch hat niemand von außen diese Seiten begutachtet" in text
    assert "Landesamt für Digitalisierung" in text
    own = Translated.of({"de": "Geprüft am 1. Mai von einem Fachbüro."})
    db.session.add(RegionSettings(ags="09576", accessibility=own))
    db.session.commit()
    text = client.get("/de/accessibility").text
    assert "Geprüft am 1. Mai" in text
    assert "Noch hat niemand" not in text


def test_a_barrier_goes_to_the_region_s_address(
    client: FlaskClient, reachable: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled(client, f"{FORM}?page=/de/map")
    assert form["page"] == "/de/map"
    form["barrier"], form["reporter"] = TOLD, "ich@example.org"
    later(monkeypatch)
    assert client.post(FORM, data=form).headers["Location"] == "/de/accessibility/thanks"
    [mail] = mails()
    assert (mail.kind, mail.recipient, mail.region) == (
        "barrier_reported", "amt@example.org", "09576",
    )  # fmt: skip
    assert mail.facts == {"barrier": TOLD, "page": "/de/map", "reporter": "ich@example.org"}


def test_machines_are_thanked_and_nothing_is_sent(
    client: FlaskClient, reachable: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled(client, FORM)
    form["barrier"] = TOLD
    assert client.post(FORM, data=form).status_code == 302  # at once
    later(monkeypatch)
    for wrong in ({TRAP: "Bot"}, {"seal": ""}, {"seal": form["seal"][:-2]}):
        assert client.post(FORM, data={**form.to_dict(), **wrong}).status_code == 302
    assert not mails()


def test_an_empty_report_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient, reachable: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled(client, FORM)
    form["barrier"], form["reporter"] = TOLD, "no address"
    later(monkeypatch)
    refused = client.post(FORM, data=form)
    assert refused.status_code == 422
    assert TOLD in refused.text
    form["barrier"], form["reporter"] = "", ""
    assert client.post(FORM, data=form).status_code == 422
    assert not mails()


def test_who_tries_too_often_has_to_wait(client: FlaskClient, reachable: None) -> None:
    for _try in range(OF_ADDRESS.times):
        assert client.post(FORM, data={}).status_code == 302
    assert client.post(FORM, data={}).status_code == 422


def test_without_an_address_the_form_says_that_nobody_reads_it(client: FlaskClient) -> None:
    text = client.get(FORM).text
    assert "noch nicht angegeben" in text
    assert 'name="barrier"' not in text


@pytest.mark.parametrize("page", ["https://evil.example/", "javascript:alert(1)", "/a\nb"])
def test_only_a_path_of_ours_is_proposed(client: FlaskClient, reachable: None, page: str) -> None:
    assert filled(client, FORM, client.get(FORM, query_string={"page": page}).text)["page"] == ""
