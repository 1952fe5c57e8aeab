"""The office's pages on mail and privacy: by eye and ear, on every screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from registry.core.db import db
from registry.core.mail.models import State
from registry.core.mail.outbox import Letter, post
from tests.browser.conftest import LiveServer, axe

OpenPage = Callable[..., Page]


@pytest.fixture
def given_up(live_server: LiveServer) -> str:
    """A mail that the server did not take; return its address in the office."""
    with live_server.app.app_context():
        mail = post(Letter("privacy_notice", "amt@example.org", "09576", {}))
        mail.state, mail.error = State.DEAD, "451 Try again later"
        db.session.commit()
        path = f"/de/office/mail/{mail.uuid}"
        db.session.remove()
    return path


def test_what_did_not_arrive_is_seen_and_cancelled(open_page: OpenPage, given_up: str) -> None:
    page = open_page("/de/office/mail", user="dana", phone=True)
    axe(page)
    page.get_by_role("link", name="aufgegeben").click()
    expect(page.get_by_text("451 Try again later")).to_be_visible()
    page.goto(given_up)
    axe(page)
    page.get_by_role("button", name="Noch einmal versuchen").click()
    expect(page.get_by_role("status")).to_contain_text("wartet auf den Versand")
    page.get_by_role("button", name="Nicht senden").click()
    expect(page.get_by_role("status")).to_contain_text("wird nicht gesendet")
    with_again = page.get_by_role("button", name="Noch einmal versuchen")
    expect(with_again).to_have_count(0)


def test_what_is_held_on_a_person_is_shown_and_erased_only_when_sure(open_page: OpenPage) -> None:
    page = open_page("/de/office/privacy", user="dana", phone=True, expected=("422",))
    axe(page)
    page.get_by_role("link", name="Per Brief oder Telefon informieren").click()
    axe(page)
    page.goto("/de/office/privacy")
    page.get_by_role("link", name="Per E-Mail informieren").click()
    axe(page)
    page.goto("/de/office/privacy")
    page.get_by_label("E-Mail-Adresse, Telefonnummer oder Name").fill("frauenhaus@example.org")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("frauenhaus@example.org")
    axe(page)
    page.get_by_role("button", name="Gewähltes löschen").click()
    expect(page.get_by_text("Bitte bestätigen Sie")).to_be_visible()
    axe(page)
