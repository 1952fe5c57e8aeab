"""A whole week of the district office, from a messy file to a restored entry, with a mail server.

Each day goes on where the day before ended; the office works in English here, so that the words
of the test are those of the code.
"""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from registry.app import create_app
from registry.core.db import db, now
from registry.core.mail import sending
from tests.browser.conftest import LiveServer, Visits, axe, serving
from tests.conftest import SETTINGS, Cast, NewDatabase
from tests.factories.actors import PLACE, make_actor
from tests.factories.sheets import csv_bytes
from tests.mail.conftest import Postman, free_port

OFFICE = "naehstube@example.org"
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/\S+)")
# As offices keep it: other words for the columns, a missing name, two numbers in one cell.
FILE = [
    ["Organisation", "Kurs", "Rubrik", "Plz", "Ort", "Sprechzeiten", "Ansprechpartner", "Tel.",
     "Mail", "Kontakt für Einladungen"],
    ["Nähstube Müller", "Nähkurs", "Spracherwerb", "91154", "Roth", "Mo–Do 8–12", "Büro",
     "09171 4711/09171 4712", OFFICE, "ja"],
    ["", "Herrenloser Kurs", "Spracherwerb", "91154", "Roth", "", "", "", "", ""],
]  # fmt: skip


class Week:
    """The office's register, its mail server, and everybody's browser."""

    def __init__(self, server: LiveServer, browser: Browser, postman: Postman) -> None:
        self.server, self.postman = server, postman
        self.visits = Visits(browser, server)

    def office(self, path: str, **options: Any) -> Page:
        return self.visits.open(path, user="amal", **options)

    def send_mail(self) -> None:
        with self.server.app.app_context():
            while sending.send_due(now):
                pass
            db.session.remove()

    def link_to(self, address: str) -> str:
        """Return the path of the link in the newest mail to an address."""
        mails = [mail for _sender, mail in self.postman.taken if mail["To"] == address]
        found = LINK.search(mails[-1].get_content())
        assert found
        return found[1]


@pytest.fixture
def week(browser: Browser, tmp_path: Path, new_database: NewDatabase) -> Iterator[Week]:
    postman, port = Postman(), free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    app = create_app(
        {
            **SETTINGS,
            "DATABASE_URL": new_database("sqlite", "week"),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "register@example.org",
        }
    )
    app.config["IMPORT_DIR"] = str(tmp_path / "imports")
    with app.app_context():
        cast = Cast().everybody()
    with serving(app) as url:
        app.config["PUBLIC_URL"] = url
        made = Week(LiveServer(app, url, cast), browser, postman)
        yield made
        made.visits.end()
    controller.stop()


def test_a_whole_week_of_the_office(week: Week) -> None:
    a_messy_file_comes_in(week)
    its_entries_are_mended_and_published(week)
    the_actor_is_asked_and_answers_by_link(week)
    the_office_writes_down_what_was_said_on_the_telephone(week)
    a_visitor_reports_an_error(week)
    a_double_entry_is_merged_and_parted_again(week)
    an_earlier_state_comes_back(week)


def a_messy_file_comes_in(week: Week) -> None:
    page = week.office("/en/office/imports")
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": csv_bytes(FILE, "cp1252")}
    page.locator("input[name=sheet][value=flat]").check()
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Upload and look at the columns").click()
    page.get_by_role("button", name="Check all rows, change nothing").click()
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    expect(page.get_by_text("The name of the actor is missing.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.get_by_text(re.compile("Imported on"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Rejected rows")).click()
    assert "Herrenloser Kurs" in download.value.path().read_text("cp1252")


def its_entries_are_mended_and_published(week: Week) -> None:
    page = week.office("/en/office/actors", expected=("422",))
    page.get_by_role("link", name="Nähstube Müller").click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=category]").select_option("welfare")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Saved; everyone sees it.")).to_be_visible()
    page.goto("/en/office/offers")
    page.get_by_role("link", name="Nähkurs", exact=True).first.click()
    page.locator("[name='summary.de']").fill("Nähen lernen in kleinen Gruppen.")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Saved; everyone sees it.")).to_be_visible()
    visitor = week.visits.open("/en/offers?q=N%C3%A4hkurs")
    expect(visitor.get_by_role("link", name="Nähkurs", exact=True)).to_be_visible()


