"""The work desk: every number is that of the list it leads to, and of nothing foreign."""

import re
from datetime import date
from typing import Any

import pytest

from registry.actors.models import Status
from registry.desk.pages import GROUPS, WORDS
from registry.desk.tasks import SOURCES, tasks
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

TASK = re.compile(r'class="desk__task" href="([^"]+)"><span>([^<]+)</span><span[^>]*>([0-9.,]+)<')


def shown(client: Any) -> dict[str, tuple[str, int]]:
    """Return the address and the number of each task by its words."""
    page = client.get("/en/office").text
    return {words: (url.replace("&amp;", "&"), int(n)) for url, words, n in TASK.findall(page)}


@pytest.fixture
def some_entries(cast: Cast) -> None:
    for number in range(2):
        make_offer(title={"de": f"Ohne Zeiten {number}"})
    make_offer(status=Status.DRAFT)
    make_actor(name="Ohne Kontakt")
    fuerth = make_actor(region="09573", name="Fremd", places=[PLACE])
    make_offer(fuerth)


def test_every_number_is_that_of_the_list_it_leads_to(some_entries: None, as_user: Any) -> None:
    client = as_user("amal")
    due = shown(client)
    assert due["Offers without opening hours"][1] == 2
    assert due["Offers that are drafts"][1] == 1
    for address, number in due.values():
        if "/office/" in address:
            page = client.get(address).text
            found = re.search(r'role="status">(\d+) (?:entr|gap)', page)
            assert found
            assert int(found[1]) == number, address


def test_a_group_of_the_framework_without_an_actor_is_counted(cast: Cast, as_user: Any) -> None:
    before = shown(as_user("amal"))["Groups of the framework without an actor"][1]
    make_actor(category="police")
    assert shown(as_user("amal"))["Groups of the framework without an actor"][1] == before - 1


def test_whoever_keeps_one_actor_is_led_to_the_own_offers(cast: Cast, as_user: Any) -> None:
    cast.keeps(make_actor())
    answer = as_user("emil").get("/en/office")
    assert answer.status_code == 302
    assert answer.location.endswith("/en/office/offers")


def test_a_desk_with_nothing_to_do_says_so(cast: Cast, as_user: Any) -> None:
    assert "Nothing to do:" in as_user("amal").get("/en/office").text


def test_the_desk_asks_the_same_number_of_questions_however_much_is_due(
    some_entries: None, cast: Cast
) -> None:
    who = cast.who("amal")
    tasks(who, date.today())  # what this process knows of duplicates is brought up to date
    with count_queries() as few:
        tasks(who, date.today())
    for _more in range(2):
        make_offer()
    tasks(who, date.today())
    with count_queries() as more:
        tasks(who, date.today())
    assert len(few) == len(more) <= len(SOURCES) + 3


def test_every_line_of_the_desk_has_its_words_and_its_group() -> None:
    assert {source.key for source in SOURCES} == set(WORDS)
    assert {source.group for source in SOURCES} <= set(GROUPS)
