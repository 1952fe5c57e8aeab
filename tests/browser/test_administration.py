"""What administrators do: how the register looks, and what its words are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registry.core.db import db
from registry.regions.models import RegionSettings
from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.pictures import picture

OpenPage = Callable[..., Page]
REGION, VOCABULARY = "/de/office/region", "/de/office/vocabulary"


@pytest.fixture
def as_before(live_server: LiveServer) -> Iterator[None]:
    """Leave the register as other tests expect it."""
    yield
    with live_server.app.app_context():
        if row := db.session.get(RegionSettings, "09576"):
            db.session.delete(row)
        db.session.commit()


def color_of(page: Page, selector: str) -> str:
    script = "element => getComputedStyle(element).color"
    return str(page.locator(selector).first.evaluate(script))


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_name_logo_and_colour_are_there_for_visitors_at_once(
    open_page: OpenPage, tmp_path: Path, scripts: bool
) -> None:
    visitor = open_page("/de/imprint")
    page = open_page(REGION, user="dana", java_script_enabled=scripts)
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture(size=(200, 80)))
    page.locator("[name=title]").fill("Wegweiser Roth")
    page.locator("[name=accent]").fill("#7a0019")
    page.locator("[name=logo_text]").fill("Wappen des Landkreises")
    page.locator("[name=logo]").set_input_files(logo)
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".notice--success")).to_be_visible()
    visitor.reload()
    expect(visitor).to_have_title("Impressum · Wegweiser Roth")
    expect(visitor.get_by_role("img", name="Wappen des Landkreises")).to_be_visible()
    assert visitor.locator(".brand__logo").evaluate("image => image.naturalWidth") == 200
    assert color_of(visitor, "footer a") == "rgb(122, 0, 25)"


@pytest.mark.usefixtures("as_before")
def test_a_preview_shows_the_look_and_leaves_visitors_alone(open_page: OpenPage) -> None:
    page = open_page(REGION, user="dana", color_scheme="dark")
    page.locator("[name=title]").fill("Nur probiert")
    page.locator("[name=accent]").fill("#7a0019")
    page.locator("[name='imprint.de']").fill("## Anbieter\n- eins\n- https://example.org")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.locator(".brand__name")).to_have_text("Nur probiert")
    expect(page.locator("[name=title]")).to_have_value("Nur probiert")
    axe(page)
    visitor = open_page("/de/imprint")
    expect(visitor.get_by_text("Nur probiert")).to_have_count(0)


@pytest.mark.usefixtures("as_before")
def test_a_pale_colour_names_the_nearest_that_works(open_page: OpenPage) -> None:
    page = open_page(REGION, user="dana", phone=True, expected=("422",))
    page.locator("[name=accent]").fill("#ffcc00")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#f-accent-error")).to_contain_text("Die nächste Farbe")
    axe(page)


@pytest.mark.parametrize("path", ["", "/field", "/topic/new", "?q=beratung"])
def test_the_vocabulary_is_for_everyone_on_a_narrow_screen(open_page: OpenPage, path: str) -> None:
    page = open_page(f"/de/office/vocabulary{path}", user="dana", phone=True)
    page.set_viewport_size({"width": 320, "height": 700})
    fits(page)
    page.goto(f"/ar/office/vocabulary{path}")
    fits(page)
    axe(page)


def new_term(open_page: OpenPage, name: str) -> Page:
    page = open_page(f"{VOCABULARY}/topic/new", user="dana", java_script_enabled=False)
    page.locator("[name='labels.de']").fill(name)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page


def test_terms_are_added_merged_and_taken_apart_without_a_script(open_page: OpenPage) -> None:
    new_term(open_page, "Hochbeete")
    page = new_term(open_page, "Schulgarten")
    page.get_by_role("link", name="Mit einem anderen Begriff zusammenführen").click()
    page.get_by_label("Welcher Begriff bleibt?").select_option("Hochbeete")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_text("Was geschehen wird")).to_be_visible()
    page.get_by_role("button", name="Zusammenführen").click()
    expect(page.get_by_role("link", name="Schulgarten", exact=True)).to_have_count(0)
    page.get_by_role("listitem").filter(has_text="Schulgarten").get_by_role("button").click()
    expect(page.get_by_role("link", name="Schulgarten", exact=True)).to_be_visible()


def test_the_preview_of_a_merge_and_the_list_after_it_pass_axe(open_page: OpenPage) -> None:
    new_term(open_page, "Kochen")
    address = new_term(open_page, "Backen").url
    page = open_page(f"{address}/merge", user="dana")
    page.get_by_label("Welcher Begriff bleibt?").select_option("Kochen")
    page.get_by_role("button", name="Vorschau").click()
    axe(page)
    page.get_by_role("button", name="Zusammenführen").click()
    axe(page)
