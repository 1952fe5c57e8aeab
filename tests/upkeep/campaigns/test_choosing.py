"""Which functional contact an actor is asked at, and when it is not asked."""

from datetime import date, timedelta

import pytest

from registry.upkeep.campaigns.planning.choosing import (
    RECENTLY,
    Choice,
    Obstacle,
    Reachable,
    Why,
    choose,
)

TODAY = date(2026, 11, 24)


def contact(key: int, email: str | None = "", **uses: bool) -> Reachable:
    flags = {"invitations": False, "network": False, "public": False, **uses}
    address = f"c{key}@example.org" if email == "" else email
    return Reachable(key, "Leitung", address, "09171 1", **flags)


def chosen(*contacts: Reachable, blocked: dict[str, str] | None = None) -> Choice:
    return choose(contacts, blocked or {}, None, TODAY)


def test_the_contact_meant_for_invitations_comes_first() -> None:
    found = chosen(contact(1, public=True), contact(2, network=True), contact(3, invitations=True))
    assert found.contact is not None
    assert (found.contact.id, found.contact.why) == (3, Why.INVITATIONS)


def test_then_the_networks_then_the_public_one_then_any_in_the_actors_order() -> None:
    ranked = [contact(1), contact(2), contact(3, public=True), contact(4, network=True)]
    order = []
    while ranked:
        found = chosen(*ranked)
        assert found.contact is not None
        order.append(found.contact.id)
        ranked.remove(found.contact)
    assert order == [4, 3, 1, 2]


def test_a_contact_without_address_is_passed_over() -> None:
    found = chosen(contact(1, None, invitations=True), contact(2))
    assert found.contact is not None
    assert found.contact.id == 2


def test_without_any_address_the_actor_is_called() -> None:
    found = chosen(contact(1, None))
    assert (found.obstacle, found.asked) == (Obstacle.NO_ADDRESS, True)


def test_a_blocked_address_is_passed_over() -> None:
    one, two = contact(1, invitations=True), contact(2)
    found = chosen(one, two, blocked={"c1@example.org": "bounced"})
    assert found.contact == two


@pytest.mark.parametrize(
    ("reason", "obstacle"),
    [("bounced", Obstacle.BOUNCED), ("by_hand", Obstacle.SUPPRESSED)],
)
def test_an_actor_whose_only_address_is_blocked_is_called(reason: str, obstacle: Obstacle) -> None:
    found = chosen(contact(1), blocked={"c1@example.org": reason})
    assert (found.obstacle, found.asked) == (obstacle, True)


def test_an_objection_is_respected_even_where_another_address_is_known() -> None:
    found = chosen(contact(1, public=True), contact(2), blocked={"c1@example.org": "objected"})
    assert (found.obstacle, found.asked) == (Obstacle.OBJECTED, False)


def test_an_actor_that_was_just_asked_is_left_in_peace() -> None:
    just = TODAY - RECENTLY + timedelta(days=1)
    assert choose([contact(1)], {}, just, TODAY).obstacle is Obstacle.ASKED_RECENTLY
    assert choose([contact(1)], {}, TODAY - RECENTLY, TODAY).contact is not None
