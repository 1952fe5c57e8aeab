"""Blackening: what goes, what stays."""

import pytest

from registry.privacy.marks import Person, addresses

PERSON = Person("Kim@Example.org", frozenset({"7"}))
MARK = PERSON.mark


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("write to kim@example.org.", f"write to {MARK}."),
        ("KIM@EXAMPLE.ORG", MARK),
        ("kim example org", MARK),
        ("joakim@example.org", "joakim@example.org"),
        ("kim@example.org.uk", "kim@example.org.uk"),
        ({"a": ["x", "kim@example.org"]}, {"a": ["x", MARK]}),
        ({"kim@example.org": 1}, {MARK: 1}),
        (
            {"uuid": "1", "email": "kim@example.org", "phone": "1", "publish": True},
            {"uuid": "1", "email": MARK, "phone": MARK, "publish": True},
        ),
        ({"uuid": "7", "phone": "1", "email": None}, {"uuid": "7", "phone": MARK, "email": None}),
        ({"uuid": "8", "phone": "1"}, {"uuid": "8", "phone": "1"}),
        (None, None),
        (5, 5),
    ],
)
def test_a_person_gives_way_to_a_mark(value: object, left: object) -> None:
    assert PERSON.scrubbed(value) == left
    assert PERSON.is_in(value) == (value != left)


def test_a_mark_does_not_say_whom_it_stands_for() -> None:
    assert "kim" not in MARK
    assert Person("other@example.org").mark != MARK


def test_addresses_are_found_in_texts_and_lists() -> None:
    value = {"a": "Kim <kim@example.org>, or (lee@example.org).", "b": ["x@y", 3]}
    assert list(addresses(value)) == ["kim@example.org", "lee@example.org"]
