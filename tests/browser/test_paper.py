"""What comes out on paper, and what one sees while a document is made."""

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe
from tests.factories.pdfs import TaggedPdf

OpenPage = Callable[..., Page]
A5 = (420, 595)  # points


def printed(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, tagged=True)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def card(open_page: OpenPage, language: str) -> Page:
    page = open_page("/de/offers")
    offer = page.locator("[data-offer]").first.get_attribute("data-offer")
    page.goto(f"/{language}/offers/{offer}/card")
    return page


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
def test_a_card_is_one_sheet_of_a5_whose_words_can_be_read_out_again(
    open_page: OpenPage, language: str
) -> None:
    page = card(open_page, language)
    page.emulate_media(media="print")
    content = printed(page)
    sheets = pikepdf.open(BytesIO(content)).pages
    assert [tuple(round(float(edge)) for edge in sheet.mediabox[2:]) for sheet in sheets] == [A5]
    # Not their order: of a line in Arabic, Chromium writes the last word first.
    read = unicodedata.normalize("NFKC", TaggedPdf(content).text)
    assert [word for word in words(page.locator("main").inner_text()) if word not in read] == []


def test_a_watch_list_does_not_tear_its_cards(open_page: OpenPage) -> None:
    page = open_page("/de/offers")
    for number in range(3):
        page.locator("[data-star]").nth(number).click()
    page.goto("/de/saved")
    expect(page.locator("[data-pocket-card]")).to_have_count(3)
    page.emulate_media(media="print")
    breaks = "all => all.map((each) => getComputedStyle(each).breakInside)"
    assert set(page.locator("[data-pocket-card]").evaluate_all(breaks)) == {"avoid"}
    assert {"/H1", "/H2"} <= TaggedPdf(printed(page)).tags()


def test_whoever_asks_for_a_document_sees_that_it_is_being_made(open_page: OpenPage) -> None:
    page = open_page("/de/office/brochure?region=09576143", user="amal")
    axe(page)
    state = page.locator("[data-making]")
    with page.expect_download() as taken:
        page.locator("a[download]").last.click()
        expect(state).to_contain_text("Das Dokument wird erstellt.")
        expect(state.get_by_role("progressbar")).to_be_visible()
    assert taken.value.suggested_filename.endswith(".pdf")
    expect(state).to_contain_text("Das Dokument ist fertig.")


def test_offer_prints_on_paper_without_navigation(open_page: OpenPage) -> None:
    page = open_page("/de/offers?q=Integrationskurs")
    page.locator("[data-offer] a").first.click()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")
