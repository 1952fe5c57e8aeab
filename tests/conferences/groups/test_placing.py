"""What an assignment gets of a conference, and what a round of groups lacks."""

from registry.conferences.assignment import Costs, Group, assign
from registry.conferences.groups.placing import (
    Gap,
    Guest,
    Lack,
    Led,
    bounds,
    gaps,
    people,
    result,
)


def placed(guests: list[Guest], groups: list[Group]) -> dict[str, str]:
    room = bounds(groups, guests)
    return {each.person: each.group for each in assign(people(guests, room), room).placed}


def test_a_move_by_hand_goes_beyond_the_share_and_lets_nobody_else_of_it_in() -> None:
    groups = [Group("a", share=1), Group("b", share=1)]
    guests = [
        Guest("one", organisation="x", group="a", by_hand=True),
        Guest("two", organisation="x", group="a", by_hand=True),
        Guest("three", organisation="x", wishes=("a", "b")),
        Guest("four", organisation="y", wishes=("a",)),
    ]
    assert placed(guests, groups) == {"one": "a", "two": "a", "three": "b", "four": "a"}


def test_who_was_moved_by_hand_stays_even_where_the_maximum_was_lowered() -> None:
    guests = [Guest(str(n), group="a", by_hand=True) for n in range(3)]
    assert placed(guests, [Group("a", maximum=2)]) == {"0": "a", "1": "a", "2": "a"}


def test_who_moderates_stays_where_they_moderate() -> None:
    guests = [Guest("one", leads="b", wishes=("a",), group="a", by_hand=True)]
    assert placed(guests, [Group("a"), Group("b")]) == {"one": "b"}


def test_who_said_no_wish_is_counted_but_adds_nothing_to_the_sum() -> None:
    guests = [
        Guest("one", wishes=("a", "b"), group="b"),
        Guest("two", wishes=("a",), group="b"),
        Guest("three", group="b"),
        Guest("four"),
    ]
    found = result(guests, Costs())
    assert (found.ranks, found.unasked, found.alone, found.cost) == ({0: 1, 2: 1}, 1, 1, 26)
    assert found.worst == 0


def test_what_a_round_lacks_names_the_group_and_both_numbers() -> None:
    led = [
        Led(Group("a", minimum=2, maximum=2), "A", moderator="Leitung"),
        Led(Group("b", minimum=2, maximum=2), "B", gone="Frau Kaya"),
        Led(Group("c", maximum=1), "C"),
    ]
    guests = [*(Guest(str(n), group="a") for n in range(3)), *(Guest(str(n)) for n in (3, 4, 5))]
    assert gaps(led, guests) == [
        Gap(Lack.MAXIMA, number=6, wanted=5),
        Gap(Lack.ABOVE, "A", 3, 2),
        Gap(Lack.BELOW, "B", 0, 2),
        Gap(Lack.GONE, "B", name="Frau Kaya"),
        Gap(Lack.MODERATOR, "C"),
    ]
    assert gaps(led, guests[:3])[0] == Gap(Lack.MINIMA, number=3, wanted=4)
