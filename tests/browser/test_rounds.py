"""A survey of the network as an actor meets it: on a phone without scripts, and in Arabic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.core import tokens
from registry.core.db import db
from registry.network.rounds import queries
from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.rounds import asked_of, key_of, make_partner, start_round

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Survey:
    path: str
    partner: str


@pytest.fixture
def survey(live_server: LiveServer) -> Iterator[Survey]:
    mark = uuid4().hex[:6]
    with live_server.app.app_context():
        actor, partner = make_partner(f"Lernhaus {mark}"), make_partner(f"Turnverein {mark}")
        found = start_round()
        key, uuid = key_of(asked_of(found, actor)), found.uuid
        made, name = (actor.uuid, partner.uuid), partner.name
        db.session.remove()
    yield Survey(f"/de/partners?{tokens.PARAMETER}={key}", name)
    with live_server.app.app_context():
        db.session.delete(queries.load_round(CONSOLE, uuid))
        for each in made:
            actors.archive_actor(CONSOLE, each)
        db.session.commit()
        db.session.remove()


def test_partners_are_named_on_a_telephone_without_scripts(
    open_page: OpenPage, survey: Survey
) -> None:
    page = open_page(survey.path, phone=True, java_script_enabled=False)
    page.get_by_role("searchbox").fill(survey.partner)
    page.get_by_role("button", name="Suchen").click()
    page.get_by_label(survey.partner).check()
    page.get_by_role("button", name="Mit den angehakten arbeiten wir zusammen").click()
    own = page.get_by_role("group", name=survey.partner)
    own.get_by_label("Wir tauschen Informationen aus").select_option("regelmäßig")
    page.get_by_role("button", name="Antwort absenden").click()
    expect(page.get_by_text("Danke. Ihre Antwort ist angekommen.")).to_be_visible()
    expect(own.get_by_label("Wir tauschen Informationen aus")).to_have_value("2")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_survey_fits_a_narrow_screen_filters_and_axe_finds_nothing(
    open_page: OpenPage, survey: Survey, language: str
) -> None:
    page = open_page(
        survey.path.replace("/de/", f"/{language}/"), viewport={"width": 320, "height": 640}
    )
    page.get_by_role("searchbox").fill(survey.partner)
    expect(page.locator(".choice:visible input[name=pick]")).to_have_count(1)
    page.get_by_label(survey.partner).check()
    page.locator("button[value=add]").click()
    fits(page)
    axe(page)
