"""A conference of the demo region, from an empty series to answered invitations, with real mail.

Each part goes on where the part before ended. The office works in English here, so that the words
of the test are those of the code; letters, mail and whoever answers speak German.
"""

import re
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import vobject
from aiosmtpd.controller import Controller
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from registry.app import create_app
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies.closing import PURPOSE
from registry.core import tokens
from registry.core.db import db
from tests.browser.conftest import SPOKEN, Demo, LiveServer, axe, fits, serving
from tests.browser.test_week import Week
from tests.conftest import SETTINGS
from tests.factories.pdfs import TaggedPdf
from tests.mail.conftest import Postman, free_port

TITLE = "Integrationskonferenz im Herbst"
SOON = date.today() + timedelta(weeks=8)
EVERYBODY = 80 + 6 + 1  # organisations, bodies, individuals of the demo region
CLUB = "Sportverein Miteinander Büchenbach e. V. (Beispiel)"
HOUSING = "Wohnberatung Landkreis Roth (Beispiel)"
# Invited are welfare and migrants' associations, and what municipalities run in the town of Roth,
# but not who works against discrimination. By hand a club gets two seats, advice on housing none.
RULES = [
    ("exclude", [("fields", "antidiscrimination")]),
    ("invite", [("categories", "welfare"), ("categories", "migrant_association")]),
    ("invite", [("tiers", "municipal"), ("municipalities", "09576143")]),
]
INVITED = [
    "Landratsamt Roth",
    "Beratungsstelle Faire Arbeit (Beispiel)",
    "Familienzentrum Schwanstetten e. V. (Beispiel)",
    "Musterverband Roth e. V. (Beispiel)",
    "Jobcenter Roth",
    "Interkultureller Frauentreff Hilpoltstein e. V. (Beispiel)",
    "Internationaler Kulturverein Roth e. V. (Beispiel)",
    "Ukrainisches Netzwerk Rednitzgrund (Beispiel)",
    CLUB,
]
PUBLIC = ["/de/conference?key={key}", "/ar/conference?key={key}"]
BY_LETTER = ["Jobcenter Roth"]  # no mail address is known
REASONS = {
    CLUB: "chosen by hand",
    HOUSING: "left out by hand",
    "Landratsamt Roth": "rule 3 (Municipality: Roth; Level of government: municipal)",
    "Musterverband Roth e. V. (Beispiel)": "rule 2 (Category: Welfare associations)",
    "Beratungsstelle Gleichbehandlung (Beispiel)": "left out by rule 1",
    "Frauenhaus Roth (Beispiel)": "no address",
    "Gesundheitsamt Roth": "no address",
    "Volkshochschule im Landkreis Roth": "no rule fits",
}


@pytest.fixture
def house(browser: Browser, demo: Demo, tmp_path: Path) -> Iterator[Week]:
    """The demo region's register with a mail server."""
    postman, port = Postman(), free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}
    given = {**SETTINGS, **SPOKEN, **mail, "MAIL_FROM": "register@example.org"}
    app = create_app({**given, "DATABASE_URL": demo.copy(tmp_path)})
    with serving(app) as url:
        app.config["PUBLIC_URL"] = url
        made = Week(LiveServer(app, url, demo.cast), browser, postman)
        yield made
        made.visits.end()
    controller.stop()


def test_from_an_empty_series_to_answered_invitations(house: Week) -> None:
    page = house.visits.open("/en/office/conferences/series/new", user="olga")
    a_series_begins_and_a_conference_comes_of_it(page)
    conference = page.url
    rules_and_choices_say_whom_to_invite(page, conference)
    the_preview_gives_everybody_a_reason(page, conference)
    the_list_is_exactly_what_was_written_down(page)
    letters_carry_the_numbers_of_the_list(page, conference)
    by_address = mail_is_looked_at_and_really_sent(house, page, conference)
    opening_a_link_changes_nothing(house, page, by_address)
    answers_arrive_and_seats_run_out(house, by_address)
    only_who_owes_an_answer_is_reminded(house, page, conference)
    the_list_shows_who_answered_what(page, conference)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=isinstance(name, str)).click()