def the_actor_is_asked_and_answers_by_link(week: Week) -> None:
    with week.server.app.app_context():
        make_actor(name="Sportverein am Bach", places=[PLACE])
        db.session.remove()
    page = week.office("/en/office/confirmations/new")
    page.get_by_label("Name of the campaign").fill("Autumn")
    page.get_by_label("Ask all actors").check()
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_role("button", name="Begin: ask 2 actors").click()
    week.send_mail()
    link = week.link_to(OFFICE)
    with urllib.request.urlopen(week.server.url + link) as scanned:  # noqa: S310 (a mail scanner)
        assert scanned.status == 200
    page.reload()
    assert answered_by_link(page) == "0"
    phone = week.visits.open(link, phone=True, java_script_enabled=False)
    for correct in phone.locator("input[type=radio][value=correct]").all():
        correct.check()
    phone.get_by_role("button", name=re.compile("Send the answers|Antworten absenden")).click()
    expect(phone.get_by_text(re.compile("Thank you|Danke"))).to_be_visible()
    page.reload()
    assert answered_by_link(page) == "1"


def answered_by_link(page: Page) -> str:
    """Return how many actors have answered by link, as the campaign's page says it."""
    table = page.locator("table").first
    heads = table.locator("thead th").all_inner_texts()
    return table.locator("tbody tr").first.locator("td").nth(heads.index("by link")).inner_text()


def the_office_writes_down_what_was_said_on_the_telephone(week: Week) -> None:
    page = week.office("/en/office/confirmations")
    page.get_by_role("link", name="Autumn").click()
    page.get_by_role("link", name="Call list").click()
    expect(page.get_by_role("heading", name="Sportverein am Bach")).to_be_visible()
    page.get_by_role("link", name=re.compile("Sportverein am Bach")).last.click()
    page.locator("input[type=radio][value=correct]").first.check()
    page.get_by_role("button", name="Record the answers").click()
    expect(page.locator(".notice--success").first).to_be_visible()


def a_visitor_reports_an_error(week: Week) -> None:
    visitor = week.visits.open("/en/offers?q=N%C3%A4hkurs", phone=True)
    visitor.get_by_role("link", name="Nähkurs", exact=True).click()
    visitor.get_by_role("link", name="Report an error").click()
    visitor.locator("[name='summary.de']").fill("Nähen lernen, auch abends.")
    visitor.wait_for_timeout(4000)  # faster than that is a machine
    visitor.get_by_role("button", name="Send").click()
    page = week.office("/en/office/suggestions")
    page.get_by_role("link", name="Nähkurs", exact=True).click()
    page.get_by_role("button", name="Accept what is chosen").click()
    visitor.goto("/en/offers?q=N%C3%A4hkurs")
    visitor.get_by_role("link", name="Nähkurs", exact=True).click()
    expect(visitor.get_by_text("Nähen lernen, auch abends.")).to_be_visible()


def a_double_entry_is_merged_and_parted_again(week: Week) -> None:
    with week.server.app.app_context():
        make_actor(name="Naehstube Mueller e. V.", places=[PLACE])
        db.session.remove()
    page = week.office("/en/office/duplicates")
    page.get_by_role("link", name=re.compile("Compare and merge")).first.click()
    axe(page)
    page.get_by_role("button", name="Merge", exact=True).click()
    page.goto("/en/office/duplicates/merged")
    page.get_by_role("button", name=re.compile("Undo")).first.click()
    page.goto("/en/office/actors")
    expect(page.get_by_role("link", name="Nähstube Müller")).to_be_visible()
    expect(page.get_by_role("link", name="Naehstube Mueller e. V.")).to_be_visible()


def an_earlier_state_comes_back(week: Week) -> None:
    page = week.office("/en/office/offers")
    page.get_by_role("link", name="Nähkurs", exact=True).first.click()
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Bring this state back").nth(0).click()
    axe(page)
    page.get_by_role("button", name="Bring this state back").click()
    expect(page.locator("[name='summary.de']")).to_have_value("Nähen lernen in kleinen Gruppen.")
