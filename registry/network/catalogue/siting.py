"""Where a further contact point would reach most people: the maximal covering location problem.

All ways of choosing are tried while they are few, as 3 of 40 places; beyond, the best single place
is taken again and again. Distances are beelines, which a bus does not follow, so three
alternatives are given instead of one answer. Source: Church and ReVelle, The Maximal Covering
Location Problem (1974).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, cos, hypot, radians

FEW = 10_000  # ways of choosing that are all tried
ALTERNATIVES = 3
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Spot:
    """A place by its key, in degrees (WGS 84), and how many persons there are in need of it."""

    key: str
    lat: float
    lon: float
    persons: int = 0


@dataclass(frozen=True)
class Choice:
    """Places to choose, and how many persons each reaches besides those before it."""

    sites: tuple[str, ...]
    gains: tuple[int, ...]

    @property
    def persons(self) -> int:
        return sum(self.gains)


@dataclass(frozen=True)
class Siting:
    """Up to three ways to choose, the best first; whether all ways were tried.

    `reached` is how many persons are within reach already, `total` how many there are.
    """

    choices: tuple[Choice, ...]
    exact: bool
    reached: int
    total: int


def siting(
    demand: Iterable[Spot],
    candidates: Iterable[Spot],
    present: Iterable[Spot] = (),
    *,
    sites: int = 1,
    reach_km: float = 10,
) -> Siting:
    """Return where so many further sites would reach most persons within so many kilometres."""
    wanted = [spot for spot in demand if spot.persons > 0]
    near = {spot.key for each in present for spot in _within(each, wanted, reach_km)}
    left = {spot.key: spot.persons for spot in wanted if spot.key not in near}
    reach = {
        each.key: frozenset(s.key for s in _within(each, wanted, reach_km) if s.key in left)
        for each in sorted(candidates, key=lambda spot: spot.key)
    }
    useful = {key: found for key, found in reach.items() if found}
    number = min(sites, len(useful))
    exact = comb(len(useful), number) <= FEW
    ways = _all(useful, left, number) if exact else _greedy(useful, left, number)
    total = sum(spot.persons for spot in wanted)
    return Siting(tuple(ways), exact, total - sum(left.values()), total)


def kilometres(one: Spot, other: Spot) -> float:
    """Return the beeline on a flat earth: right to metres within a district."""
    north = (one.lat - other.lat) * KM_PER_DEGREE
    east = (one.lon - other.lon) * KM_PER_DEGREE * cos(radians(one.lat))
    return hypot(north, east)


def _within(spot: Spot, others: Sequence[Spot], reach_km: float) -> list[Spot]:
    return [other for other in others if kilometres(spot, other) <= reach_km]


def _all(reach: dict[str, frozenset[str]], persons: dict[str, int], number: int) -> list[Choice]:
    if not number:
        return []
    best = sorted(
        combinations(reach, number),
        key=lambda sites: (
            -_reached(frozenset().union(*(reach[s] for s in sites)), persons),
            sites,
        ),
    )
    return [_choice(sites, reach, persons) for sites in best[:ALTERNATIVES]]


def _greedy(reach: dict[str, frozenset[str]], persons: dict[str, int], number: int) -> list[Choice]:
    """Begin with each of the best single places, then always take what reaches most besides."""
    first = sorted(reach, key=lambda key: (-_reached(reach[key], persons), key))[:ALTERNATIVES]
    made = []
    for start in first:
        sites, covered = [start], reach[start]
        while len(sites) < number:
            left = [key for key in reach if key not in sites]
            best = min(left, key=lambda key: (-_reached(reach[key] - covered, persons), key))
            sites, covered = [*sites, best], covered | reach[best]
        made.append(_choice(tuple(sites), reach, persons))
    return sorted(made, key=lambda choice: (-choice.persons, choice.sites))


def _choice(
    sites: tuple[str, ...], reach: dict[str, frozenset[str]], persons: dict[str, int]
) -> Choice:
    """Return the sites so that the one that reaches most comes first, with what each adds."""
    left, covered = list(sites), frozenset[str]()
    order, gains = [], []
    while left:
        best = min(left, key=lambda key: (-_reached(reach[key] - covered, persons), key))
        gains.append(_reached(reach[best] - covered, persons))
        covered |= reach[best]
        order.append(best)
        left.remove(best)
    return Choice(tuple(order), tuple(gains))


def _reached(keys: Iterable[str], persons: dict[str, int]) -> int:
    return sum(persons[key] for key in keys)
