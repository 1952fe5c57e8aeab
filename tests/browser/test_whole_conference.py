"""A whole conference with 35 people and three groups: phone, tablet and desktop at once.

Participants hold a phone, a moderator a tablet, the office sits at a desk. The office works in
English here, so that the words of the test are those of the code; everybody else reads German.
Each part stands for itself: `House` brings the conference to where it begins.
"""

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from registry.actors.models import Actor
from registry.app import create_app
from registry.conferences.attendance.models import Presence
from registry.conferences.decisions.models import Task
from registry.conferences.minutes.models import Minutes
from registry.core.db import db
from tests.browser.a_conference import (
    ASSOCIATION,
    GROUPS,
    PEOPLE,
    TABLET,
    TITLE,
    TODAY,
    House,
    looked_at,
    participants,
)
from tests.browser.conftest import SPOKEN, Demo, LiveServer, Visits, serving
from tests.conftest import SETTINGS
from tests.factories.conferences import make_conference
from tests.factories.pdfs import TaggedPdf

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCRIPT = "<script>alert(1)</script> <b>fett</b>"
LANGUAGE, WORK, HELP = GROUPS
REFUSED = ("409 (CONFLICT)", "422 (UNPROCESSABLE")  # which a console calls an error
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture(scope="module")
def kept(browser: Browser, demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("conference")
    app = create_app({**SETTINGS, **SPOKEN, "DATABASE_URL": demo.copy(folder)})
    with serving(app) as url:
        app.config["PUBLIC_URL"] = url
        yield House(LiveServer(app, url, demo.cast), browser)


@pytest.fixture
def house(kept: House) -> Iterator[House]:
    """The conference as the tests before left it; each test has browsers of its own."""
    kept.visits = Visits(kept.browser, kept.server)
    yield kept
    kept.visits.end()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=isinstance(name, str)).click()


def taken(page: Page, name: str) -> bytes:
    """Return the file that a link hands out."""
    with page.expect_download() as file:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(file.value.path()).read_bytes()


def printed(page: Page, name: str) -> bytes:
    """Return the file that a button has made."""
    with page.expect_download() as file:
        press(page, name)
    return Path(file.value.path()).read_bytes()


def words_of(docx: bytes) -> str:
    """Return what a DOCX says, read as what it is: a ZIP file with XML inside."""
    with zipfile.ZipFile(BytesIO(docx)) as file:
        assert file.testzip() is None
        root = ElementTree.fromstring(file.read("word/document.xml"))  # noqa: S314 (our own file)
    return " ".join(node.text or "" for node in root.iter(f"{WORDS}t"))


def test_an_item_of_the_programme_is_moved_by_keyboard_and_the_times_follow(house: House) -> None:
    with house.inside():
        house.conference().agenda.clear()
    page = house.office("/timetable")
    press(page, "Start with this programme")
    begins = page.locator(".timetable__slot")
    expect(begins.first).to_contain_text("13:00–13:15")
    expect(begins.first).to_contain_text("Begrüßung")
    down = page.get_by_role("button", name="Move down: Begrüßung")
    down.focus()
    page.keyboard.press("Enter")
    expect(begins.first).to_contain_text("Einführung in Ablauf und Prozess")
    expect(begins.nth(1)).to_contain_text("13:15–13:30")
    expect(begins.nth(1)).to_contain_text("Begrüßung")
    expect(down).to_be_focused()
    press(page, "Show it on the web")
    looked_at(page)
    phone = house.visits.open(f"/de/conferences/{house.uuid}", phone=True)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(TITLE)
    assert "Muster0" not in phone.content()
    looked_at(phone)


def test_two_say_on_the_phone_that_they_come_and_what_they_wish_for(house: House) -> None:
    for number, first in ((30, WORK), (31, HELP)):
        phone = house.visits.open(house.link("conference", "conference", number), phone=True)
        phone.locator("[name=reply][value=yes]").check()
        phone.locator("[name='s0.family_name']").fill(f"Handy{number}")
        phone.locator("[name='s0.wish-1']").select_option(label=first)
        phone.locator("[name='s0.wish-2']").select_option(label=LANGUAGE)
        press(phone, "Antwort absenden")
        expect(phone.get_by_text("Danke. Ihre Antwort ist angekommen.")).to_be_visible()
        expect(phone.locator("#answer")).to_contain_text(f"Handy{number}")
    looked_at(phone)
    page = house.office("/groups")
    expect(page.locator("main")).to_contain_text(f"{PEOPLE} people have a seat.")


