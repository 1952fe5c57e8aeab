"""Somebody with a telephone asks which contact point is theirs, in three languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe, fits

OpenPage = Callable[..., Page]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_on_a_telephone_a_family_is_told_where_to_go(open_page: OpenPage, language: str) -> None:
    page = open_page(f"/{language}/contact-point", phone=True)
    axe(page)
    page.locator("#place").fill("Roth")
    page.locator("#ages").fill("34, 19")
    page.locator("input[value=toleration]").check()
    page.locator("main form button[type=submit]").click()
    points = page.locator("[data-contact-point]")
    expect(points.first).to_be_visible()
    expect(points.first.locator("a[href^='tel:']").first).to_be_visible()
    axe(page)
    fits(page)


def test_the_office_closes_a_gap_of_the_matrix_on_a_telephone(open_page: OpenPage) -> None:
    page = open_page("/de/office/contact-points/coverage", phone=True, user="amal")
    axe(page)
    fits(page)
    page.locator("a.gap").first.click()
    expect(page.locator("#actor")).to_be_visible()
    page.locator("#actor").select_option(index=1)
    page.locator("main button[type=submit]").click()
    expect(page.locator("input[name=areas]:checked")).to_have_count(1)
    axe(page)
