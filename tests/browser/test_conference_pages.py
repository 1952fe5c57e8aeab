"""Every page of the conferences, for the office and by link: on a narrow phone, and by axe.

The demo region lives a whole conference; what it has none of is made here. A page that is added
later is found by its route and is opened, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from werkzeug.routing import Rule

from registry.access.policy import CONSOLE
from registry.app import create_app
from registry.conferences.afterwards import queries as afterwards
from registry.conferences.afterwards import services as evaluations
from registry.conferences.attendance.models import Presence
from registry.conferences.decisions.asking.services import PURPOSE as TASKS
from registry.conferences.decisions.models import Decision, Task
from registry.conferences.groups.cafe import services as cafes
from registry.conferences.groups.models import Cafe
from registry.conferences.invitations.models import Individual, Invitation
from registry.conferences.invitations.models import Rule as InvitationRule
from registry.conferences.minutes.approving.services import PURPOSE as MINUTES
from registry.conferences.minutes.models import Minutes
from registry.conferences.minutes.models import Part as MinutesPart
from registry.conferences.models import AgendaItem, Conference, Day
from registry.conferences.replies.closing import PURPOSE as ANSWER
from registry.conferences.replies.models import Participant
from registry.conferences.series.models import Series
from registry.conferences.topics.models import Topic
from registry.conferences.training import services as trainings
from registry.conferences.training.knowledge import services as knowledge
from registry.conferences.training.models import Officer, Training, TrainingPart
from registry.conferences.training.officers import services as officers
from registry.conferences.venues.models import Venue
from registry.conferences.wall.models import Card
from registry.conferences.wall.services import PURPOSE as WALL
from registry.core import tokens
from registry.core.db import db
from tests.browser.conftest import SPOKEN, Demo, LiveServer, Visits, axe, fits, serving
from tests.conftest import SETTINGS

OURS = ("conference", "programmes.")
NARROW: dict[str, Any] = {
    "viewport": {"width": 320, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
NO_PAGE = {
    "conference_arranging.answer": "only after an upload",
    "conference_partners.ask": "asked once, of an invitation that was answered",
}
FILES = (".ics", ".pdf", ".docx", ".xlsx", ".csv", ".<form>", "/now", "/<uuid:photo>")
LASTING = timedelta(days=9)


@dataclass
class Known:
    """The rows that fill the addresses, by endpoint or by argument; the secrets of links."""

    uuids: dict[str, UUID]
    secrets: dict[str, str]

    def values(self, rule: Rule) -> dict[str, Any]:
        own = self.uuids.get(rule.endpoint, self.uuids["conference"])
        filled: dict[str, Any] = {name: self.uuids.get(name, own) for name in rule.arguments}
        if "key" in rule.arguments:
            filled["key"] = f"individual:{self.uuids['individual']}"
        secret = self.secrets.get(rule.endpoint)
        return {**filled, "lang": "de", **({"key": secret} if secret else {})}


def first(kind: Any, *conditions: Any) -> Any:
    found = db.session.scalars(select(kind).where(*conditions).order_by(kind.id)).first()
    assert found is not None, kind
    return found


def complete(held: Conference) -> None:
    """Make what the demo conferences have none of."""
    tables = [{"topic": f"Thema {each}", "host": None, "host_person": None} for each in (1, 2)]
    told = {"title": "Café", "rounds": 2, "minutes": 20, "day": None, "tables": tables}
    cafe = cafes.create(CONSOLE, held.uuid, told)
    cafes.seat(CONSOLE, held.uuid, cafe.uuid, 1)
    parts = [{"conference": {"uuid": held.uuid}, "follows": False}]
    trainings.create(CONSOLE, "09576", {"title": "Integrationsbeauftragte", "parts": parts})
    given = {"ags": "09576143", "function": "Integrationsbeauftragte der Stadt", "public": True}
    officers.create(CONSOLE, "09576", given)
    knowledge.propose(CONSOLE, "09576", [{"title": "Aufenthaltsrecht", "chapter": "Recht"}])
    found = afterwards.load_evaluation(held)
    until = {"open_until": date.today() + LASTING, "questions": []}
    version = found.version if found else 0
    evaluations.ask(CONSOLE, held.uuid, version, until, date.today())
    for row in (held, *held.groups):
        setattr(row, "programme_public" if row is held else "open", True)


def known() -> Known:
    """Return what the addresses are filled with: the conference that was held, and its rows."""
    came = first(Presence)
    held = first(Conference, Conference.id == first(Day, Day.id == came.day_id).conference_id)
    complete(held)
    db.session.commit()
    mine = Invitation.conference_id == held.id
    minutes, task = first(Minutes, Minutes.conference_id == held.id), first(Task)
    group, person = held.groups[0], first(Participant, Participant.conference_id == held.id)
    card = first(Card, Card.group_id == group.id)
    invitation, individual = first(Invitation, mine), first(Individual)
    training, cafe = first(Training), first(Cafe)
    officer, topic = first(Officer), first(Topic)
    by_name = {
        "conference": held,
        "group": group,
        "wall": group,
        "card": card,
        "person": person,
        "participant": person,
        "badge": person,
        "invitation": invitation,
        "individual": individual,
        "cafe": cafe,
        "item": first(AgendaItem, AgendaItem.conference_id == held.id),
        "rule": first(InvitationRule, InvitationRule.conference_id == held.id),
        "conference_minutes.one": minutes,
        "conference_minutes.add": minutes,
        "conference_minutes.supplement": minutes,
        "conference_minutes.part": first(MinutesPart, MinutesPart.minutes_id == minutes.id),
        "conference_tasks.task": task,
        "conference_tasks.edit_task": task,
        "conference_tasks.decision": first(Decision),
        "conference_topics.topic": topic,
        "conference_training.detail": training,
        "conference_training.edit": training,
        "conference_training.modules": first(TrainingPart),
        "conference_officers.edit": officer,
        "conference_individuals.edit": individual,
        "conference_series.detail": first(Series),
        "conference_series.edit": first(Series),
        "conference_venues.edit": first(Venue),
    }
    coming = first(Conference, Conference.id != held.id)
    asked = first(Invitation, Invitation.conference_id == coming.id)
    evaluation = afterwards.load_evaluation(held)
    promised = first(Task, Task.actor_id.is_not(None))
    assert evaluation is not None
    links = {
        "conference_answers.open_": (ANSWER, asked.uuid),
        "conference_minutes_reading.open_": (MINUTES, person.invitation.uuid),
        "conference_afterwards.open_": (afterwards.PURPOSE, evaluation.uuid),
        "conference_task_answers.open_": (TASKS, promised.actor.uuid),
        "conference_wall_link.open_": (WALL, group.uuid),
        "conference_wall_link.card": (WALL, group.uuid),
    }
    secrets = {
        endpoint: tokens.secret(tokens.issue(purpose, record, LASTING))
        for endpoint, (purpose, record) in links.items()
    }
    db.session.commit()
    return Known({name: row.uuid for name, row in by_name.items()}, secrets)


def addresses(app: Flask) -> list[str]:
    """Return the address of every page of the conferences."""
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint.startswith(OURS)
        and rule.endpoint not in NO_PAGE
        and not rule.rule.endswith(FILES)
    ]
    with app.app_context():
        filled = known()
    with app.test_request_context():
        return sorted(app.url_for(rule.endpoint, **filled.values(rule)) for rule in rules)


@pytest.fixture
def visits(
    browser: Browser, demo: Demo, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visits]:
    url = demo.copy(tmp_path_factory.mktemp("pages"))
    app = create_app({**SETTINGS, **SPOKEN, "DATABASE_URL": url})
    with serving(app) as address:
        made = Visits(browser, LiveServer(app, address, demo.cast))
        yield made
        made.end()


def wrong_with(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page: no answer, nothing said, too wide, or what axe finds."""
    answer = page.goto(address)
    status = answer.status if answer else 0
    if status != 200:
        return [f"{address} answers {status}"]
    if page.locator("h1").count() != 1:
        return [f"{address} has no heading, or several"]
    found = []
    for look in (fits, axe):
        try:
            look(page)
        except AssertionError as error:
            found.append(f"{address} {str(error)[:1500]}")
    return found


