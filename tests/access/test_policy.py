"""Predicates and the evaluator; the table's contents are the policy itself, read it there."""

import pytest

from registry.access.permissions import Permission, Role
from registry.access.policy import (
    CONSOLE,
    POLICY,
    PUBLIC,
    Grant,
    Who,
    actors_of,
    may,
    regions_of,
    require,
)
from registry.core.errors import NotAllowed, NotFound


class Thing:
    def __init__(self, region: str, owner_id: int | None = None) -> None:
        self.region, self.owner_id = region, owner_id


EDITOR = Who("user", "amal", 1, (Grant(Role.EDITOR, "09576"),))
KEEPER = Who("user", "emil", 3, (Grant(Role.ACTOR_EDITOR, "09576", 7),))
READER = Who("user", "carla", 2, (Grant(Role.READER, "09576"),))


def test_every_permission_stands_in_the_policy() -> None:
    assert set(POLICY) == set(Permission)


def test_a_grant_covers_its_region_and_what_lies_below() -> None:
    assert may(EDITOR, Permission.OFFER_EDIT, Thing("09576"))
    assert may(EDITOR, Permission.OFFER_EDIT, Thing("09576143"))
    assert not may(EDITOR, Permission.OFFER_EDIT, Thing("09573"))
    assert not may(EDITOR, Permission.OFFER_EDIT, Thing("095"))


def test_whoever_may_read_is_told_that_the_right_is_missing() -> None:
    with pytest.raises(NotAllowed):
        require(READER, Permission.OFFER_EDIT, Thing("09576"))


def test_whoever_may_not_even_read_is_told_that_nothing_is_there() -> None:
    with pytest.raises(NotFound):
        require(EDITOR, Permission.OFFER_EDIT, Thing("09573"))
    with pytest.raises(NotFound):
        require(EDITOR, Permission.OFFER_READ, Thing("09573"))


def test_public_holds_no_right_at_all() -> None:
    assert not any(may(PUBLIC, permission, Thing("09576")) for permission in Permission)


def test_console_reads_everywhere() -> None:
    assert regions_of(CONSOLE, Permission.OFFER_READ) == ("",)


def test_regions_of_lists_only_where_the_right_is_held() -> None:
    assert regions_of(READER, Permission.OFFER_EDIT) == ()
    assert regions_of(EDITOR, Permission.OFFER_EDIT) == ("09576",)


def test_an_actor_editor_keeps_just_the_own_actor() -> None:
    assert may(KEEPER, Permission.OFFER_EDIT, Thing("09576", 7))
    assert not may(KEEPER, Permission.OFFER_EDIT, Thing("09576", 8))
    assert not may(KEEPER, Permission.OFFER_EDIT, Thing("09576"))


def test_an_actor_editor_holds_no_region() -> None:
    assert regions_of(KEEPER, Permission.OFFER_EDIT) == ()
    assert actors_of(KEEPER, Permission.OFFER_EDIT) == (7,)
    assert actors_of(EDITOR, Permission.OFFER_EDIT) == ()
    assert not may(KEEPER, Permission.AUDIT_READ, Thing("09576", 7))
