"""The map as people use it: by mouse, by finger, by keyboard, right to left, without script."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from registry.access.policy import CONSOLE
from registry.core.answers import EXTENSION
from registry.core.db import db
from registry.offers.services import archive_offer
from tests.browser.conftest import LiveServer, Visits, axe
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

OpenPage = Callable[..., Page]
HOSTILE = "</script><img src=x onerror=alert(1)>${alert(1)}`${alert(2)}` hostile"
LONELY = {"lat": 49.0510, "lon": 11.2010}
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
HITS = ".map__hit"
POINTS = ".map__hit:has(.map__pin)"
CLUSTERS = ".map__hit:has(.map__cluster)"


def drawn(page: Page) -> Page:
    """Wait until the hits stand on the map."""
    page.wait_for_selector("[data-drawn]")
    page.wait_for_selector(".map__outline--municipality", state="attached")
    return page


def hits_on_map(page: Page) -> int:
    return page.locator(HITS).count()


@pytest.fixture(scope="module")
def hostile_offer(live_server: LiveServer) -> Iterator[str]:
    """An offer whose every text tries to run, at a place of its own."""
    with live_server.app.app_context():
        actor = make_actor(name=HOSTILE, places=[{**PLACE, "name": HOSTILE, **LONELY}])
        offer = make_offer(actor, title={"de": HOSTILE}, summary={"de": HOSTILE})
        uuid = offer.uuid
        db.session.commit()
    yield str(uuid)
    with live_server.app.app_context():
        archive_offer(CONSOLE, uuid)
        db.session.commit()


@pytest.mark.parametrize(("lang", "phone"), [("de", False), ("ar", True)])
def test_the_map_page_is_accessible(open_page: OpenPage, lang: str, phone: bool) -> None:
    page = drawn(open_page(f"/{lang}/map", phone=phone))
    assert hits_on_map(page) > 3
    axe(page)


def test_a_list_without_a_map_on_the_screen_does_not_load_one(open_page: OpenPage) -> None:
    page = open_page("/de/offers", phone=True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("typeof L") == "undefined"


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_map_page_is_accessible_in_other_colours(
    open_page: OpenPage, options: dict[str, str]
) -> None:
    axe(drawn(open_page("/de/map", **options)))


def test_the_overview_shows_the_map_beside_the_list(open_page: OpenPage) -> None:
    page = drawn(open_page("/de/offers"))
    expect(page.locator(".folium-map")).to_be_visible()
    expect(page.locator(CLUSTERS).first).to_be_visible()
    axe(page)


def in_view(page: Page, selector: str) -> Locator:
    """Return the first marker that the map shows; others wait beyond its border."""
    view = page.locator("[data-offer-map] .folium-map").bounding_box()
    assert view
    for marker in page.locator(selector).all():
        box = marker.bounding_box()
        across = box and view["x"] < box["x"] < view["x"] + view["width"] - box["width"]
        if across and view["y"] < box["y"] < view["y"] + view["height"] - box["height"]:
            return marker
    raise AssertionError(f"no {selector} in view")


def test_a_cluster_opens_into_what_it_holds(open_page: OpenPage) -> None:
    page = drawn(open_page("/en/map"))
    before = page.locator("[data-offer-map]").get_attribute("data-drawn")
    cluster = in_view(page, CLUSTERS)
    expect(cluster).to_have_attribute("aria-label", re.compile(r"Places here: \d+"))
    cluster.click()
    page.wait_for_function(
        "before => document.querySelector('[data-drawn]').dataset.drawn !== before", arg=before
    )


def test_a_point_is_opened_from_the_keyboard_and_gives_the_focus_back(
    open_page: OpenPage, hostile_offer: str
) -> None:
    page = drawn(open_page(f"/en/map?near={LONELY['lat']},{LONELY['lon']}&radius_km=1"))
    marker = page.locator(POINTS)
    expect(marker).to_have_attribute("role", "button")
    marker.focus()
    marker.press("Enter")
    link = page.locator(".map__popup a")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", f"/en/offers/{hostile_offer}")
    expect(page.locator(".leaflet-popup-close-button")).to_have_attribute("aria-label", "Close")
    axe(page)
    page.keyboard.press("Escape")
    expect(page.locator(".map__popup")).to_have_count(0)
    expect(marker).to_be_focused()


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_hostile_texts_are_shown_and_never_run(
    open_page: OpenPage, hostile_offer: str, lang: str
) -> None:
    page = drawn(open_page(f"/{lang}/map?near={LONELY['lat']},{LONELY['lon']}&radius_km=1"))
    page.locator(POINTS).hover()
    expect(page.locator(".leaflet-tooltip")).to_contain_text("hostile")
    page.locator(POINTS).click()
    popup = page.locator(".map__popup")
    expect(popup.locator("a")).to_have_text(HOSTILE)
    expect(popup.locator(".map__provider")).to_have_text(HOSTILE)
    expect(popup.locator(".map__place")).to_contain_text(HOSTILE)
    assert page.locator("img[src='x']").count() == 0
    popup.locator("a").click()
    expect(page.locator("h1")).to_contain_text("hostile")
    assert page.locator("img[src='x']").count() == 0


def test_a_card_lifts_its_marker_and_a_marker_its_card(
    open_page: OpenPage, hostile_offer: str
) -> None:
    page = drawn(open_page(f"/de/offers?near={LONELY['lat']},{LONELY['lon']}&radius_km=1"))
    card = page.locator(f"[data-offer='{hostile_offer}']")
    card.hover()
    expect(page.locator(".map__hit--lifted")).to_have_count(1)
    page.locator("h2").first.hover()
    expect(page.locator(".map__hit--lifted")).to_have_count(0)
    page.locator(POINTS).hover()
    expect(card).to_have_class(re.compile("card--lifted"))


def test_search_this_area_keeps_text_filters_and_view(open_page: OpenPage) -> None:
    page = drawn(open_page("/en/map?q=beratung&field=advice", phone=True))
    button = page.locator("[data-map-search]")
    expect(button).to_be_hidden()
    page.get_by_role("button", name="Zoom in", exact=True).click()
    page.locator(".folium-map").focus()
    page.keyboard.press("ArrowUp")
    expect(button).to_be_visible()
    button.click()
    page.wait_for_url(re.compile(r"near=\d+\.\d\d%2C\d+\.\d\d&radius_km=\d+$"))
    assert "q=beratung&field=advice" in page.url
    drawn(page)
    expect(page.locator("#q")).to_have_value("beratung")
    expect(page.locator(".map__reach")).to_have_count(1)
    expect(button).to_be_hidden()


def test_filters_lead_to_the_same_hits_in_list_and_map(open_page: OpenPage) -> None:
    page = drawn(open_page("/en/map?region=09576127&field=language"))
    asked = page.evaluate("document.querySelector('[data-offer-map]').dataset.api")
    answer = page.evaluate(
        "url => fetch(url + '&bbox=5,47,16,56&zoom=18').then((found) => found.json())", asked
    )
    expect(page.locator("#total")).to_have_text(re.compile(f"^{answer['total']} offer"))


def test_without_script_a_municipality_leads_to_its_offers(open_page: OpenPage) -> None:
    page = open_page("/en/map", java_script_enabled=False)
    expect(page.get_by_text("The same offers stand in the list.")).to_be_visible()
    page.locator(".map__drawing a", has_text="Hilpoltstein").locator("use").click()
    page.wait_for_url("**/en/map?region=09576127")


def test_without_script_the_places_of_the_first_view_lead_to_their_offers(
    open_page: OpenPage,
) -> None:
    page = open_page("/en/map?field=advice", java_script_enabled=False)
    spot = page.locator("a.map__first").filter(has_text=re.compile(r"\d+ places?: show")).first
    expect(spot).to_be_visible()
    spot.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/map\?field=advice&near=49\.\d+,1[01]\.\d+&radius_km="))
    expect(page.get_by_role("heading", level=2)).to_contain_text(re.compile(r"^[1-9]\d* offers?"))


def test_reduced_motion_switches_the_animations_off(open_page: OpenPage) -> None:
    page = drawn(open_page("/de/map", reduced_motion="reduce"))
    assert page.evaluate("[map_1.options.zoomAnimation, map_1.options.fadeAnimation]") == [
        False,
        False,
    ]


def test_tiles_are_loaded_only_after_the_visitor_agrees(
    visits: Visits,
    live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setitem(live_server.app.config, "TILES_URL", TILES)
    monkeypatch.setitem(live_server.app.config, "TILES_ATTRIBUTION", "<b>Maker</b>")
    request.addfinalizer(live_server.app.extensions[EXTENSION].clear)
    live_server.app.extensions[EXTENSION].clear()  # answered before the setting
    page = drawn(visits.open("/en/map"))
    page.context.route("https://tiles.example.org/**", lambda route: route.abort())
    button = page.get_by_role("button", name="Load map background")
    expect(button).to_be_visible()
    assert visits.wrong == []
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("<b>Maker</b>")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert visits.wrong
    assert all("https://tiles.example.org/" in wrong for wrong in visits.wrong)
    visits.wrong.clear()


def test_the_map_works_for_those_signed_in(open_page: OpenPage) -> None:
    page = drawn(open_page("/de/offers", user="amal"))
    expect(page.locator(".account__name")).to_contain_text("amal@example.org")
    assert hits_on_map(page) > 3
