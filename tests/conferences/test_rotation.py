"""World Café: nobody sits at a table twice, and few meet again."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

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
        (7, 7, 40, 0),  # prime, with tables of five and of six
        (5, 3, 3, 0),  # fewer people than tables
        (6, 6, 11, 6),  # as many rounds as tables that are not prime
        (9, 4, 50, 0),
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


@pytest.mark.parametrize(
    ("tables", "rounds", "people", "shared"),
    [
        (5, 5, 23, 3),  # three guests more than there are ways from one table to another
        (4, 4, 12, 0),  # a power of a prime
        (4, 4, 16, 4),
        (9, 9, 72, 0),
        (8, 5, 60, 4),
        (12, 3, 132, 0),  # a product, for so many rounds as its smallest part
        (6, 3, 60, 30),  # every way found by the search is gone by two
        (2, 2, 6, 6),  # three on each way
    ],
)
def test_guests_meet_again_only_where_there_are_more_of_them_than_ways(
    tables: int, rounds: int, people: int, shared: int
) -> None:
    assert rotate(tables, rounds, people).repeated == shared


def turns(tables: int, people: int) -> Iterator[tuple[int, ...]]:
    """Yield every way for people to sit at tables of sizes that differ by one at most."""
    least, more = divmod(people, tables)
    for places in _places(tables, people, least + bool(more)):
        sizes = [places.count(table) for table in range(tables)]
        if sorted(sizes) == [least] * (tables - more) + [least + 1] * more:
            yield places


def _places(tables: int, people: int, most: int) -> Iterator[tuple[int, ...]]:
    if not people:
        yield ()
        return
    for before in _places(tables, people - 1, most):
        yield from ((*before, table) for table in range(tables) if before.count(table) < most)


def pairs(places: tuple[int, ...]) -> frozenset[tuple[int, int]]:
    numbered = combinations(enumerate(places), 2)
    return frozenset((one, other) for (one, here), (other, there) in numbered if here == there)


def fewest(tables: int, rounds: int, people: int) -> int:
    """Return how few pairs meet again in the best of all rotations, by trying every one."""
    known = {each: pairs(each) for each in turns(tables, people)}

    def best(before: list[tuple[int, ...]], met: set[Any], again: set[Any], least: int) -> int:
        if len(again) >= least or len(before) == rounds:
            return min(len(again), least)
        for each, company in known.items():
            if all(all(map(int.__ne__, each, other)) for other in before):
                least = best([*before, each], met | company, again | (company & met), least)
        return least

    firsts = {tuple(sorted(each)) for each in known}  # guests are alike at first
    return min(best([each], set(known[each]), set(), 999) for each in sorted(firsts))


@pytest.mark.parametrize(
    ("tables", "rounds", "people"),
    [(2, 2, 3), (2, 2, 5), (3, 2, 7), (3, 2, 8), (3, 3, 6), (3, 3, 7), (4, 2, 6), (4, 3, 6)],
)
def test_no_rotation_of_few_people_lets_fewer_meet_again(
    tables: int, rounds: int, people: int
) -> None:
    assert rotate(tables, rounds, people).repeated == fewest(tables, rounds, people)
