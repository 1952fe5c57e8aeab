"""What is not merged: what belongs to others, makes no sense, or is no longer true."""

from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.core.db import db
from tests.factories.actors import make_actor
from tests.factories.forms import changed
from tests.factories.offers import make_offer
from tests.upkeep.duplicates.twins import DONE, PLACE, address, merged
from tests.upkeep.suggestions.visitors import filled

pytestmark = pytest.mark.usefixtures("no_csrf")


def test_offers_of_different_actors_wait_for_their_actors(
    as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    one, two = make_offer(pair[0]), make_offer(pair[1])
    amal = as_user("amal")
    form = filled(amal, address("offer", one, two))
    answer = amal.post(address("offer", one, two), data=form)
    assert answer.status_code == 422
    assert "merge the providers first" in answer.text
    assert two.status == Status.PUBLISHED


def test_a_refused_choice_changes_nothing(as_user: Any, database: None) -> None:
    one = make_offer(title="Kurs", level_from="A1", level_to="A2")
    two = make_offer(one.actor, title="Kurs!", level_from="B1", level_to="B2")
    amal = as_user("amal")
    form = {**filled(amal, address("offer", one, two))}
    form = {name: value for name, value in form.items() if not name.startswith("take.")}
    answer = amal.post(address("offer", one, two), data={**form, "take.level_from": "loser"})
    assert answer.status_code == 422
    assert "upper level" in answer.text
    db.session.expire_all()
    assert (one.level_from.key, two.status) == ("A1", Status.PUBLISHED)


@pytest.mark.parametrize("name", ["boris", "carla", "olga"])
def test_another_district_knows_neither_pair_nor_merge(
    as_user: Any, pair: tuple[Actor, Actor], name: str
) -> None:
    winner, loser = pair
    foreign = make_actor(name="Tafelladen", region="09573", places=[PLACE])
    made = merged("actor", foreign, make_actor(name="Tafel", region="09573"))
    made_here = merged("actor", winner, make_actor(name="Tafelei"))
    other = as_user(name)
    mixed = [(winner, loser), (foreign, loser), (loser, foreign)]
    for one, two in mixed:
        assert other.get(address("actor", one, two)).status_code == 404
        for step in ("", "/apart"):
            assert other.post(address("actor", one, two) + step).status_code == 404
    assert other.post(f"{DONE}/{made_here.uuid}/undo").status_code == 404
    assert as_user("amal").post(f"{DONE}/{made.uuid}/undo").status_code == 404
    assert as_user("amal").post(address("actor", winner, foreign)).status_code == 404
    assert loser.status == Status.PUBLISHED


def test_nonsense_in_the_address_does_not_exist(as_user: Any, pair: tuple[Actor, Actor]) -> None:
    winner, loser = pair
    amal = as_user("amal")
    for path in (address("user", winner, loser), address("actor", winner, winner)):
        assert amal.get(path).status_code == 404
        assert amal.post(path).status_code == 404
    assert amal.get(address("offer", winner, loser)).status_code == 404


def test_a_page_that_is_no_longer_true_merges_nothing(
    as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    amal = as_user("amal")
    form = filled(amal, address("actor", winner, loser))
    actors.confirm_actor(CONSOLE, loser.uuid, loser.created_at.date())
    db.session.commit()
    answer = amal.post(address("actor", winner, loser), data=form)
    assert answer.status_code == 409
    assert "Nothing was merged" in answer.text
    assert loser.status == Status.PUBLISHED
    fresh = changed(filled(amal, "", answer.text))
    assert amal.post(address("actor", winner, loser), data=fresh).status_code == 302


def test_hostile_names_stay_text(as_user: Any, database: None) -> None:
    hostile = '"><script>alert(1)</script>{{7*7}}'
    one, two = (make_actor(name=f"{hostile}{end}", places=[PLACE]) for end in ("", " e.V."))
    amal = as_user("amal")
    pages = [amal.get("/en/office/duplicates").text, amal.get(address("actor", one, two)).text]
    merged("actor", one, two)
    pages.append(amal.get(DONE).text)
    assert all("<script>alert" not in page and "{{7*7}}" in page for page in pages)
