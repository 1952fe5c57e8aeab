"""What a visitor does: look, filter, read; on a phone and a desktop, also without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LiveServer, axe, fits

OpenPage = Callable[..., Page]
AWAY = "https://www.dwd.de/"
PAGES = ["offers", "map", "actors", "participants", "imprint", "privacy", "sign-in"]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_a_german_page(open_page: OpenPage, path: str) -> None:
    page = open_page(f"/de/{path}")
    expect(page.locator("h1")).to_have_count(1)
    axe(page)


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_narrow_screen_and_runs_right_to_left(open_page: OpenPage, path: str) -> None:
    page = open_page(f"/ar/{path}", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.dir") == "rtl"
    fits(page)
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_offer_and_its_actor(open_page: OpenPage, scheme: str) -> None:
    page = open_page("/de/offers?q=Integrationskurs", color_scheme=scheme)
    page.locator("[data-offer] a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    page.locator(".preline a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_search_and_filters_narrow_the_list_and_stand_in_the_address(
    open_page: OpenPage, phone: bool
) -> None:
    page = open_page("/de/offers", phone=phone)
    before = hits(page)
    page.get_by_label("Was suchen Sie?").fill("deutschkurs")
    page.get_by_role("button", name="Suchen").first.click()
    page.wait_for_url("**q=deutschkurs**")
    assert 0 < hits(page) < before
    page.goto(page.url + "&language=ar")
    narrowed = hits(page)
    page.reload()
    assert hits(page) == narrowed
    page.get_by_role("link", name=re.compile("deutschkurs")).first.click()
    assert "q=deutschkurs" not in page.url
    assert "language=ar" in page.url


def test_everything_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/de/offers", phone=True, java_script_enabled=False)
    page.locator("input[name=q]").fill("beratung")
    page.locator("form button[type=submit]").first.click()
    assert "q=beratung" in page.url
    first = page.locator("[data-offer] a").first
    title = first.inner_text()
    first.click()
    assert title in page.locator("h1").inner_text()


def test_suggestions_appear_while_typing_and_a_plain_search_does_without(
    open_page: OpenPage,
) -> None:
    page = open_page("/de/offers")
    field = page.get_by_label("Was suchen Sie?")
    with page.expect_response("**/api/v1/suggestions*"):
        field.press_sequentially("berat")
    offered = page.locator("#suggestions option")
    expect(offered.first).to_have_attribute("value", re.compile("beratung", re.IGNORECASE))
    field.fill("Beratung")
    field.press("Enter")
    page.wait_for_url("**/de/offers?q=Beratung*")
    expect(page.locator("#total")).to_contain_text("Angebote")


def test_a_typing_error_is_mended_and_said(open_page: OpenPage) -> None:
    page = open_page("/de/offers?q=beratnug")
    expect(page.get_by_text("Kein Angebot enthält „beratnug“.")).to_be_visible()
    expect(page.locator("#hits")).to_be_visible()
    axe(page)


def test_no_hits_say_which_filter_to_drop(open_page: OpenPage) -> None:
    page = open_page("/de/offers?childcare=true&level=C2")
    assert hits(page) == 0
    page.get_by_role("link", name=re.compile("^ohne")).first.click()
    assert hits(page) > 0


def test_device_position_is_rounded_before_it_leaves(open_page: OpenPage) -> None:
    page = open_page(
        "/de/offers",
        geolocation={"latitude": 49.247621, "longitude": 11.091113},
        permissions=["geolocation"],
    )
    page.get_by_role("button", name=re.compile("Standort verwenden")).click()
    page.wait_for_url("**near=**")
    assert "49.25" in page.url
    assert "49.247" not in page.url


def test_keyboard_reaches_the_hits_past_the_skip_link(open_page: OpenPage) -> None:
    page = open_page("/de/offers")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_language_switch_keeps_the_page_and_its_filters(open_page: OpenPage) -> None:
    page = open_page("/de/offers?field=language&free=true")
    page.locator(".languages summary").press("Enter")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/offers?field=language&free=true")


def test_calendar_file_of_a_course_holds_its_run(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    page = open_page("/de/offers?q=Integrationskurs&starts_soon=true")
    page.locator("[data-offer] a").first.click()
    link = page.get_by_role("link", name="Termine im Kalender speichern").get_attribute("href")
    answer = page.request.get(f"{live_server.url}{link}")
    assert "BEGIN:VEVENT" in answer.text()


def test_an_offer_is_shared_by_the_device_or_copied_without_what_was_searched_for(
    open_page: OpenPage,
) -> None:
    device = "navigator.share = async (what) => { window.shared = what; };"
    without = "Object.defineProperty(navigator, 'share', { value: undefined });"
    for script in (device, without):
        page = open_page("/de/offers?q=Integrationskurs")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.add_init_script(script)
        page.locator("[data-offer] a").first.click()
        page.get_by_role("button", name="Teilen").click()
        if script == device:
            shared = page.evaluate("window.shared.url")
        else:
            expect(page.get_by_text("Adresse kopiert")).to_be_visible()
            shared = page.evaluate("navigator.clipboard.readText()")
        assert shared == page.url.partition("?")[0]


def test_whoever_leaves_quickly_is_gone_and_going_back_leads_away_again(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url)
    context.route(f"{AWAY}**", lambda route: route.fulfill(body="Weather"))
    page = context.new_page()
    page.goto("/de/contact-point")
    page.goto("/de/offers")
    page.locator("[data-offer] a").first.click()
    page.wait_for_url("**/de/offers/*-*")
    for _step in range(3):  # skip link, emergency numbers, leaving
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(AWAY)
    for _entry in range(2):
        page.go_back(wait_until="commit")
        page.wait_for_url(AWAY)
        expect(page.get_by_text("Weather")).to_be_visible()
    page.goto("/de/offers")
    expect(page.locator("h1")).to_have_count(1)
    expect(page).to_have_url(f"{live_server.url}/de/offers")
    context.close()


def hits(page: Page) -> int:
    text = page.locator("#total").inner_text()
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0
