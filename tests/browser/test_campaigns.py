"""A campaign as people meet it: the answer page on a phone without scripts, the office's lists."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.core import tokens
from registry.core.db import db
from registry.upkeep.campaigns import queries
from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.actors import PLACE, make_actor
from tests.factories.campaigns import CONTACT, LONG_AGO, TODAY, key_of, request_of, start_campaign
from tests.factories.offers import make_offer

OpenPage = Callable[..., Page]
NUMBER = "09171 4711"


@dataclass(frozen=True)
class Asked:
    """The path of the link that an actor with a course got in a running campaign."""

    path: str
    name: str


@pytest.fixture
def asked(live_server: LiveServer) -> Iterator[Asked]:
    name = f"Lernhaus {uuid4().hex[:6]}"
    with live_server.app.app_context():
        actor = make_actor(name=name, contacts=[CONTACT], places=[PLACE], last_confirmed=LONG_AGO)
        start = (TODAY + timedelta(days=20)).isoformat()
        make_offer(actor, title={"de": "Nähkurs"}, runs=[{"starts_on": start}])
        campaign = start_campaign()
        key, uuid, own = key_of(request_of(campaign, actor)), campaign.uuid, actor.uuid
        db.session.remove()
    yield Asked(f"/de/confirm?{tokens.PARAMETER}={key}", name)
    with live_server.app.app_context():
        db.session.delete(queries.load_campaign(CONSOLE, uuid))
        actors.archive_actor(CONSOLE, own)
        db.session.commit()
        db.session.remove()


def test_an_actor_answers_on_a_telephone_without_scripts(open_page: OpenPage, asked: Asked) -> None:
    page = open_page(asked.path, phone=True, java_script_enabled=False)
    assert page.locator("h1").inner_text() == "Stimmen Ihre Einträge noch?"
    course = page.get_by_role("region", name="Nähkurs")
    course.get_by_label("Freie Plätze").select_option("few")
    course.get_by_label("stimmt noch").check()
    own = page.get_by_role("region", name=asked.name)
    own.get_by_text("Sagen, was sich geändert hat").click()
    own.get_by_role("group", name="Geschäftsstelle").get_by_label("Telefon").fill(NUMBER)
    page.get_by_role("button", name="Antworten absenden").click()
    expect(page.get_by_text("Danke. Ihre Antwort ist angekommen.")).to_be_visible()
    expect(course.get_by_text("beantwortet am")).to_be_visible()
    expect(own.get_by_label("etwas hat sich geändert")).to_be_checked()
    office = open_page("/de/office/confirmations/answers", user="amal")
    axe(office)
    office.get_by_role("button", name=re.compile(f"Änderung übernehmen.*{asked.name}")).click()
    expect(office.get_by_text(f"Erledigt: {asked.name}")).to_be_visible()
    office.get_by_role("button", name="Rückgängig").click()
    expect(office.get_by_text(NUMBER)).to_be_visible()
    office.get_by_role("button", name=re.compile(f"So lassen.*{asked.name}")).click()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_answer_page_fits_a_narrow_screen_and_axe_finds_nothing(
    open_page: OpenPage, asked: Asked, language: str
) -> None:
    page = open_page(
        asked.path.replace("/de/", f"/{language}/"), viewport={"width": 320, "height": 640}
    )
    for closed in page.locator("details").all():
        closed.locator("summary").click()
    fits(page)
    axe(page)


def test_a_mistake_is_named_beside_its_field(open_page: OpenPage, asked: Asked) -> None:
    page = open_page(asked.path, phone=True, expected=("422",))
    own = page.get_by_role("region", name=asked.name)
    own.get_by_text("Sagen, was sich geändert hat").click()
    own.get_by_label("Öffnungszeiten").fill("immer wenn Licht brennt")
    page.get_by_role("button", name="Antworten absenden").click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    expect(own.get_by_label("Öffnungszeiten")).to_have_value("immer wenn Licht brennt")


def test_a_link_that_opens_nothing_says_so_kindly(open_page: OpenPage) -> None:
    page = open_page("/de/confirm?key=abgeschnitten", phone=True, expected=("404",))
    expect(page.get_by_text("Dieser Link öffnet nichts").first).to_be_visible()
    axe(page)


def test_the_office_runs_a_campaign(open_page: OpenPage, asked: Asked) -> None:
    page = open_page("/de/office/confirmations", user="amal", phone=True)
    axe(page)
    page.get_by_role("link", name="Herbst").click()
    axe(page)
    page.get_by_role("link", name="Anrufliste").click()
    expect(page.get_by_role("heading", name=asked.name)).to_be_visible()
    axe(page)
    page.get_by_role("link", name=re.compile(f"Antwort eintragen.*{asked.name}")).click()
    axe(page)
    page.get_by_label("Gesagt von").fill("Empfang")
    page.get_by_role("region", name="Nähkurs").get_by_label("gibt es nicht mehr").check()
    page.get_by_role("button", name="Antworten eintragen").click()
    expect(page.get_by_text("Die Antwort ist eingetragen.")).to_be_visible()


def test_a_plan_shows_who_would_be_asked(open_page: OpenPage, asked: Asked) -> None:
    page = open_page("/de/office/confirmations/new", user="amal")
    axe(page)
    page.get_by_label("Name der Kampagne").fill("Probe")
    page.get_by_label("Alle Akteure fragen").check()
    page.get_by_role("button", name="Speichern und Vorschau").click()
    expect(page.get_by_role("link", name=re.compile("bekommen eine Mail"))).to_be_visible()
    axe(page)
    page.get_by_role("link", name=re.compile("werden nicht gefragt")).click()
    expect(page.get_by_role("row", name=re.compile(asked.name))).to_be_visible()
    page.get_by_role("button", name="Plan löschen").click()
    expect(page.get_by_text("Der Plan ist gelöscht.")).to_be_visible()
