"""What was typed beside what stands."""

import pytest

from registry.upkeep.campaigns.answers.amendments import (
    Unknown,
    changes,
    of_row,
    overtaken,
    turned,
)

STANDING = {"website": None, "contacts": [{"id": "a", "phone": "1", "email": None}]}


def test_only_what_differs_is_a_change() -> None:
    given = {"website": "", "contacts": [{"id": "a", "phone": "2", "email": ""}]}
    assert changes(STANDING, given) == {"contacts.a.phone": ["1", "2"]}


def test_what_was_left_out_stays() -> None:
    assert changes(STANDING, {"contacts": [{"id": "a", "email": None}]}) == {}


def test_a_detail_that_is_not_offered_is_ignored() -> None:
    assert changes(STANDING, {"name": "x", "contacts": [{"id": "a", "function": "x"}]}) == {}


def test_a_foreign_row_does_not_exist() -> None:
    with pytest.raises(Unknown):
        changes(STANDING, {"contacts": [{"id": "b", "phone": "2"}]})


def test_changes_turned_round_undo_themselves() -> None:
    made = {"contacts.a.phone": ["1", "2"]}
    assert turned(turned(made)) == made
    assert of_row(turned(made), "contacts", "a") == {"phone": "1"}


def test_a_change_is_overtaken_where_a_third_value_stands() -> None:
    made = {"contacts.a.phone": ["1", "2"], "website": [None, "https://example.org"]}
    now = {"website": None, "contacts": [{"id": "a", "phone": "3", "email": None}]}
    assert overtaken(made, now) == ["contacts.a.phone"]
