"""How a network is built: in which parts, around which core, within and between which groups."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import networkx as nx

from registry.network.analysis import Figures, Network


@dataclass(frozen=True)
class Core:
    """The actors of the innermost group: each has at least `ties` partners within it."""

    ties: int
    actors: tuple[Any, ...]


@dataclass(frozen=True)
class Mixing:
    """How many links lead from group to group; `counts` holds each pair once, in order.

    A link of an actor with several groups counts in each of them, so the counts add up to more
    than there are links.
    """

    groups: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    def between(self, one: str, other: str) -> int:
        return self.counts.get((min(one, other), max(one, other)), 0)


def parts(graph: Network) -> tuple[tuple[Any, ...], ...]:
    """Return the parts without a link between them, of two actors or more, the greatest first."""
    found = (tuple(sorted(part)) for part in nx.connected_components(graph) if len(part) > 1)
    return tuple(sorted(found, key=lambda part: (-len(part), part)))


def core(known: Figures) -> Core:
    """Return the innermost group of a network; nobody where there is no link."""
    ties = max((each.core for each in known.actors.values()), default=0)
    actors = [actor for actor, each in known.actors.items() if each.core == ties > 0]
    return Core(ties, tuple(sorted(actors)))


def mixing(graph: Network, groups: Mapping[Any, Iterable[str]]) -> Mixing:
    """Return how many links there are within and between groups; an actor may be in several."""
    counts: Counter[tuple[str, str]] = Counter()
    for one, other in graph.edges():
        pairs = product(set(groups.get(one, ())), set(groups.get(other, ())))
        counts.update({(min(pair), max(pair)) for pair in pairs})
    present = {group for actor in graph for group in groups.get(actor, ())}
    return Mixing(tuple(sorted(present)), counts)
