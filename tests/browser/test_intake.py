"""What strangers report and what stands there twice: from the form to the public page."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.upkeep.suggestions import asking
from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

OpenPage = Callable[..., Page]
HOUSE = {"name": "Haus", "street": "Hauptstraße 5", "postcode": "91154", "city": "Roth"}


@pytest.fixture
def twins(live_server: LiveServer) -> Iterator[tuple[str, str]]:
    """The addresses of two actors that are one; the second one has an offer."""
    with live_server.app.app_context():
        kept = make_actor(name="Nähstube Roth", places=[HOUSE])
        other = make_actor(name="Nähstube Roth e. V.", places=[{**HOUSE, "name": "Werkstatt"}])
        make_offer(other, title="Offenes Nähen")
        addresses = f"/de/actors/{kept.uuid}", f"/de/actors/{other.uuid}"
        db.session.rollback()
    yield addresses
    with live_server.app.app_context():
        for actor in db.session.query(Actor).filter(Actor.folded.contains("stube")):
            actor.status = Status.ARCHIVED
        db.session.commit()


def test_an_error_reported_on_a_phone_without_script_is_put_right(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    with live_server.app.app_context():
        path = f"/de/offers/{make_offer(title='Gitarrenkurs', summary={'de': 'Alte Zeile'}).uuid}"
    visitor = open_page(path, phone=True, java_script_enabled=False)
    visitor.get_by_role("link", name="Fehler melden").click()
    visitor.locator("[name='summary.de']").fill("Neue Zeile")
    visitor.locator("[name='remark']").fill("Es steht falsch da.")
    visitor.wait_for_timeout(asking.LEAST.total_seconds() * 1000 + 1500)
    visitor.get_by_role("button", name="Absenden").click()
    expect(visitor.get_by_role("heading", name="Vielen Dank")).to_be_visible()
    office = open_page("/de/office/suggestions", user="amal")
    axe(office)
    office.get_by_role("link", name="Gitarrenkurs").click()
    expect(office.get_by_text("Es steht falsch da.")).to_be_visible()
    axe(office)
    office.get_by_role("button", name="Gewähltes annehmen").click()
    expect(office.get_by_text("Angenommen.")).to_be_visible()
    visitor.goto(path)
    expect(visitor.get_by_text("Neue Zeile")).to_be_visible()


def test_a_duplicate_is_merged_and_taken_apart_again(
    open_page: OpenPage, twins: tuple[str, str]
) -> None:
    kept, other = twins
    office = open_page("/de/office/duplicates?kind=actor", user="amal")
    axe(office)
    office.get_by_role("link", name=re.compile("Vergleichen und zusammenführen.*Nähstube")).click()
    if not office.get_by_text("Bleibt: Nähstube Roth e. V.").is_hidden():
        office.get_by_role("link", name="Tauschen").click()
    expect(office.get_by_text("Offenes Nähen")).to_be_visible()
    axe(office)
    office.get_by_role("button", name="Zusammenführen").click()
    axe(office)
    visitor = open_page(other)
    assert visitor.url.endswith(kept)
    expect(visitor.get_by_role("link", name="Offenes Nähen")).to_be_visible()
    office.get_by_role("button", name=re.compile("Rückgängig.*Nähstube")).click()
    expect(office.get_by_text("Wieder getrennt. Beide")).to_be_visible()
    visitor.goto(other)
    assert visitor.url.endswith(other)
    expect(visitor.get_by_role("link", name="Offenes Nähen")).to_be_visible()


def test_what_is_there_already_is_shown_before_saving_without_script(
    open_page: OpenPage, twins: tuple[str, str]
) -> None:
    page = open_page(
        "/de/office/actors/new", user="amal", java_script_enabled=False, expected=("422",)
    )
    page.locator("[name='name']").fill("Näh-Stube Roth")
    page.locator("[name='source']").fill("Zuruf")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Das steht vielleicht schon im Register")).to_be_visible()
    expect(page.locator("[name='source']")).to_have_value("Zuruf")
    page.get_by_role("button", name="Trotzdem speichern").click()
    expect(page.get_by_text("Entwurf gespeichert.")).to_be_visible()


@pytest.mark.parametrize(("path", "phone"), [("/de/suggest", False), ("/ar/suggest", True)])
def test_axe_finds_nothing_in_the_forms_for_everyone(
    open_page: OpenPage, path: str, phone: bool
) -> None:
    page = open_page(path, phone=phone)
    axe(page)
    fits(page)


def test_the_form_about_an_actor_passes_axe_in_arabic_on_a_phone(
    open_page: OpenPage, twins: tuple[str, str]
) -> None:
    page = open_page(twins[0].replace("/de/", "/ar/") + "/report", phone=True)
    axe(page)
    fits(page)