def test_everybody_gets_a_group_by_lot_that_is_named_and_a_move_by_hand_stays(house: House) -> None:
    house.answered()
    page = house.office("/groups/edit")
    page.locator("[name='groups-0.maximum']").fill("13")
    looked_at(page)
    press(page, "Save")
    page.goto(house.at("/groups"))
    page.get_by_text("What a wish counts").click()
    page.locator("[name=seed]").fill("35")
    press(page, re.compile("^Arrange"))
    expect(page.locator("#result + *")).to_be_visible()
    expect(page.get_by_text("with the number 35;")).to_be_visible()
    looked_at(page)
    sizes = [int(each) for each in page.locator("td.numeric").all_inner_texts()]
    assert sum(sizes) == PEOPLE
    assert all(8 <= size <= most for size, most in zip(sizes, (13, 14, 14), strict=True))
    first = groups_of(house, page)
    # Three of one organisation wish for the same group, which takes one of each.
    assert [first[f"Kim Muster01{each}"][0] for each in "abc"].count(LANGUAGE) <= 1
    assert len({first[f"Kim Muster01{each}"][0] for each in "abc"}) == 3
    looked_at(page)

    somebody = next(name for name, (group, _hand) in first.items() if group == LANGUAGE)
    page.get_by_role("row").filter(has_text=somebody).get_by_role("link").click()
    looked_at(page)
    page.locator("[name=group]").select_option(label=HELP)
    page.locator("[name=reason]").fill("leitet den Helferkreis")
    press(page, "Move this person")
    page.goto(house.at("/groups"))
    press(page, re.compile("^Arrange"))
    expect(page.get_by_text("with the number 35;")).to_be_visible()
    again = groups_of(house, page)
    assert again[somebody] == (HELP, "leitet den Helferkreis")
    assert Counter(group for group, _hand in again.values()).total() == PEOPLE


def groups_of(house: House, page: Page) -> dict[str, tuple[str, str]]:
    """Return everybody's group, and why they were moved into it by hand."""
    page.goto(house.at("/groups/people"))
    found = {}
    for row in page.locator("tbody tr").all():
        name = row.locator("th bdi").first.inner_text()
        group = row.locator(".group-mark__name").inner_text()
        by_hand = row.locator("td").nth(3).inner_text()
        found[name] = (group, by_hand.removeprefix("yes").strip(": \n") if by_hand != "no" else "")
    assert len(found) == PEOPLE
    return found


def test_papers_for_the_day_are_read_by_another_reader(house: House) -> None:
    house.arranged()
    page = house.office("/day/papers")
    looked_at(page)
    attendance = TaggedPdf(printed(page, "Attendance list"))
    assert "@" not in attendance.text
    badges = TaggedPdf(printed(page, "Name badges"))
    with house.inside():
        names = [each.family_name or "" for each in participants(house.conference())]
    assert len(names) == PEOPLE
    for name in names:
        assert name in badges.text
        assert name in attendance.text
    page.goto(house.at("/groups/lists"))
    looked_at(page)


def test_at_the_door_two_devices_find_the_same_people_and_nobody_twice(house: House) -> None:
    house.arranged()
    house.move_to(TODAY)
    with house.inside():
        people = participants(house.conference())
        badge, named, away = people[0], people[1], people[2]
        code, names = str(badge.uuid), [str(each) for each in (badge, named, away)]
    desk, tablet = house.office("/day"), house.office("/day", **TABLET)
    looked_at(tablet)
    press(tablet, f"Is here: {names[0]}")
    expect(tablet.get_by_text("since")).to_have_count(1)
    desk.get_by_text("Read badges").click()
    desk.locator("[name=code]").fill(code)
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("since")
    phone = house.visits.open(f"/de/badge/{code}", user="olga", phone=True)
    expect(phone.get_by_text("Ist da")).to_have_count(0)
    looked_at(phone)
    with house.inside():
        first = participants(house.conference())[0].id
        noted = select(Presence).where(Presence.participant_id == first)
        assert len(db.session.scalars(noted).all()) == 1

    desk.locator("[name=q]").fill(names[1])
    press(desk, "Find")
    press(desk, f"Is here: {names[1]}")
    expect(tablet.get_by_text("since")).to_have_count(2)  # by itself

    desk.get_by_role("link", name="Enter somebody who was not announced").click()
    desk.locator("[name=organisation]").fill("Chor der Nachbarschaft")
    desk.locator("[name=function]").fill("Chorleitung")
    looked_at(desk)
    press(desk, "Is here")
    expect(desk.get_by_role("row").filter(has_text="Chorleitung")).to_contain_text("not announced")

    line = tablet.get_by_role("row").filter(has_text=names[2])
    line.get_by_role("link", name="Deputy").click()
    tablet.locator("[name=family_name]").fill("Vertretung")
    press(tablet, "Is here")
    row = tablet.get_by_role("row").filter(has_text="Vertretung")
    expect(row).to_contain_text(f"in place of {names[2]}")
    expect(row).to_contain_text("since")
    papers = house.office("/day/papers")
    said = TaggedPdf(printed(papers, "Attendance list")).text
    assert "i. V." in said


