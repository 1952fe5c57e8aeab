"""Entries in other hands: an actor's own changes, many at once, and what once was."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from registry.accounts.models import User, UserGrant
from registry.actors.models import Actor
from registry.core.db import db
from registry.offers.models import Offer
from tests.browser.conftest import LiveServer, axe, fits

OpenPage = Callable[..., Page]


@pytest.fixture
def own(live_server: LiveServer) -> Iterator[str]:
    """The title of a published offer of the actor that Emil keeps for the time of a test."""
    with live_server.app.app_context():
        emil = db.session.scalars(select(User).where(User.email == "emil@example.org")).one()
        offer = db.session.scalars(
            select(Offer).join(Actor).where(Offer.status == "published").order_by(Offer.id)
        ).first()
        grant = UserGrant(role="actor_editor", region=offer.region, actor_id=offer.actor_id)
        emil.grants = [grant]
        db.session.commit()
        title = str(offer)
    yield title
    with live_server.app.app_context():
        db.session.scalars(select(User).where(User.email == "emil@example.org")).one().grants = []
        db.session.commit()


def test_an_actors_own_change_reaches_the_public_page_through_review(
    open_page: OpenPage, own: str
) -> None:
    page = open_page("/de/office/offers", user="emil")
    page.get_by_role("link", name=own, exact=True).first.click()
    axe(page)
    summary = page.locator("[name='summary.de']")
    before = summary.input_value()
    summary.fill("Vom Akteur selbst gesagt.")
    page.get_by_role("button", name="Änderung an das Amt senden").click()
    expect(page.get_by_text("warten auf das Amt")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Öffentliche Seite").click()
    public = page.url
    expect(page.get_by_text(before).first).to_be_visible()

    office = open_page("/de/office/review", user="amal")
    axe(office)
    office.get_by_role("link", name=own).click()
    expect(office.get_by_text("Vom Akteur selbst gesagt.")).to_be_visible()
    axe(office)
    office.get_by_role("button", name="Änderung annehmen").click()
    expect(office.get_by_text(f"Angenommen: {own}")).to_be_visible()
    visitor = open_page(public)
    expect(visitor.get_by_text("Vom Akteur selbst gesagt.").first).to_be_visible()


def test_a_returned_draft_tells_its_reason_on_the_form(open_page: OpenPage, own: str) -> None:
    page = open_page("/de/office/entry", user="emil")
    axe(page)
    page.goto("/de/office/actors")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Neues Angebot dieses Akteurs").click()
    page.locator("[name='title.de']").fill("Offener Treff am Bach")
    page.locator("[name='summary.de']").fill("Kaffee und Gespräch.")
    page.locator("[name='fields'][value='advice']").check()
    page.locator("[name='formats'][value='online']").check()
    page.get_by_role("button", name="Speichern und zur Prüfung geben").click()
    expect(page.locator(".tag--status-review")).to_be_visible()
    form = page.url
    office = open_page("/de/office/review", user="amal")
    office.get_by_role("link", name="Offener Treff am Bach").click()
    office.get_by_label("Grund").fill("Bitte nennen Sie die Zeiten.")
    office.get_by_role("button", name="Mit dieser Begründung zurückgeben").click()
    page.goto(form)
    expect(page.get_by_text("Bitte nennen Sie die Zeiten.")).to_be_visible()
    axe(page)


def test_a_preview_opens_beside_the_form_and_saves_nothing(open_page: OpenPage) -> None:
    page = open_page("/de/office/offers?q=Tandem", user="amal")
    page.locator("tbody th a").first.click()
    before = page.locator("[name='title.de']").input_value()
    page.locator("[name='title.de']").fill("Nur angesehen")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Vorschau").click()
    preview = opened.value
    expect(preview.get_by_role("heading", name="Nur angesehen")).to_be_visible()
    axe(preview)
    expect(page.locator("[name='title.de']")).to_have_value("Nur angesehen")
    other = open_page(page.url, user="dana")
    expect(other.locator("[name='title.de']")).to_have_value(before)


def test_many_entries_are_changed_after_a_look_and_changed_back(open_page: OpenPage) -> None:
    page = open_page("/de/office/offers?q=Anmeldung", user="amal", phone=True)
    axe(page)
    boxes = page.locator("input[name=ids]")
    for number in range(3):
        boxes.nth(number).check()
    page.get_by_role("button", name="Ausgewählte Einträge ändern").click()
    axe(page)
    page.locator("input[name=action][value=archive]").check()
    page.get_by_role("button", name="Ansehen, was geschehen würde").click()
    expect(page.get_by_text("3 Einträge würden geändert.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="3 Einträge ändern").click()
    expect(page.get_by_text("3 Einträge geändert.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text("Das wurde rückgängig gemacht.")).to_be_visible()
    fits(page)


def test_an_earlier_state_comes_back(open_page: OpenPage) -> None:
    page = open_page("/de/office/offers?q=Fahrrad", user="amal")
    page.locator("tbody th a").first.click()
    title = page.locator("[name='title.de']")
    before = title.input_value()
    title.fill("Ganz anders")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_role("link", name="Verlauf").click()
    axe(page)
    page.get_by_role("link", name="Diesen Stand wiederherstellen").first.click()
    expect(page.get_by_text("Ganz anders").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Diesen Stand wiederherstellen").click()
    expect(page.locator("[name='title.de']")).to_have_value(before)
    assert re.search("/office/offers/", page.url)
