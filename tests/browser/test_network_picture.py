"""The network as a picture: to be asked with and without a script, by mouse and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe

OpenPage = Callable[..., Page]
PICTURE = "/de/office/network"


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_an_actor_chosen_by_keyboard_is_told_with_its_partners(
    open_page: OpenPage, phone: bool
) -> None:
    page = open_page(PICTURE, user="carla", phone=phone)
    expect(page.locator("[data-network] canvas").first).to_be_visible()
    axe(page)
    page.get_by_label("Akteur hervorheben", exact=True).focus()
    page.keyboard.press("End")
    told = page.locator("[data-network-told]")
    expect(told).to_contain_text(":")
    page.get_by_role("link", name="Nur sein Umfeld").click()
    expect(page.get_by_label("Nur im Umfeld von", exact=True)).not_to_have_value("")


def test_without_a_script_the_picture_is_drawn_by_the_server(open_page: OpenPage) -> None:
    page = open_page(PICTURE, user="carla", java_script_enabled=False)
    expect(page.locator("[data-network] > svg")).to_be_visible()
    expect(page.get_by_role("table", name="Akteure und ihre Verbindungen")).to_be_visible()
    expect(page.get_by_text("Akteur hervorheben")).to_be_hidden()
    page.get_by_label("Gezählt, wenn").select_option("both")
    page.get_by_role("button", name="Anzeigen").click()
    assert "rule=both" in page.url


def test_the_picture_can_be_saved_as_png(open_page: OpenPage) -> None:
    page = open_page(PICTURE, user="carla", color_scheme="dark")
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    assert saved.value.suggested_filename.endswith(".png")


def test_matrix_map_and_page_of_an_actor_have_no_barriers(open_page: OpenPage) -> None:
    page = open_page(f"{PICTURE}/matrix", user="carla")
    axe(page)
    page.goto(f"{PICTURE}/map")
    expect(page.locator(".network-map .leaflet-interactive").first).to_be_visible()
    axe(page)
    page.goto(PICTURE)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Wer ihn nennt")).to_be_visible()
    axe(page)