def test_cards_of_several_devices_hang_on_one_wall_at_once(house: House) -> None:
    house.arranged()
    house.move_to(TODAY)
    desk = house.office("/wall")
    press(desk, f"Open for the group: {LANGUAGE}")
    address = desk.locator(".wall-link a").inner_text().replace("/en/", "/de/")
    looked_at(desk)
    wrong = (*REFUSED, "404 (NOT FOUND)")  # once it is closed
    tablet = house.visits.open(address, expected=wrong, **TABLET)
    phone = house.visits.open(address, expected=wrong, phone=True)
    desk.locator(f"li:has-text('{LANGUAGE}')").get_by_role("link", name="For the projector").click()

    put_up(tablet, "challenge", "Nach dem Kurs fehlen Orte zum Sprechen.")
    put_up(phone, "measure", SCRIPT)
    for page in (desk, tablet, phone):
        for text in ("Nach dem Kurs fehlen Orte zum Sprechen.", SCRIPT):
            expect(page.locator(".wall-card").filter(has_text=text)).to_be_visible()
        assert page.locator(".wall-card b, .wall-card script").count() == 0
    press(phone, re.compile("^Punkt ?: Nach dem Kurs"))
    press(tablet, re.compile("^Punkt ?: Nach dem Kurs"))
    expect(desk.get_by_text("2 dots", exact=True)).to_have_count(1)
    for page in (desk, tablet, phone):
        looked_at(page)

    long = "x" * 10_000
    phone.locator("[name=new-aim]").fill(long)
    press(phone, re.compile("^Anhängen: Ziel"))
    expect(phone.locator("#wrong-aim")).to_be_visible()
    assert phone.locator("[name=new-aim]").input_value() == long
    file = {"name": "wand.png", "mimeType": "image/png", "buffer": b"kein Bild"}
    tablet.locator("[name=photo]").set_input_files(file)  # type: ignore[arg-type]
    press(tablet, "Foto speichern")
    expect(tablet.locator("#photo-error")).to_be_visible()

    desk.goto(house.at("/wall"))
    press(desk, f"Close: {LANGUAGE}")
    expect(tablet.locator("[name=new-aim]")).to_have_count(0)
    looked_at(tablet)


def put_up(page: Page, column: str, text: str) -> None:
    page.locator(f"[name=new-{column}]").fill(text)
    page.locator(f"#column-{column}").get_by_role("button", name=re.compile("^Anhängen")).click()
    expect(page.locator(f"[name=new-{column}]")).to_have_value("")


def test_two_write_minutes_and_what_is_approved_can_be_checked_and_not_changed(
    house: House,
) -> None:
    house.attended()
    page = house.office("/minutes", expected=REFUSED)
    press(page, "Begin the minutes")
    minutes = page.url
    looked_at(page)
    here, there = (house.visits.open(minutes, user="olga", expected=REFUSED) for _each in range(2))
    for each in (here, there):
        each.get_by_role("link", name="Begrüßung", exact=True).click()
    looked_at(here)
    written(here, "Die Leitung begrüßt alle.")
    written(there, "Alle werden begrüßt.")
    expect(there.locator("main")).to_contain_text("Someone else saved this entry")
    expect(there.locator("main")).to_contain_text("Die Leitung begrüßt alle.")
    there.goto(minutes)
    there.get_by_role("link", name=WORK, exact=True).click()
    written(there, "Ein Merkblatt für Betriebe.")
    here.goto(minutes)
    expect(here.locator("main")).to_contain_text("Ein Merkblatt für Betriebe.")

    somebody_objects(house, page)
    it_is_approved_once(house, page)
    whatever_reads_it_finds_the_same(page)


