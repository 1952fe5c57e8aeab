"""Who goes into which working group: the least dissatisfaction of all together. Pure.

A flow of least cost (`flow.py`). A wish costs by its rank, quadratically by default: one third
choice is worse than two second ones.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from registry.conferences.flow import (
    COSTS,
    UNLISTED,
    Costs,
    Flow,
    Group,
    Node,
    Person,
    possible,
    rank_of,
)

__all__ = [
    "COSTS",
    "UNLISTED",
    "Assignment",
    "Costs",
    "Group",
    "Impossible",
    "Person",
    "Placed",
    "Shortfall",
    "assign",
]


@dataclass(frozen=True)
class Placed:
    person: str
    group: str
    rank: int | None  # from 1; None: not wished for


@dataclass(frozen=True)
class Assignment:
    """Who goes where, in the order people were given; `unplaced` has a reason for each."""

    placed: tuple[Placed, ...]
    unplaced: Mapping[str, str]  # person to "full", "organisation" or "nowhere"
    total_cost: int
    seed: int

    @property
    def worst(self) -> int | None:
        """Return the worst rank anybody has to take; None where somebody gets no wish at all."""
        ranks = [each.rank for each in self.placed]
        return None if None in ranks else max((rank for rank in ranks if rank), default=1)


@dataclass(frozen=True)
class Shortfall:
    """A minimum that nothing can meet: how many could be there at most, and what is in the way."""

    group: str
    minimum: int
    possible: int
    because: str  # "people", "organisations", "exclusions" or "others"


class Impossible(Exception):
    """The minimum sizes cannot all be met."""

    def __init__(self, shortfalls: Sequence[Shortfall]) -> None:
        super().__init__(", ".join(each.group for each in shortfalls))
        self.shortfalls = tuple(shortfalls)


def assign(
    people: Sequence[Person], groups: Sequence[Group], costs: Costs | None = None, *, seed: int = 0
) -> Assignment:
    """Return the assignment of least cost that places as many as possible.

    Among equally good ones the seed decides, not the alphabet. Raises Impossible where a minimum
    cannot be met, and ValueError for keys that repeat or a group that nobody knows.
    """
    _check(people, groups)
    costs = costs or Costs()
    shuffled, order = list(people), list(groups)
    random = Random(seed)  # noqa: S311 (to be repeated, not to be secret)
    random.shuffle(shuffled)
    random.shuffle(order)
    found = _within_shares(Flow(shuffled, order, costs))
    _refuse_shortfalls(people, groups, found)
    placed = tuple(
        Placed(each.key, found[each.key], rank_of(each, found[each.key]))
        for each in people
        if each.key in found
    )
    unplaced = {
        each.key: _reason(each, groups, Counter(found.values()))
        for each in people
        if each.key not in found
    }
    return Assignment(placed, unplaced, sum(costs.of(each.rank) for each in placed), seed)


def _within_shares(flow: Flow) -> dict[str, str]:
    """Solve, and again with a door wherever an organisation has got more than its share.

    What is best without a limit and keeps to it is best with it; few of them ever bind, and the
    network without all those doors is solved eight times as fast.
    """
    while True:
        flow.build()
        found = flow.solve()
        over = _over(flow, found)
        if not over:
            return found
        flow = Flow(flow.people, flow.groups, flow.costs, flow.doors | over)


def _over(flow: Flow, found: Mapping[str, str]) -> set[Node]:
    """Return organisation and group wherever a group has more of it than its share."""
    share = {group.key: group.share for group in flow.groups if group.share is not None}
    organisations = {each.key: each.organisation for each in flow.people}
    there = Counter((organisations[key], group) for key, group in found.items())
    return {
        (organisation, group)
        for (organisation, group), number in there.items()
        if organisation and number > share.get(group, number)
    }


def _reason(person: Person, groups: Sequence[Group], sizes: Mapping[str, int]) -> str:
    open_to = [group for group in groups if possible(person, group)]
    if not open_to:
        return "nowhere"
    full = all(g.maximum is not None and sizes.get(g.key, 0) >= g.maximum for g in open_to)
    return "full" if full else "organisation"


def _refuse_shortfalls(
    people: Sequence[Person], groups: Sequence[Group], found: Mapping[str, str]
) -> None:
    sizes = Counter(found.values())
    short = [group for group in groups if sizes[group.key] < group.minimum]
    if short:
        raise Impossible([_shortfall(people, group) for group in short])


def _shortfall(people: Sequence[Person], group: Group) -> Shortfall:
    """Say why: what this group could have if all others were away tells what is in the way."""
    able = [person for person in people if possible(person, group)]
    by_organisation = Counter(person.organisation for person in able)
    alone = by_organisation.pop("", 0)
    share = len(people) if group.share is None else group.share
    most = alone + sum(min(number, share) for number in by_organisation.values())
    if most >= group.minimum:
        because, most = ("others", most)
    elif len(people) < group.minimum:
        because = "people"
    else:
        because = "organisations" if len(able) >= group.minimum else "exclusions"
    return Shortfall(group.key, group.minimum, most, because)


def _check(people: Sequence[Person], groups: Sequence[Group]) -> None:
    known = {group.key for group in groups}
    for kind, keys in (("person", [p.key for p in people]), ("group", [g.key for g in groups])):
        twice = [key for key, number in Counter(keys).items() if number > 1]
        if twice:
            raise ValueError(f"{kind} given twice: {twice[0]}")
    for person in people:
        for key in {*person.wishes, *person.never, *filter(None, [person.fixed])} - known:
            raise ValueError(f"{person.key}: no group {key!r}")
    for group in groups:
        if group.maximum is not None and group.maximum < group.minimum:
            raise ValueError(f"{group.key}: the maximum is below the minimum")