def a_series_begins_and_a_conference_comes_of_it(page: Page) -> None:
    page.locator("[name=name]").fill("Integrationskonferenz Roth")
    press(page, "Save")
    expect(page.get_by_text("No conference has been planned yet.", exact=True)).to_be_visible()
    page.get_by_role("link", name="Plan a conference").click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name='days-0.day']").fill(SOON.isoformat())
    page.locator("[name=deadline]").fill((SOON - timedelta(weeks=3)).isoformat())
    page.locator("[name=seats]").fill("4")
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def rules_and_choices_say_whom_to_invite(page: Page, conference: str) -> None:
    for effect, criteria in RULES:
        page.goto(f"{conference}/invitations/rules/new")
        page.locator("[name=effect]").select_option(effect)
        for name, value in criteria:
            page.locator(f"[name={name}][value='{value}']").check(force=True)
        press(page, "Save")
    expect(page.locator("ol.plain-list > li")).to_have_count(len(RULES))
    for name, effect, seats in ((CLUB, "invite", "2"), (HOUSING, "exclude", "")):
        page.goto(f"{conference}/invitations/preview?q={name[:12]}")
        page.get_by_role("row").filter(has_text=name).get_by_role("link").click()
        page.locator("[name=effect]").select_option(effect)
        page.locator("[name=seats]").fill(seats)
        press(page, "Save")


def the_preview_gives_everybody_a_reason(page: Page, conference: str) -> None:
    page.goto(f"{conference}/invitations/preview?print=all")
    rows = page.locator("tbody tr")
    names = [each.strip() for each in rows.locator("th").all_inner_texts()]
    reasons = [each.strip() for each in rows.locator("td:nth-of-type(3)").all_inner_texts()]
    told = dict(zip(names, reasons, strict=True))
    assert len(told) == EVERYBODY
    assert all(reasons)
    for name, reason in REASONS.items():
        assert told[name].startswith(reason), name
    press(page, "Apply to the list")


def listed(page: Page, names: list[str]) -> None:
    expect(page.locator("tbody th bdi")).to_have_text(names)


def the_list_is_exactly_what_was_written_down(page: Page) -> None:
    listed(page, INVITED)


def letters_carry_the_numbers_of_the_list(page: Page, conference: str) -> None:
    """Printing freezes the list: letters, list and numbers have one order."""
    page.goto(f"{conference}/letters")
    page.locator("[name=which][value=all]").check()
    a_run_that_breaks_off_says_so(page)
    with page.expect_download() as file:
        press(page, "All in one PDF")
    expect(page.get_by_role("link", name="Save it once more")).to_be_visible()
    said = TaggedPdf(file.value.path().read_bytes()).text
    numbers = re.findall(r"Antwort auf die Einladung Nr\. (\d+)", said)
    assert numbers == [str(number) for number in range(1, len(INVITED) + 1)]
    places = [said.index(name) for name in INVITED]
    assert places == sorted(places)
    page.goto(f"{conference}/invitations")
    listed(page, INVITED)
    assert page.locator("tbody tr td:nth-of-type(1)").all_inner_texts() == numbers


def a_run_that_breaks_off_says_so(page: Page) -> None:
    """An answer that ends without its file; nothing of it reaches the server."""
    counted = {"content_type": "application/x-counted", "body": "0 9\n5 9\n"}
    page.route("**/letters.pdf", lambda route: route.fulfill(**counted))  # type: ignore[arg-type]
    press(page, "All in one PDF")
    expect(page.locator(".making p")).to_contain_text("broken off after 5 of 9 letters")
    expect(page.locator(".making progress")).to_be_hidden()
    page.unroute("**/letters.pdf")


def mail_is_looked_at_and_really_sent(house: Week, page: Page, conference: str) -> dict[str, str]:
    """Return the path of the link that each organisation got."""
    page.goto(f"{conference}/mail/preview")
    expect(page.locator(".pre-line")).to_contain_text("(here stands the personal link)")
    page.locator("[name=confirmed]").check()
    press(page, f"Send {len(INVITED) - len(BY_LETTER)} mails")
    house.send_mail()
    found = {}
    for _sender, mail in house.postman.taken:
        body = mail.get_body(("plain",))
        text = body.get_content() if body else ""
        [found[str(mail["To"])]] = re.findall(r"http://127\.0\.0\.1:\d+(/\S+key=\S+)", text)
        assert TITLE in text
        [file] = mail.iter_attachments()
        event = Calendar.from_ical(file.get_content()).walk("VEVENT")[0]
        assert event["SUMMARY"] == vobject.readOne(file.get_content()).vevent.summary.value == TITLE
        assert event["DTSTART"].dt.date() == SOON
    assert len(found) == len(house.postman.taken) == len(INVITED) - len(BY_LETTER)
    return found


