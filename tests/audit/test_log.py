"""The log: what stands there, who reads it, how it reads."""

from typing import Any

import pytest

from registry.actors import services as actors
from registry.audit.readable import Difference, differences
from registry.core.db import db
from registry.offers import services as offers
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

LOG = "/en/office/log"


def test_the_newest_change_stands_first(as_user: Any, cast: Cast) -> None:
    actor = make_actor(name="Anfang")
    actors.update_actor(cast.who("amal"), actor.uuid, actor.version, {"name": "Danach"})
    db.session.commit()
    page = as_user("amal").get(LOG).text
    assert page.index("Danach") < page.index(": created")
    assert '<del dir="auto">Anfang</del>' in page
    assert '<ins dir="auto">Danach</ins>' in page


def test_lists_say_what_came_and_what_went(as_user: Any, cast: Cast) -> None:
    offer = make_offer(fields=["advice"])
    change = {"fields": ["language"]}
    offers.update_offer(cast.who("amal"), offer.uuid, offer.version, change)
    db.session.commit()
    page = " ".join(as_user("amal").get(f"{LOG}?subject={offer.uuid}").text.split())
    assert "Fields of action" in page
    assert "added" in page
    assert "removed" in page
    assert "term_links" not in page


def test_the_log_of_one_entry_shows_nothing_else(as_user: Any) -> None:
    make_actor(name="Nicht gefragt")
    actor = make_actor(name="Gefragt", places=[PLACE])
    page = as_user("amal").get(f"{LOG}?subject={actor.uuid}").text
    assert "Gefragt" in page
    assert "Nicht gefragt" not in page


def test_the_editor_of_another_district_reads_none_of_it(as_user: Any) -> None:
    actor = make_actor(name="Aus Roth")
    assert "Aus Roth" not in as_user("boris").get(LOG).text
    assert "Aus Roth" not in as_user("boris").get(f"{LOG}?subject={actor.uuid}").text


def test_a_reader_may_not_open_the_log(as_user: Any) -> None:
    assert as_user("carla").get(LOG).status_code == 403


@pytest.mark.parametrize("query", ["?page=999999999", "?page=-1", "?subject=nix", "?page=abc"])
def test_odd_addresses_show_a_page_anyway(as_user: Any, query: str) -> None:
    assert as_user("amal").get(f"{LOG}{query}").status_code == 200


def test_texts_differ_by_language() -> None:
    changes = {"title": [{"de": "Alt", "en": "Same"}, {"de": "Neu", "en": "Same"}]}
    found = differences(changes, str.upper, lambda _name, text: text)
    assert found == [Difference("TITLE (de)", "Alt", "Neu")]


def test_rows_are_told_by_their_details() -> None:
    before = [{"uuid": "1", "name": "Haus", "lat": None}]
    after = [{"uuid": "1", "name": "Haus am Markt", "lat": None}]
    found = differences({"places": [before, after]}, str, lambda _name, text: text)
    assert found == [Difference("places", added=("name: Haus am Markt",), removed=("name: Haus",))]
