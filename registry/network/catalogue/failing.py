"""What falls apart when one actor or one link falls away.

All sizes come from one walk through the network: a part hangs on an actor when no link leads from
it past that actor (Tarjan, Depth-First Search and Linear Graph Algorithms, 1972).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from registry.network.analysis import Network
from registry.network.state import COOPERATION, Kind, Rule, State


@dataclass(frozen=True)
class Failure:
    """Without `actor` its part of the network falls into `pieces` (sizes, greatest first)."""

    actor: Any
    pieces: tuple[int, ...]

    @property
    def lost(self) -> int:
        """Return how many lose the connection to the greatest piece."""
        return sum(self.pieces[1:])


@dataclass(frozen=True)
class Bridge:
    """A link without which `lost` actors (the smaller side) lose the connection to the others."""

    one: Any
    other: Any
    lost: int


@dataclass(frozen=True)
class Falling:
    """What happens when an actor falls away: its part of the network falls into `pieces`.

    The greatest comes first, each piece in its order. `alone` have no partner any more.
    """

    actor: int
    pieces: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]

    @property
    def cut_off(self) -> tuple[int, ...]:
        """Return who loses the connection to the greatest piece."""
        return tuple(key for piece in self.pieces[1:] for key in piece)


def falls_away(
    state: State, actor: int, kinds: Iterable[Kind] = COOPERATION, rule: Rule = Rule.ANY
) -> Falling:
    """Return what happens to the network when an actor falls away."""
    graph = state.graph(kinds, rule)
    partners = list(graph[actor])
    graph.remove_node(actor)
    pieces = {tuple(sorted(nx.node_connected_component(graph, each))) for each in partners}
    ordered = sorted(pieces, key=lambda piece: (-len(piece), piece))
    return Falling(actor, tuple(ordered), tuple(sorted(key for key in partners if not graph[key])))


def failing(graph: Network) -> tuple[Failure, ...]:
    """Return all actors without whom others lose the connection, the most harmful first."""
    hanging, whole = _hanging(graph)
    found = []
    for actor, parts in hanging.items():
        rest = whole[actor] - 1 - sum(parts)
        pieces = sorted((size for size in (*parts, rest) if size), reverse=True)
        if len(pieces) > 1:
            found.append(Failure(actor, tuple(pieces)))
    return tuple(sorted(found, key=lambda each: (-each.lost, each.actor)))


def bridges(graph: Network) -> tuple[Bridge, ...]:
    """Return all links without which others lose the connection, the most harmful first."""
    found = []
    walk = _Walk(graph)
    for actor, parent in walk.parents.items():
        if walk.low[actor] == walk.number[actor]:
            one, other = sorted((parent, actor))
            size = walk.sizes[actor]
            found.append(Bridge(one, other, min(size, walk.whole[actor] - size)))
    return tuple(sorted(found, key=lambda each: (-each.lost, each.one, each.other)))


def _hanging(graph: Network) -> tuple[dict[Hashable, list[int]], dict[Hashable, int]]:
    """Return by actor the sizes of the parts that hang on it alone, and of its whole part."""
    walk = _Walk(graph)
    hanging: dict[Hashable, list[int]] = {}
    for actor, parent in walk.parents.items():
        if walk.low[actor] >= walk.number[parent]:
            hanging.setdefault(parent, []).append(walk.sizes[actor])
    return hanging, walk.whole


class _Walk:
    """One walk through the network in depth.

    `number` is when an actor was reached, `parents` from whom, `low` the earliest number that a
    link from it or from what was reached through it leads back to, `sizes` how many were reached
    through it, itself included, and `whole` how many hang together with it.
    """

    def __init__(self, graph: Network) -> None:
        self.number: dict[Any, int] = {}
        self.parents: dict[Any, Any] = {}
        for before, actor, how in nx.dfs_labeled_edges(graph):
            if how == "forward":
                self.number[actor] = len(self.number)
                if before != actor:
                    self.parents[actor] = before
        self.low, self.sizes = dict(self.number), dict.fromkeys(self.number, 1)
        for actor in reversed(self.number):
            self._back(graph, actor)
        self.whole: dict[Any, int] = {}
        for actor in self.number:
            parent = self.parents.get(actor)
            self.whole[actor] = self.sizes[actor] if parent is None else self.whole[parent]

    def _back(self, graph: Network, actor: Any) -> None:
        """Note where an actor leads back to; all that were reached through it have been noted."""
        parent = self.parents.get(actor)
        for other in graph[actor]:
            if self.parents.get(other) == actor:
                self.low[actor] = min(self.low[actor], self.low[other])
            elif other != parent:
                self.low[actor] = min(self.low[actor], self.number[other])
        if parent is not None:
            self.sizes[parent] += self.sizes[actor]