def somebody_objects(house: House, page: Page) -> None:
    page.reload()
    page.locator("[name=object_until]").fill(TOMORROW.isoformat())
    press(page, "Send the draft")
    phone = house.visits.open(house.link("minutes", "minutes", 5), phone=True)
    phone.locator("[name=text]").fill("Es fehlt der Dank an die Küche.")
    looked_at(phone)
    press(phone, "Einspruch senden")
    expect(phone.locator("main")).to_contain_text("Es fehlt der Dank an die Küche.")
    absent = house.visits.open(house.link("minutes", "minutes", 31), phone=True)
    expect(absent.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(absent.locator("[name=text]")).to_have_count(0)


def it_is_approved_once(house: House, page: Page) -> None:
    minutes = page.url
    press(page, "Approve")
    expect(page.get_by_text("Objections are possible until").first).to_be_visible()
    days_pass(house)
    page.goto(minutes)
    press(page, "Approve")
    expect(page.get_by_text("Please decide on every objection first.")).to_be_visible()
    page.locator("[name=outcome]").select_option("accepted")
    press(page, "Save")
    late = house.visits.open(minutes, user="olga", expected=REFUSED)
    page.goto(minutes)
    press(page, "Approve")
    expect(page.get_by_text("The content is what was approved.")).to_be_visible()
    looked_at(page)
    press(late, "Approve")
    expect(late.get_by_text("These minutes are approved already.")).to_be_visible()
    expect(page.get_by_role("link", name="Begrüßung", exact=True)).to_have_count(0)


def whatever_reads_it_finds_the_same(page: Page) -> None:
    shown = page.locator("code.secret").inner_text()
    file = pikepdf.open(BytesIO(taken(page, "PDF/A for the file, with supplements and check sums")))
    [hashed] = [each for name, each in file.attachments.items() if name.endswith(".json")]
    content = hashed.get_file().read_bytes()
    assert hashlib.sha256(content).hexdigest() == shown
    assert b"Muster05" not in content
    told = (TaggedPdf(taken(page, "PDF")).text, words_of(taken(page, "DOCX")))
    for said in told:
        for words in (TITLE, "Die Leitung begrüßt alle.", "Muster05", shown):
            assert words in said


def written(page: Page, text: str) -> None:
    page.locator("[name=text]").fill(text)
    press(page, "Save")


def days_pass(house: House) -> None:
    """Let the days for objections pass."""
    with house.inside():
        mine = Minutes.conference_id == house.conference().id
        db.session.execute(update(Minutes).where(mine).values(object_until=YESTERDAY))


def test_a_task_is_agreed_only_with_all_four_and_promised_on_the_phone(house: House) -> None:
    house.attended()
    page = house.office("/tasks/new")
    looked_at(page)
    page.locator("[name=title]").fill("Sprachtreff in Roth")
    page.locator("[name=due]").fill((TODAY + timedelta(days=30)).isoformat())
    page.locator("[name=actor]").select_option(label=ASSOCIATION)
    press(page, "Save")
    page.goto(house.at("/tasks"))
    line = page.get_by_role("row").filter(has_text="Sprachtreff in Roth")
    expect(line).to_contain_text("not agreed yet")
    expect(line).to_contain_text("by what one sees that it worked")
    expect(page.get_by_role("button", name="Ask for the promises")).to_have_count(0)
    line.get_by_role("link").click()
    looked_at(page)
    page.get_by_role("link", name="Change").click()
    page.locator("[name=measure]").fill("Jede Woche trifft sich eine Gruppe.")
    press(page, "Save")
    page.goto(house.at("/tasks"))
    press(page, "Ask for the promises")
    looked_at(page)

    with house.inside():
        actor = db.session.scalars(select(Actor.uuid).where(Actor.name == ASSOCIATION)).one()
        task = db.session.scalars(
            select(Task.uuid).where(Task.title == "Sprachtreff in Roth")
        ).one()
    phone = house.visits.open(house.link("tasks", "tasks", record=actor), phone=True)
    looked_at(phone)
    phone.locator(f"[name='{task}.said_by']").fill("Geschäftsstelle")
    phone.locator(f"form:has([value='{task}'])").get_by_role("button", name="Wir sagen zu").click()
    expect(phone.get_by_text("Danke. Ihre Antwort ist angekommen.")).to_be_visible()
    page.goto(house.at("/tasks"))
    expect(line).to_contain_text("promised, no report")

    with house.inside():
        mine = Task.conference_id == house.conference().id
        db.session.execute(update(Task).where(mine).values(due=YESTERDAY))
    page.goto("/en/office/conferences/tasks?show=late")
    expect(page.get_by_role("row").filter(has_text="Sprachtreff in Roth")).to_be_visible()
    looked_at(page)
    page.goto(f"/en/office/conferences/tasks?actor={actor}")
    said = TaggedPdf(taken(page, "Open tasks as PDF")).text
    assert "Sprachtreff in Roth" in said
    assert "Merkblatt für Betriebe" not in said  # another organisation's, of the demo


def test_what_people_thought_is_told_without_an_account_and_shown_from_three_on(
    house: House,
) -> None:
    house.attended()
    page = house.office("/afterwards")
    page.locator("[name=open_until]").fill((TODAY + timedelta(days=14)).isoformat())
    press(page, "Save")
    address = page.locator(".share-text").inner_text().replace("/en/", "/de/")
    looked_at(page)
    for number, mark in enumerate(("5", "4", "4")):
        phone = house.visits.open(address, phone=True)
        if not number:
            looked_at(phone)
        phone.locator("[name=groups]").select_option(mark)
        phone.locator("[name=good]").fill(f"Gut war {SCRIPT}")
        press(phone, "Antworten absenden")
        expect(phone.locator("main")).to_contain_text("Danke")
        page.reload()
        expect(page.get_by_text("fett")).to_have_count(3 if number == 2 else 0)
    row = page.get_by_role("row").filter(has_text="Work in the groups")
    expect(row.locator("td").last).to_have_text("4.3")


def test_the_documentation_is_made_by_one_click_and_read_by_others(house: House) -> None:
    house.attended()
    page = house.office("/documentation")
    page.locator("[name=introduction]").fill("Zum ersten Mal saßen alle an einem Tisch.")
    page.locator("[name=imprint]").fill("Landkreis Roth")
    press(page, "Save")
    looked_at(page)
    told = TaggedPdf(taken(page, "PDF")).text, words_of(taken(page, "DOCX"))
    for said in told:
        assert "Zum ersten Mal saßen alle an einem Tisch." in said
        for words in ("Einleitung", "Programm", "Arbeitsgruppen", "Impressum", *GROUPS):
            assert words in said
        assert "Muster0" not in said  # organisations, no names
    press(page, "Show it to everyone")
    phone = house.visits.open(f"/de/conferences/{house.uuid}/documentation", phone=True)
    expect(phone.locator("main")).to_contain_text("Zum ersten Mal saßen alle an einem Tisch.")
    looked_at(phone)


def test_the_next_conference_looks_back_and_needs_are_forgotten_with_a_protocol(
    house: House,
) -> None:
    house.attended(day=YESTERDAY)
    with house.inside():
        series, day = house.conference().series, TODAY + timedelta(weeks=20)
        coming = make_conference(day, title="Die nächste Konferenz", series=series).uuid
    page = house.office("/tasks/new")
    page.locator("[name=title]").fill("Rückblick vorbereiten")
    press(page, "Save")
    page.goto(f"/en/office/conferences/{coming}/look-back")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Rückblick vorbereiten")).to_be_visible()
    looked_at(page)
    page.goto(f"/en/office/conferences/{coming}/timetable")
    press(page, "Start with this programme")
    expect(page.locator("main")).to_contain_text("Rückblick vorbereiten")
    page.goto(house.at("/afterwards"))
    told = re.compile(r"Personal needs: [23]\. Wishes for groups: (\d+)\.")
    known = told.search(page.locator("#kept").inner_text())
    assert known
    assert int(known[1]) >= PEOPLE
    press(page, "Delete needs and wishes now")
    expect(page.locator("#kept")).to_contain_text("Personal needs: 0. Wishes for groups: 0.")
    expect(page.locator("#kept li")).to_contain_text(known[0])
    page.goto(house.at("/groups"))
    expect(page.locator("main")).to_contain_text("The wishes have been deleted.")
    looked_at(page)