def opening_a_link_changes_nothing(house: Week, page: Page, links: dict[str, str]) -> None:
    for link in links.values():
        for _twice in range(2):
            with urllib.request.urlopen(house.server.url + link) as scanned:  # noqa: S310
                assert scanned.status == 200
    page.goto(page.url.partition("/mail")[0] + "/invitations?reply=open")
    listed(page, INVITED)


def answers_arrive_and_seats_run_out(house: Week, links: dict[str, str]) -> None:
    """Four seats: one is taken, one by a deputy, two by the club; then one waits."""
    phone = house.visits.open(links["info.musterverband@example.org"], phone=True)
    answer(phone, "yes")
    expect(phone.locator("#answer")).to_contain_text("Ja")
    phone.goto(links["faire-arbeit@example.org"])
    answer(phone, "deputy", **{"s0.given_name": "Kim", "s0.family_name": "Beispiel"})
    expect(phone.locator("#answer")).to_contain_text("Kim Beispiel")
    phone.goto(links["familienzentrum@example.org"])
    answer(phone, "no")
    phone.goto(links["sv-miteinander@example.org"])
    phone.locator("[name='s1.used']").check()
    answer(phone, "yes")
    phone.goto(links["kulturverein-roth@example.org"])
    answer(phone, "yes")
    expect(phone.locator("#answer")).to_contain_text("Warteliste")


def answer(phone: Page, reply: str, **typed: str) -> None:
    phone.locator(f"[name=reply][value={reply}]").check()
    for name, value in typed.items():
        phone.locator(f"[name='{name}']").fill(value)
    press(phone, "Antwort absenden")
    expect(phone.get_by_text("Danke. Ihre Antwort ist angekommen.")).to_be_visible()


def only_who_owes_an_answer_is_reminded(house: Week, page: Page, conference: str) -> None:
    """Days later; whoever was written to today would not be reminded."""
    with house.server.app.app_context():
        db.session.execute(
            update(Invitation)
            .where(Invitation.invited_on == date.today())
            .values(invited_on=date.today() - timedelta(days=9))
        )
        db.session.commit()
        db.session.remove()
    house.send_mail()
    house.postman.taken.clear()
    page.goto(f"{conference}/mail")
    press(page, "Remind all 3 who have not answered")
    house.send_mail()
    assert house.postman.recipients == [
        "frauentreff@example.org", "info@landratsamt-roth.de", "ukraine-netzwerk@example.org",
    ]  # fmt: skip
    assert {str(mail["Subject"])[:11] for _sender, mail in house.postman.taken} == {"Erinnerung:"}


def the_list_shows_who_answered_what(page: Page, conference: str) -> None:
    page.goto(f"{conference}/invitations?columns=answers")
    cells = [row.locator("th, td").all_inner_texts() for row in page.locator("tbody tr").all()]
    said = {row[1]: (row[2], row[3]) for row in cells}
    open_still = {name for name, (reply, _deputy) in said.items() if reply == "no answer yet"}
    assert open_still == {INVITED[0], INVITED[4], INVITED[5], INVITED[7]}
    assert said["Beratungsstelle Faire Arbeit (Beispiel)"] == ("sends a deputy", "Kim Beispiel")
    assert said["Familienzentrum Schwanstetten e. V. (Beispiel)"] == ("declined", "")
    assert said[CLUB] == said["Musterverband Roth e. V. (Beispiel)"] == ("accepted", "")
    page.goto(f"{conference}/participants?place=waiting")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Internationaler Kulturverein Roth")


def half_answered(server: LiveServer) -> tuple[str, str]:
    """Return the page of the demo conference people are invited to, and the key of a link."""
    with server.app.app_context():
        query = select(Invitation).join(Conference).where(Conference.title.startswith("2."))
        row = db.session.scalars(query.where(Invitation.reply == "deputy")).first()
        assert row is not None
        link = tokens.issue(PURPOSE, row.uuid, timedelta(days=1))
        db.session.commit()
        found = f"/de/office/conferences/{row.conference.uuid}", tokens.secret(link)
        db.session.remove()
    return found


def test_the_pages_of_a_conference_fit_every_screen_and_axe_finds_nothing(
    open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    office, key = half_answered(live_server)
    inside = ["", "/invitations", "/invitations/preview", "/letters", "/mail", "/answers"]
    page = open_page("/de/office/conferences/series", user="olga")
    for path in [*(office + each for each in inside), *PUBLIC]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path.format(key=key))
        expect(page.locator(".tag--example").first).to_be_visible()
        fits(page)
        page.set_viewport_size({"width": 360, "height": 740})
        fits(page)
        axe(page)
