"""Who goes into which working group: the least dissatisfaction of all together. Pure.

A flow of least cost (networkx) from people through "organisation in a group" to groups. A wish
costs by its rank, quadratically by default: one third choice is worse than two second ones. All
costs are whole numbers, because the algorithm is exact only with those. Minimum sizes are demands
of the groups' nodes; a limit is left out where there is none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import networkx as nx

COSTS = (0, 1, 4, 9)
UNLISTED = 25
Node = tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Somebody to be placed. `wishes` are keys of groups, the dearest first.

    `fixed` is the only group possible (a moderator, a move by hand), `never` are impossible ones.
    Who stands for no organisation fills nobody's share.
    """

    key: str
    organisation: str = ""
    wishes: tuple[str, ...] = ()
    fixed: str | None = None
    never: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """A group; None is no limit. `share` is how many of one organisation it takes."""

    key: str
    minimum: int = 0
    maximum: int | None = None
    share: int | None = 1


@dataclass(frozen=True)
class Costs:
    """What a wish of each rank costs; ranks beyond take the last, no wish takes `unlisted`."""

    ranks: tuple[int, ...] = COSTS
    unlisted: int = UNLISTED

    def of(self, rank: int | None) -> int:
        return self.unlisted if rank is None else self.ranks[min(rank, len(self.ranks)) - 1]


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


@dataclass
class _Flow:
    """The network to solve; `much` is dearer than any assignment of everybody.

    `doors` are pairs of organisation and group through which only the group's share can go.
    """

    people: Sequence[Person]
    groups: Sequence[Group]
    costs: Costs
    much: int
    doors: Set[Node]
    graph: "nx.DiGraph[Any]" = field(default_factory=nx.DiGraph)

    def build(self) -> None:
        total, promised = len(self.people), sum(group.minimum for group in self.groups)
        self.graph.add_node("start", demand=-total)
        self.graph.add_node("end", demand=total)
        # Whoever finds no place, and a minimum that is not met, are dear rather than impossible.
        self.graph.add_edge("start", "end", weight=self.much)
        self.graph.add_node("lack", demand=-promised)
        self.graph.add_edge("lack", "end", weight=0)
        for group in self.groups:
            self._add_group(group)
        for person in self.people:
            self._add_person(person)

    def _add_group(self, group: Group) -> None:
        here = ("group", group.key)
        self.graph.add_node(here, demand=group.minimum)
        self.graph.add_edge("lack", here, weight=self.much * (len(self.people) + 2))
        if group.maximum is None:
            self.graph.add_edge(here, "end", weight=0)
        elif group.maximum > group.minimum:
            self.graph.add_edge(here, "end", weight=0, capacity=group.maximum - group.minimum)

    def _add_person(self, person: Person) -> None:
        here = ("person", person.key)
        self.graph.add_edge("start", here, weight=0, capacity=1)
        free = person.fixed is None and not person.never and self._hall_is_dearest(person)
        for group in self.groups:
            rank = _rank(person, group.key)
            if _possible(person, group) and not (free and rank is None):
                door = self._door(person.organisation, group)
                self.graph.add_edge(here, door, weight=self.costs.of(rank), capacity=1)
        if free:
            hall = self._hall(person.organisation)
            self.graph.add_edge(here, hall, weight=self.costs.unlisted, capacity=1)

    def _hall_is_dearest(self, person: Person) -> bool:
        """Return whether no wish costs more than none, or its group would be cheaper unasked."""
        ranks = range(1, len(person.wishes) + 1)
        return max(map(self.costs.of, ranks), default=0) <= self.costs.unlisted

    def _hall(self, organisation: str) -> Node:
        """Return the node from which people of an organisation get where they did not wish to."""
        own = any((organisation, group.key) in self.doors for group in self.groups)
        hall = ("hall", organisation if own else "")
        if hall not in self.graph:
            for group in self.groups:
                self.graph.add_edge(hall, self._door(hall[1], group), weight=0)
        return hall

    def _door(self, organisation: str, group: Group) -> Node:
        """Return the node through which people of an organisation come into a group."""
        if (organisation, group.key) not in self.doors:
            return ("group", group.key)
        door = ("door", organisation, group.key)
        self.graph.add_edge(door, ("group", group.key), weight=0, capacity=group.share)
        return door

    def solve(self) -> dict[str, str]:
        """Return the group of each person that has one."""
        flow = nx.min_cost_flow(self.graph)
        inside = (each.key for each in self.people if flow["start"]["person", each.key])
        return {key: self._followed(flow, ("person", key)) for key in inside}

    def _followed(self, flow: dict[Node, dict[Node, int]], node: Node) -> str:
        """Return the group somebody gets to; what leads there is used up by one."""
        while node[0] != "group":
            following = next(each for each, number in flow[node].items() if number)
            flow[node][following] -= 1
            node = following
        return node[1]


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
    dearest = max(*costs.ranks, costs.unlisted)
    much = (dearest + 1) * (len(people) + 1)
    found = _within_shares(_Flow(shuffled, order, costs, much, frozenset()))
    _refuse_shortfalls(people, groups, found)
    placed = tuple(
        Placed(each.key, found[each.key], _rank(each, found[each.key]))
        for each in people
        if each.key in found
    )
    unplaced = {
        each.key: _reason(each, groups, Counter(found.values()))
        for each in people
        if each.key not in found
    }
    return Assignment(placed, unplaced, sum(costs.of(each.rank) for each in placed), seed)


def _within_shares(flow: _Flow) -> dict[str, str]:
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
        flow = replace(flow, doors=flow.doors | over, graph=nx.DiGraph())


def _over(flow: _Flow, found: Mapping[str, str]) -> set[Node]:
    """Return organisation and group wherever a group has more of it than its share."""
    share = {group.key: group.share for group in flow.groups if group.share is not None}
    organisations = {each.key: each.organisation for each in flow.people}
    there = Counter((organisations[key], group) for key, group in found.items())
    return {
        (organisation, group)
        for (organisation, group), number in there.items()
        if organisation and number > share.get(group, number)
    }


def _possible(person: Person, group: Group) -> bool:
    if person.fixed is not None:
        return group.key == person.fixed
    return group.key not in person.never


def _rank(person: Person, group: str) -> int | None:
    return person.wishes.index(group) + 1 if group in person.wishes else None


def _reason(person: Person, groups: Sequence[Group], sizes: Mapping[str, int]) -> str:
    open_to = [group for group in groups if _possible(person, group)]
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
    able = [person for person in people if _possible(person, group)]
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