def test_every_page_of_the_conferences_fits_a_narrow_phone_and_passes_axe(visits: Visits) -> None:
    pages = addresses(visits.server.app)
    assert len(pages) > 70
    page = visits.open(pages[0], user="olga", **NARROW)
    wrong = [text for address in pages for text in wrong_with(page, address)]
    assert wrong == [], "\n\n".join(wrong)


def test_the_main_action_of_each_of_these_rooms_works_on_a_phone(visits: Visits) -> None:
    """An evaluation by link, a topic, an officer, a training, a text of the documentation."""
    app = visits.server.app
    with app.app_context():
        filled = known()
    held = f"/en/office/conferences/{filled.uuids['conference']}"
    room = "/en/office/conferences"
    visitor = visits.open(
        f"/en/evaluation?key={filled.secrets['conference_afterwards.open_']}", **NARROW
    )
    visitor.get_by_label("What was good?").fill("Die Gespräche in den Pausen")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("h1")).to_contain_text("Thank you")
    page = visits.open(f"{held}/topics/new", user="olga", **NARROW)
    page.locator("[name=title]").fill("Sprachmittlung am Abend")
    save(page)
    expect(page.locator("main")).to_contain_text("Sprachmittlung am Abend")
    page.goto(f"{room}/officers/new")
    page.locator("[name=ags]").select_option(label="Hilpoltstein")
    page.locator("[name=function]").fill("Beauftragte für Integration")
    save(page)
    expect(page.locator("main")).to_contain_text("Beauftragte für Integration")
    page.goto(f"{room}/training/new")
    page.locator("[name=title]").fill("Was Beauftragte wissen müssen")
    save(page)
    expect(page.locator("main")).to_contain_text("Was Beauftragte wissen müssen")
    page.goto(f"{held}/documentation")
    page.locator("[name=introduction]").fill("Zum ersten Mal kamen alle zusammen.")
    save(page)
    page.goto(f"{held}/documentation")
    expect(page.locator("[name=introduction]")).to_have_value("Zum ersten Mal kamen alle zusammen.")
    page.goto(f"{held}/timetable")
    titles = page.locator(".timetable__item h3").all_inner_texts()
    page.get_by_text("Begin anew with another programme").click()
    page.locator("[name=replace]").check()
    page.get_by_role("button", name="Start with this programme").click()
    expect(page.locator("h1")).to_have_text("The programme was replaced")
    fits(page)
    axe(page)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/timetable")
    assert page.locator(".timetable__item h3").all_inner_texts() == titles


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".flash, [role=status]").first).to_be_attached()


