"""The office's list of possible duplicates."""

from typing import Any

import pytest
from flask import Flask

from registry.access.policy import CONSOLE, Who
from registry.actors import services as actors
from registry.core.db import db
from registry.upkeep.duplicates import finding
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")
PLACE = {"name": "Haus", "street": "Weg 1", "postcode": "91154", "city": "Roth"}
LIST = "/en/office/duplicates"


def twins(name: str = "Tafelladen", **more: Any) -> Any:
    return (
        make_actor(name=name, places=[PLACE], **more),
        make_actor(name=f"{name} e.V.", places=[PLACE], **more),
    )


def count(who: Who) -> int:
    found = finding.counts(who)
    assert found is not None
    return sum(found.values())


def test_alike_entries_stand_side_by_side_with_reasons(as_user: Any) -> None:
    one, other = twins()
    make_actor(name="Frauenhaus", places=[PLACE])
    page = as_user("amal").get(LIST).text
    assert one.name in page
    assert other.name in page
    assert "same address" in page
    assert "Frauenhaus" not in page


def test_alike_offers_of_one_actor_are_found(as_user: Any) -> None:
    actor = make_actor(places=[PLACE])
    make_offer(actor, title="Sprachcafé")
    make_offer(actor, title="Sprach-Café")
    make_offer(actor, title="Nähkurs")
    page = as_user("amal").get(f"{LIST}?kind=offer").text
    assert "Sprach-Café" in page
    assert "same provider" in page
    assert "Nähkurs" not in page


def test_what_changes_is_compared_anew(cast: Cast) -> None:
    amal = cast.who("amal")
    one, other = twins()
    assert count(amal) == 1
    other.name = "Frauenhaus"
    db.session.commit()
    assert count(amal) == 0
    other.name = "Tafel-Laden"
    db.session.commit()
    assert count(amal) == 1
    actors.archive_actor(CONSOLE, one.uuid)
    db.session.commit()
    assert count(amal) == 0


def test_offers_of_actors_that_become_alike_are_compared(cast: Cast) -> None:
    one, other = make_actor(name="Tafel", places=[PLACE]), make_actor(name="Haus", places=[PLACE])
    for actor in (one, other):
        make_offer(actor, title="Ausgabe")
    assert count(cast.who("amal")) == 0
    other.name = "Tafel e. V."
    db.session.commit()
    assert count(cast.who("amal")) == 2


def test_told_apart_is_remembered(as_user: Any, cast: Cast) -> None:
    one, other = twins()
    answer = as_user("amal").post(f"{LIST}/actor/{other.uuid}/{one.uuid}/apart")
    assert answer.status_code == 302
    assert count(cast.who("amal")) == 0
    assert as_user("amal").post(f"{LIST}/actor/{one.uuid}/{other.uuid}/apart").status_code == 302


def test_only_pairs_of_the_own_regions_are_shown(cast: Cast, as_user: Any) -> None:
    twins()
    twins("Gästehaus", region="09573")
    make_actor(name="Tafelladen", places=[PLACE], region="09573")
    names = ("amal", "boris", "carla", "olga")
    assert [count(cast.who(name)) for name in names] == [1, 1, 0, 0]
    assert count(cast.who("dana")) == 4
    assert as_user("carla").get(LIST).status_code == 403


def test_who_keeps_one_actor_finds_no_list(as_user: Any, cast: Cast) -> None:
    cast.keeps(twins()[0])
    db.session.commit()
    assert as_user("emil").get(LIST).status_code == 403


@pytest.mark.parametrize("kind", ["actor", "offer"])
def test_the_list_asks_as_little_for_three_as_for_one(app: Flask, as_user: Any, kind: str) -> None:
    amal = as_user("amal")
    counted = []
    for names in (["Tafel"], ["Frauenhaus", "Jugendtreff"]):
        for name in names:
            one, _other = twins(name)
            for title in ("Kochen", "Kochen!"):
                make_offer(one, title=title)
        amal.get(f"{LIST}?kind={kind}")
        with count_queries() as seen:
            amal.get(f"{LIST}?kind={kind}")
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 10


def test_an_empty_list_says_what_belongs_here(as_user: Any) -> None:
    assert "No entries look alike here" in as_user("amal").get(LIST).text
