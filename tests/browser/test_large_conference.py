"""Two hundred people, two days, six tables: everybody has a forum each day and a way round.

Each part goes on where the part before ended. The office works in English, participants in German.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, expect

from registry.app import create_app
from tests.browser.conftest import LiveServer, axe, fits, serving
from tests.browser.large_conference import (
    FORUMS,
    PEOPLE,
    PHONE,
    TOPICS,
    Large,
    name_of,
)
from tests.conftest import SETTINGS, Cast, NewDatabase
from tests.factories.pdfs import TaggedPdf

NARROW = {"width": 320, "height": 740}


@pytest.fixture
def large(browser: Browser, new_database: NewDatabase) -> Iterator[Large]:
    app = create_app({**SETTINGS, "DATABASE_URL": new_database("sqlite", "large")})
    with app.app_context():
        cast = Cast().everybody()
    with serving(app) as url:
        app.config["PUBLIC_URL"] = url
        made = Large(LiveServer(app, url, cast), browser)
        yield made
        made.visits.end()


def test_two_hundred_people_two_days_and_six_tables(large: Large) -> None:
    page = large.office("/timetable", expected=("422",))
    the_programme_of_two_days_begins_with_a_pattern(page)
    wishes_are_said_for_each_day_without_a_script(large)
    too_little_room_and_too_large_a_minimum_are_named(large, page)
    everybody_gets_a_forum_each_day(large, page)
    whoever_moderates_declines_and_everybody_else_stays(large, page)
    nobody_sits_at_a_table_twice_and_repeats_are_counted(large, page)
    results_of_each_table_are_recorded(large, page)
    papers_name_everybody_and_no_way_to_reach_them(large, page)
    everybody_is_told_and_sees_it_on_the_telephone(large, page)
    every_page_fits_and_axe_finds_nothing(large, page)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=isinstance(name, str)).click()


def the_programme_of_two_days_begins_with_a_pattern(page: Page) -> None:
    page.locator("[name=pattern][value=two_days]").check()
    press(page, "Start with this programme")
    days = page.locator("ol.timetable")
    expect(days).to_have_count(2)
    for day in (0, 1):
        for title in FORUMS:
            expect(days.nth(day)).to_contain_text(title)
    expect(days.nth(1)).to_contain_text("World-Café an sechs Tischen")
    press(page, "Show it on the web")
    page.locator("section[aria-labelledby=web] a").click()
    for content in ("Unternehmerinnen", "Kinderbetreuung"):  # the same forum on either day
        expect(page.get_by_text(content)).to_be_visible()


def wishes_are_said_for_each_day_without_a_script(large: Large) -> None:
    """The first one changes the wishes of the second day; those of the first day stay."""
    phone = large.visits.open(large.link(1), phone=True, java_script_enabled=False)
    wishes = phone.locator("fieldset.row-entry").filter(has_text="Wünsche für")
    expect(wishes).to_have_count(2 * 2)  # two seats, two days
    expect(wishes.nth(0).locator("option:checked").first).to_have_text(FORUMS[1])
    phone.locator("[name='s0.round-2-wish-1']").select_option(label=FORUMS[3])
    press(phone, re.compile("Antwort"))
    expect(phone.get_by_text("Danke. Ihre Antwort ist angekommen.")).to_be_visible()
    expect(phone.locator("#answer")).to_contain_text(FORUMS[3])


def arrange(large: Large, page: Page, day: int) -> None:
    page.goto(large.at(f"/groups?day={large.day(day)}"))
    press(page, re.compile("^Arrange (people|again)"))


def too_little_room_and_too_large_a_minimum_are_named(large: Large, page: Page) -> None:
    page.goto(large.at(f"/groups?day={large.day(0)}"))
    short = f"All groups together take 180 people, but {PEOPLE} have a seat."
    expect(page.get_by_text(short)).to_be_visible()
    arrange(large, page, 0)
    expect(page.locator("#result + .figures, .figures").first).to_contain_text("20 in no group")
    expect(page.get_by_text("Every possible group is full: raise a maximum.").first).to_be_visible()
    arrange(large, page, 1)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("It cannot be done like this. Nothing was changed.")
    expect(alert).to_contain_text(f"“{FORUMS[3]}” needs 300 people; people with a seat: {PEOPLE}.")
    expect(alert).to_contain_text("Lower its minimum, or leave the group out.")
    page.goto(large.at("/groups/edit"))
    page.locator("[name='groups-3.maximum']").fill("60")
    page.locator("[name='groups-7.minimum']").fill("10")
    press(page, "Save")
    expect(page.get_by_text(short)).to_have_count(0)


def everybody_gets_a_forum_each_day(large: Large, page: Page) -> None:
    """All want the second forum of the first day: it is full, and nobody is left without one."""
    arrange(large, page, 0)
    figures = page.locator("section[aria-labelledby=result] .figures")
    expect(figures).to_contain_text("40 First wish")
    expect(figures).to_contain_text("0 in no group")
    expect(page.get_by_text(re.compile(r"Sum of the costs: \d+\."))).to_be_visible()
    expect(page.get_by_text(re.compile("The worst anybody has got:"))).to_be_visible()
    sizes = [list(large.placed(0).values()).count(title) for title in FORUMS]
    assert sizes[1] == 40
    assert all(size <= most for size, most in zip(sizes, (60, 40, 40, 60), strict=True))
    arrange(large, page, 1)
    expect(figures).to_contain_text("0 none of their wishes")
    assert large.placed(1)["Kim " + name_of(0)] == FORUMS[3]
    arranging_says_that_it_is_at_work(page)


def arranging_says_that_it_is_at_work(page: Page) -> None:
    """The form stays on the page here, as while an answer takes its time."""
    form = page.locator("form[data-working]")
    form.evaluate("form => form.addEventListener('submit', event => event.preventDefault())")
    press(page, "Arrange again")
    expect(form.get_by_role("status")).to_contain_text("Being worked out.")
    expect(form).to_have_attribute("aria-busy", "true")


def whoever_moderates_declines_and_everybody_else_stays(large: Large, page: Page) -> None:
    """On the last day the office enters the refusal; the others of the forum keep their place."""
    leader, number = "Kim " + name_of(5), 3  # of the third invitation, on its second seat
    page.goto(large.at(f"/groups/{large.forum(1, 0)}"))
    page.locator("[name=person]").select_option(label=f"{leader}, Verein 003 e. V.")
    press(page, "Save")
    arrange(large, page, 1)
    before = large.placed(1)
    assert before[leader] == FORUMS[0]
    page.goto(large.invitation_page(number))
    page.locator("[name=reply][value=no]").check()
    page.locator("[name=via]").select_option("phone")
    press(page, "Record the answer")
    page.goto(large.at(f"/groups?day={large.day(1)}"))
    gone = page.locator(".check-list").get_by_text("has given the seat back")
    expect(gone).to_contain_text(f"“{FORUMS[0]}”")
    arrange(large, page, 1)
    after = large.placed(1)
    assert len(after) == PEOPLE - 2
    assert all(before[name] == title for name, title in after.items())


def nobody_sits_at_a_table_twice_and_repeats_are_counted(large: Large, page: Page) -> None:
    page.goto(large.at("/world-cafe"))
    page.get_by_role("link", name="World-Café", exact=True).first.click()
    page.locator("[name=seed]").fill("7")
    press(page, "Seat everybody")
    said = page.get_by_text(re.compile(r"pairs meet again\..*with the number 7\."))
    expect(said).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="Export as CSV").click()
    text = file.value.path().read_text("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))[1:]
    ways = [[int(cell) for cell in row[2:]] for row in rows]
    assert len(ways) == PEOPLE - 2 - len(TOPICS)  # two have declined, hosts stay
    assert all(len(way) == len(set(way)) == 4 for way in ways)
    together = (
        sum(here == there for here, there in zip(one, other, strict=True))
        for one, other in combinations(ways, 2)
    )
    repeats = sum(number > 1 for number in together)
    expect(said).to_contain_text(f"{repeats} pairs meet again.")
    page.get_by_role("link", name="Plan to print").click()
    expect(page.get_by_text(f"{repeats} pairs meet again.")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^Table"))).to_have_count(len(TOPICS))
    page.go_back()


def results_of_each_table_are_recorded(large: Large, page: Page) -> None:
    page.get_by_role("link", name="Record results").click()
    for number, topic in enumerate(TOPICS):
        page.locator(f"[name='tables-{number}.result']").fill(f"Ergebnis zu {topic}")
    press(page, "Save")
    for topic in TOPICS:
        expect(page.get_by_text(f"Ergebnis zu {topic}")).to_be_visible()
    page.get_by_role("link", name=re.compile("photos.*Table 6$")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TOPICS[5])


def papers_name_everybody_and_no_way_to_reach_them(large: Large, page: Page) -> None:
    here = list(large.placed(0))
    for kind in ("Attendance list", "Table signs", "Name badges"):
        page.goto(large.at("/day/papers"))
        with page.expect_download(timeout=60_000) as file:
            press(page, kind)
        said = TaggedPdf(file.value.path().read_bytes()).text
        missing = [name for name in here if name.removeprefix("Kim ") not in said]
        assert not missing, kind
        assert "@" not in said
        assert PHONE not in said
        assert "814000" not in said
        if kind == "Table signs":
            assert all(topic in said for topic in TOPICS)
        if kind == "Name badges":  # with the letters of both days
            assert said.count("Tag 1") == said.count("Tag 2") == PEOPLE - 2


def everybody_is_told_and_sees_it_on_the_telephone(large: Large, page: Page) -> None:
    page.goto(large.at("/groups/tell"))
    expect(page.locator(".pre-line")).to_contain_text("Gruppe")
    page.locator("[name=confirmed]").check()
    press(page, "Send 99 mails")  # one of 100 has declined
    expect(page.get_by_text("99 mails are on their way.")).to_be_visible()
    phone = large.visits.open(large.link(1), phone=True)
    mine = phone.locator("section[aria-labelledby=place]")
    forums = [large.placed(day)["Kim " + name_of(0)] for day in (0, 1)]
    for title in forums:
        expect(mine).to_contain_text(title)
    expect(mine).to_contain_text("Raum 4")
    expect(mine).to_contain_text(re.compile(r"Tisch \d"))
    fits(phone)
    axe(phone)
    phone.set_viewport_size(NARROW)  # type: ignore[arg-type]
    fits(phone)


def every_page_fits_and_axe_finds_nothing(large: Large, page: Page) -> None:
    forum, day = large.forum(0, 1), large.day(1)
    for path in (
        "/timetable",
        f"/groups?day={day}",
        f"/groups/people?day={day}",
        "/groups/lists",
        f"/groups/{forum}",
        "/groups/tell",
        "/world-cafe",
        "/day",
        "/day/papers",
        "/participants",
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(large.at(path))
        fits(page)
        page.set_viewport_size(NARROW)
        fits(page)
        axe(page)
