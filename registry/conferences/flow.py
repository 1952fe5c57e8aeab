"""The network whose cheapest flow is the best assignment of people to groups. Pure.

From people through "organisation in a group" to groups (networkx). All costs are whole numbers,
because the algorithm is exact only with those. Minimum sizes are demands of the groups' nodes; a
limit is left out where there is none.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

COSTS = (0, 1, 4, 9)
UNLISTED = 25
Node = tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Somebody to be placed. `wishes` are keys of groups, the dearest first.

    `fixed` is the only group possible (a moderator, a move by hand), `never` are impossible ones.
    Who stands for no organisation fills nobody's share. `present` is where they are already: among
    equally good assignments the one that moves fewest is taken.
    """

    key: str
    organisation: str = ""
    wishes: tuple[str, ...] = ()
    fixed: str | None = None
    never: frozenset[str] = frozenset()
    present: str | None = None


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


@dataclass
class Flow:
    """The network to solve.

    `doors` are pairs of organisation and group through which only the group's share can go.
    """

    people: Sequence[Person]
    groups: Sequence[Group]
    costs: Costs
    doors: Set[Node] = frozenset()
    graph: "nx.DiGraph[Any]" = field(default_factory=nx.DiGraph)

    @property
    def scale(self) -> int:
        """Return by how much a cost of one weighs more than all moves together."""
        return len(self.people) + 1 if any(each.present for each in self.people) else 1

    @property
    def much(self) -> int:
        """Return what is dearer than any assignment of everybody."""
        dearest = max(*self.costs.ranks, self.costs.unlisted) + 1
        return dearest * (len(self.people) + 1) * self.scale

    def build(self) -> None:
        total, promised = len(self.people), sum(group.minimum for group in self.groups)
        much = self.much
        self.graph.add_node("start", demand=-total)
        self.graph.add_node("end", demand=total)
        # Whoever finds no place, and a minimum that is not met, are dear rather than impossible.
        self.graph.add_edge("start", "end", weight=much)
        self.graph.add_node("lack", demand=-promised)
        self.graph.add_edge("lack", "end", weight=0)
        for group in self.groups:
            self._add_group(group, much)
        for person in self.people:
            self._add_person(person)

    def _add_group(self, group: Group, much: int) -> None:
        here = ("group", group.key)
        self.graph.add_node(here, demand=group.minimum)
        self.graph.add_edge("lack", here, weight=much * (len(self.people) + 2))
        if group.maximum is None:
            self.graph.add_edge(here, "end", weight=0)
        elif group.maximum > group.minimum:
            self.graph.add_edge(here, "end", weight=0, capacity=group.maximum - group.minimum)

    def _add_person(self, person: Person) -> None:
        here = ("person", person.key)
        self.graph.add_edge("start", here, weight=0, capacity=1)
        free = person.fixed is None and not person.never and self._hall_is_dearest(person)
        for group in self.groups:
            wanted = rank_of(person, group.key) is not None or person.present == group.key
            if possible(person, group) and (wanted or not free):
                door, weight = self._door(person.organisation, group), self._weight(person, group)
                self.graph.add_edge(here, door, weight=weight, capacity=1)
        if free:
            hall, weight = self._hall(person.organisation), self._weight(person)
            self.graph.add_edge(here, hall, weight=weight, capacity=1)

    def _weight(self, person: Person, group: Group | None = None) -> int:
        """Return what it costs; a move weighs less than the least difference of all costs."""
        key = group.key if group else ""
        moves = person.present not in (None, key)
        return self.costs.of(rank_of(person, key)) * self.scale + moves

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


def possible(person: Person, group: Group) -> bool:
    if person.fixed is not None:
        return group.key == person.fixed
    return group.key not in person.never


def rank_of(person: Person, group: str) -> int | None:
    return person.wishes.index(group) + 1 if group in person.wishes else None
