"""What the office does: enter, publish, correct, and lose nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveServer, axe, fits

OpenPage = Callable[..., Page]


def enter(page: Page, title: str, *, button: str = "Speichern") -> None:
    page.locator("[name='actor.name']").fill(f"Verein {title} (Beispiel)")
    page.locator("[name='actor.category']").select_option("volunteers")
    page.locator("[name='offer.title.de']").fill(title)
    page.locator("[name='offer.summary.de']").fill("Wir helfen beim Ankommen.")
    page.locator("[name='offer.fields'][value='advice']").check()
    page.locator("[name='place.municipality']").select_option("09576127")
    page.get_by_role("button", name=button, exact=True).click()


def test_one_page_saves_actor_place_and_offer_and_everyone_finds_it(open_page: OpenPage) -> None:
    title = "Ankommen unterwegs"
    page = open_page("/de/office/entry", user="amal", phone=True)
    axe(page)
    enter(page, title, button="Speichern und veröffentlichen")
    expect(page.locator("[name='title.de']")).to_have_value(title)
    visitor = open_page(f"/de/offers?q={title}&region=09576127", phone=True)
    expect(visitor.get_by_role("link", name=title, exact=True)).to_be_visible()


def test_title_field_and_municipality_are_enough_for_a_draft(open_page: OpenPage) -> None:
    page = open_page("/de/office/entry", user="amal")
    page.locator("[name='offer.title.de']").fill("Nur ein Anfang")
    page.locator("[name='offer.fields'][value='housing']").check()
    page.locator("[name='place.municipality']").select_option("09576143")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator("[name='title.de']")).to_have_value("Nur ein Anfang")
    visitor = open_page("/de/offers?q=Anfang")
    expect(visitor.get_by_role("link", name="Nur ein Anfang")).to_have_count(0)


def test_mistakes_are_named_beside_the_field_and_nothing_is_lost(open_page: OpenPage) -> None:
    page = open_page("/de/office/entry", user="amal", expected=("422",))
    page.locator("[name='offer.title.de']").fill("Ohne Handlungsfeld")
    page.locator("[name='place.hours']").fill("immer wenn Licht brennt")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    expect(page.locator("[name='offer.title.de']")).to_have_value("Ohne Handlungsfeld")
    expect(page.locator("[name='place.hours']")).to_have_value("immer wenn Licht brennt")
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.closest('.field') !== null")


def test_two_editors_at_once_see_both_versions(open_page: OpenPage) -> None:
    first = open_page("/de/office/offers?q=Tandem", user="amal")
    first.locator("tbody a").first.click()
    second = open_page(first.url, user="dana", expected=("409",))
    first.locator("[name='summary.de']").fill("Die erste Fassung.")
    first.get_by_role("button", name="Speichern", exact=True).click()
    expect(first.locator("[name='summary.de']")).to_have_value("Die erste Fassung.")
    second.locator("[name='summary.de']").fill("Die zweite Fassung.")
    second.get_by_role("button", name="Speichern", exact=True).click()
    expect(second.get_by_text("Die erste Fassung.").first).to_be_visible()
    expect(second.locator("[name='summary.de']")).to_have_value("Die zweite Fassung.")
    axe(second)
    second.get_by_role("button", name="Speichern", exact=True).click()
    first.reload()
    expect(first.locator("[name='summary.de']")).to_have_value("Die zweite Fassung.")


def test_unsaved_work_comes_back_after_a_reload(open_page: OpenPage) -> None:
    page = open_page("/de/office/entry", user="amal")
    page.locator("[name='offer.title.de']").fill("Noch nicht gespeichert")
    page.wait_for_timeout(1200)
    page.reload()
    expect(page.locator("[name='offer.title.de']")).to_have_value("Noch nicht gespeichert")
    expect(page.get_by_text("wiederhergestellt")).to_be_visible()
    page.get_by_role("button", name=re.compile("Verwerfen")).click()
    expect(page.locator("[name='offer.title.de']")).to_have_value("")


def test_archived_offer_can_be_brought_back_at_once(open_page: OpenPage) -> None:
    page = open_page("/de/office/offers?q=Nachtwanderung", user="amal")
    page.goto("/de/office/entry")
    enter(page, "Nachtwanderung")
    page.get_by_role("button", name="Archivieren").click()
    expect(page.get_by_text("Archiviert: Nachtwanderung")).to_be_visible()
    page.get_by_role("button", name="Rückgängig").click()
    page.goto("/de/office/offers?q=Nachtwanderung")
    expect(page.get_by_role("link", name="Nachtwanderung", exact=True)).to_be_visible()


def test_click_on_the_map_sets_the_coordinates(open_page: OpenPage) -> None:
    page = open_page("/de/office/actors?q=Landratsamt", user="amal")
    page.locator("tbody a").first.click()
    latitude = page.locator("[name='places-0.lat']")
    before = latitude.input_value()
    latitude.scroll_into_view_if_needed()
    chart = page.locator(".leaflet-container").first
    chart.scroll_into_view_if_needed()
    chart.click(position={"x": 60, "y": 60})
    assert latitude.input_value() != before


def test_weekly_hours_become_osm_notation(open_page: OpenPage) -> None:
    page = open_page("/de/office/entry", user="amal")
    field = page.locator(".field", has=page.locator("[name='place.hours']")).last
    field.locator("summary").click()
    field.get_by_role("button", name="Zeiten hinzufügen").first.click()
    field.locator("input[type=time]").nth(0).fill("08:00")
    field.locator("input[type=time]").nth(1).fill("12:30")
    expect(page.locator("[name='place.hours']")).to_have_value(re.compile("Mo 08:00-12:30"))


@pytest.mark.parametrize("path", ["offers", "actors", "log", "actors/new", "entry"])
def test_axe_finds_nothing_in_the_office(open_page: OpenPage, path: str) -> None:
    page = open_page(f"/de/office/{path}", user="amal")
    axe(page)
    fits(page)
    page.set_viewport_size({"width": 360, "height": 740})
    fits(page)


def test_edit_form_of_an_offer_passes_axe_in_arabic(open_page: OpenPage) -> None:
    page = open_page("/ar/office/offers?q=Integrationskurs", user="amal")
    page.locator("tbody a").first.click()
    axe(page)


def test_reader_gets_no_form(open_page: OpenPage, live_server: LiveServer) -> None:
    page = open_page("/de/office/entry", user="carla", expected=("403",))
    expect(page.get_by_text("Dazu fehlt Ihnen die Berechtigung.")).to_be_visible()