def test_two_at_the_same_part_of_minutes_see_each_other_and_keep_both_texts(
    visits: Visits,
) -> None:
    """The form of a refused save holds the version to save it with, whatever the browser kept."""
    with visits.server.app.app_context():
        minutes = known().uuids["conference_minutes.one"]
    room = f"/en/office/conferences/minutes/{minutes}"
    one = visits.open(f"{room}/supplement", user="olga", expected=("409",))
    one.locator("[name=title]").fill("Bus am Abend")
    one.get_by_role("button", name="Save", exact=True).click()
    one.get_by_role("link", name="Bus am Abend").first.click()
    one.wait_for_url("**/parts/*")
    other = visits.open(one.url, user="dana")
    other.locator("[name=text]").fill("Er fährt seit Mai.")
    save(other)
    one.locator("[name=text]").fill("Er fährt um 22 Uhr.")
    told = one.locator("#saved-meanwhile")
    expect(told).to_contain_text("dana@example.org saved this part on", timeout=20_000)
    one.get_by_role("button", name="Save", exact=True).click()
    expect(one.get_by_text("Er fährt seit Mai.").first).to_be_visible()
    one.get_by_role("button", name="Save both texts").click()
    one.wait_for_url("**/minutes/*")
    for said in ("Er fährt seit Mai.", "Er fährt um 22 Uhr."):
        expect(one.locator("main")).to_contain_text(said)
    expect(one.locator("h1")).to_have_text("Supplement")
