"""World Café: nobody sits at a table twice, and few meet again."""

from itertools import combinations

import pytest

from registry.conferences.rotation import rotate


@pytest.mark.parametrize(
    ("tables", "rounds", "people", "most"),
    [
        (5, 5, 20, 0),  # prime: by formula
        (7, 3, 37, 0),
        (6, 3, 30, 0),  # as many as there are ways between two tables
        (6, 3, 36, 6),  # six more than that
        (4, 4, 8, 6),
        (3, 2, 7, 1),
        (1, 1, 5, 0),
        (4, 2, 0, 0),
    ],
)
def test_a_rotation_is_fair_and_counts_who_meets_again(
    tables: int, rounds: int, people: int, most: int
) -> None:
    found = rotate(tables, rounds, people)
    assert [sorted(guest for table in turn for guest in table) for turn in found.seating] == [
        list(range(people))
    ] * rounds
    sizes = {len(table) for turn in found.seating for table in turn}
    assert max(sizes) - min(sizes) <= 1
    for number in range(tables):
        visitors = [guest for turn in found.seating for guest in turn[number]]
        assert len(visitors) == len(set(visitors))
    together = [
        {pair for table in turn for pair in combinations(sorted(table), 2)}
        for turn in found.seating
    ]
    met_again = {pair for one, other in combinations(together, 2) for pair in one & other}
    assert len(met_again) == found.repeated <= most


def test_more_rounds_than_tables_cannot_be() -> None:
    with pytest.raises(ValueError, match="twice"):
        rotate(3, 4, 12)


def test_the_same_seed_gives_the_same_tables() -> None:
    assert rotate(4, 2, 14, seed=5) == rotate(4, 2, 14, seed=5)
