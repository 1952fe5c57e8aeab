"""What waits for the office's decision goes along when entries are merged, and comes back."""

from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor, Status
from registry.actors.proposals.models import Proposal, State
from registry.core.db import db
from registry.offers import services as offers
from registry.upkeep.duplicates.merging import services
from registry.upkeep.reviewing import services as reviewing
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer
from tests.upkeep.duplicates.twins import PLACE, merged

pytestmark = pytest.mark.usefixtures("no_csrf")
NEW = {"name": "Neuer Standort", "city": "Roth"}


def waiting() -> Proposal:
    return db.session.query(Proposal).one()


def proposed(cast: Cast, actor: Actor, data: dict[str, Any]) -> Proposal:
    """Let Emil, who keeps the actor, propose a change of it."""
    cast.keeps(actor)
    db.session.commit()
    loaded = actors.ACTORS.load(data)
    actors.update_actor(cast.who("emil"), actor.uuid, actor.version, loaded)
    db.session.commit()
    return waiting()


def test_a_proposed_change_waits_for_the_winner_and_adds_to_what_it_has(
    cast: Cast, as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    place = {**PLACE, "name": "Lager", "id": str(loser.places[0].uuid)}
    proposed(cast, loser, {"website": "https://neu.example", "places": [place, NEW]})
    merged("actor", winner, loser)
    wish = waiting()
    assert (wish.subject_id, wish.label, wish.actor) == (winner.uuid, "Tafelladen", winner)
    page = as_user("amal").get(f"/en/office/review/{wish.uuid}").text
    assert "https://neu.example" in page
    reviewing.accept(cast.who("amal"), wish.uuid, winner.version)
    assert {each.name for each in winner.places} == {"Haus", "Lager", "Neuer Standort"}
    assert winner.website == "https://neu.example"


def test_it_waits_for_the_loser_again_when_they_are_taken_apart(
    cast: Cast, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    wish = proposed(cast, loser, {"places": [NEW]})
    before = (wish.subject_id, wish.label, wish.base, wish.data, wish.actor_id)
    made = merged("actor", winner, loser)
    assert len(wish.data["places"]) == 2
    services.take_apart(CONSOLE, made.uuid)
    db.session.commit()
    assert (wish.subject_id, wish.label, wish.base, wish.data, wish.actor_id) == before
    assert wish.state == State.WAITING


def test_what_somebody_decided_or_said_anew_meanwhile_stays(
    cast: Cast, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    wish = proposed(cast, loser, {"website": "https://neu.example"})
    made = merged("actor", winner, loser)
    reviewing.send_back(cast.who("amal"), wish.uuid, "Bitte prüfen")
    db.session.commit()
    services.take_apart(CONSOLE, made.uuid)
    assert (wish.subject_id, wish.state) == (winner.uuid, State.RETURNED)


@pytest.mark.parametrize("wanted", ["publish", "archive"])
def test_what_merging_settles_waits_no_longer_until_it_is_undone(cast: Cast, wanted: str) -> None:
    actor = make_actor(places=[PLACE])
    cast.keeps(actor)
    db.session.commit()
    emil = cast.who("emil")
    one = make_offer(actor)
    two = make_offer(actor, status=Status.DRAFT if wanted == "publish" else Status.PUBLISHED)
    if wanted == "publish":
        offers.submit_offer(emil, two.uuid)
    else:
        offers.archive_offer(emil, two.uuid)
    made = merged("offer", one, two)
    settled = State.WITHDRAWN if wanted == "publish" else State.ACCEPTED
    assert (waiting().state, waiting().subject_id) == (settled, two.uuid)
    services.take_apart(CONSOLE, made.uuid)
    assert (waiting().state, waiting().decided_at) == (State.WAITING, None)
    assert two.status == (Status.REVIEW if wanted == "publish" else Status.PUBLISHED)
