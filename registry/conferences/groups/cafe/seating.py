"""Who sits at which table of a World Café in which round, with who comes for whom. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from random import Random

from registry.conferences.rotation import repeated_pairs, rotate

Turn = Mapping[int, Sequence[str]]  # guests by table


@dataclass(frozen=True)
class Guest:
    key: str
    organisation: str = ""


def seated(
    guests: Sequence[Guest], tables: Sequence[int], rounds: int, seed: int
) -> list[dict[int, list[str]]]:
    """Return the guests of each table in each round; nobody sits at a table twice.

    People of one organisation begin at different tables. Raises ValueError for more rounds than
    tables.
    """
    ordered = _apart(guests, Random(seed))  # noqa: S311 (to be repeated, not to be secret)
    found = rotate(len(tables), rounds, len(ordered), seed=seed)
    return [
        {
            number: [ordered[each] for each in table]
            for number, table in zip(tables, turn, strict=True)
        }
        for turn in found.seating
    ]


def _apart(guests: Sequence[Guest], random: Random) -> list[str]:
    """Return the guests by organisation: neighbours in the list sit at different tables."""
    lots = list(guests)
    random.shuffle(lots)
    lots.sort(key=lambda each: each.organisation)
    parts = [list(part) for _name, part in groupby(lots, key=lambda each: each.organisation)]
    random.shuffle(parts)
    return [each.key for part in parts for each in part]


def repeated(turns: Sequence[Turn]) -> int:
    """Return how many pairs sit together more than once."""
    numbers: dict[str, int] = {}
    seating = [
        [[numbers.setdefault(key, len(numbers)) for key in table] for table in turn.values()]
        for turn in turns
    ]
    return repeated_pairs(seating)


def same_house(turns: Sequence[Turn], organisations: Mapping[str, str]) -> int:
    """Return how many pairs of one organisation sit together at least once."""
    met = {
        pair
        for turn in turns
        for table in turn.values()
        for pair in combinations(sorted(table), 2)
        if organisations.get(pair[0]) and organisations[pair[0]] == organisations.get(pair[1])
    }
    return len(met)


def joined(turns: Sequence[Turn], tables: Sequence[int], newcomers: Sequence[str]) -> list[Turn]:
    """Seat newcomers where fewest sit; they go round the tables, so they sit at none twice."""
    found = [{number: list(turn.get(number, ())) for number in tables} for turn in turns]
    for key in newcomers:
        begin = min(range(len(tables)), key=lambda first: _company(found, tables, first))
        for turn, table in enumerate(found):
            table[tables[(begin + turn) % len(tables)]].append(key)
    return list(found)


def _company(turns: Sequence[Turn], tables: Sequence[int], begin: int) -> int:
    places = (tables[(begin + turn) % len(tables)] for turn in range(len(turns)))
    return sum(len(turn[place]) ** 2 for turn, place in zip(turns, places, strict=True))
