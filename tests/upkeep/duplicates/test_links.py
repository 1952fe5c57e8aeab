"""Merging two actors that others, or both of them, work with."""

from datetime import date
from typing import Any

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.core.db import db
from registry.network.links import queries
from registry.network.links.models import Cooperation
from registry.network.links.queries import LinkFilter
from registry.network.queries import load_state
from registry.network.state import Kind
from registry.network.trust import trust
from registry.upkeep.duplicates.merging import services
from tests.factories.actors import make_actor
from tests.factories.network import make_link
from tests.upkeep.duplicates.twins import address, merged

TODAY = date.today()


def ends() -> set[tuple[str, str, str]]:
    db.session.expire_all()
    return {
        (each.kind, str(each.source), str(each.target)) for each in db.session.query(Cooperation)
    }


def test_links_of_the_loser_become_those_of_the_winner(database: None) -> None:
    winner, loser, other = (make_actor(name=name) for name in ("A", "B", "C"))
    make_link(loser, other)
    make_link(other, loser, "referral")
    done = merged("actor", winner, loser)
    assert ends() == {("joint", "A", "C"), ("referral", "C", "A")}
    services.take_apart(CONSOLE, done.uuid)
    assert ends() == {("joint", "B", "C"), ("referral", "C", "B")}


def test_a_link_between_both_stays_behind_and_nothing_is_linked_with_itself(
    as_user: Any, pair: tuple[Actor, Actor]
) -> None:
    winner, loser = pair
    make_link(winner, loser)
    make_link(loser, winner, "referral")
    page = as_user("amal").get(address("actor", winner, loser)).text
    assert "Cooperation (" not in page
    merged("actor", winner, loser)
    assert load_state("09576", TODAY).links == ()
    assert queries.counts(CONSOLE, LinkFilter(), TODAY) == {"archived": 2}


def test_what_both_have_with_a_third_is_one_link_to_everybody_who_counts(database: None) -> None:
    winner, loser, other = (make_actor(name=name) for name in ("A", "B", "C"))
    make_link(winner, other)
    make_link(other, loser, by_target=1)
    make_link(loser, other, "referral")
    make_link(winner, other, "referral")
    merged("actor", winner, loser)
    state = load_state("09576", TODAY)
    assert state.graph([Kind.JOINT]).number_of_edges() == 1
    assert trust(state).asked == 0
    assert queries.load_between("joint", other.id, winner.id) is not None
    assert [str(each) for each in queries.load_of_actor(loser)] == ["B – C"]
