"""Who connects actors that have hardly any other contact.

Two figures must agree, because each by itself is led astray: betweenness (Freeman 1977) by links
that nobody reported, constraint and effective size (Burt, Structural Holes, 1992) by the mere
number of partners. Between groups counts who is their only contact (after Gould and Fernandez,
Structures of Mediation, 1989).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Any

import networkx as nx

from registry.network.analysis import Figures, Network

# A tenth of all shortest paths: with less, others stand in as well.
BETWEEN = 0.1
# Times the mean: in a circle everybody lies between others, and nobody stands out.
ABOVE = 2
# Groups of partners without ties between them: whoever knows but one group connects nothing.
GROUPS = 2
# Members of a group besides the one between: of fewer, the group is just that actor.
MEMBERS = 2
_DIGITS = 9


@dataclass(frozen=True)
class Broker:
    """An actor between others.

    `betweenness` is its share of the shortest paths (0 to 1), `constraint` how much its partners
    are tied to each other (less is freer), `effective_size` how many of them repeat nobody.
    """

    actor: Any
    betweenness: float
    constraint: float
    effective_size: float


@dataclass(frozen=True)
class Between:
    """The groups `one` and `other` have contact through this actor alone."""

    actor: Any
    one: str
    other: str


def brokers(graph: Network, known: Figures) -> tuple[Broker, ...]:
    """Return whom both figures take for a broker, the greatest first; `known` is of this graph."""
    sizes, standings = effective_sizes(graph), known.actors
    tied = [
        each.constraint
        for each in standings.values()
        if each.constraint is not None and each.degree >= GROUPS
    ]
    limit = round(median(tied), _DIGITS) if tied else 0.0
    shares = [each.betweenness_normalised for each in standings.values()]
    least = round(max(BETWEEN, ABOVE * sum(shares) / len(shares)) if shares else BETWEEN, _DIGITS)
    found = (
        Broker(actor, each.betweenness_normalised, each.constraint, sizes[actor])
        for actor, each in standings.items()
        if each.constraint is not None
        and round(each.betweenness_normalised, _DIGITS) >= least
        and round(each.constraint, _DIGITS) <= limit
        and sizes[actor] >= GROUPS
    )
    return tuple(sorted(found, key=lambda each: (-round(each.betweenness, _DIGITS), each.actor)))


def effective_sizes(graph: Network) -> dict[Any, float]:
    """Return by actor the number of partners less their mean number of ties to each other."""
    triangles: Any = nx.triangles(graph)
    return {
        actor: partners - 2 * triangles[actor] / partners if partners else 0.0
        for actor, partners in graph.degree()
    }


def only_contacts(
    graph: Network, groups: Mapping[Any, Iterable[str]], members: int = MEMBERS
) -> tuple[Between, ...]:
    """Return the pairs of groups that one actor alone connects, with that actor.

    Two groups have contact where an actor of one is linked with an actor of the other, belongs to
    both, or shares a partner with one. `groups` are those of each actor, which may be several.
    """
    of_actor = {actor: frozenset(groups.get(actor, ())) for actor in graph}
    around = {
        actor: {group for other in graph[actor] for group in of_actor[other]} for actor in graph
    }
    ways = _ways(graph, of_actor, around)
    return tuple(
        Between(actor, *pair)
        for pair in sorted(ways)
        for actor in [_alone(graph, of_actor, pair, ways[pair])]
        if actor is not None and _large(of_actor, pair, actor, members)
    )


Pair = tuple[str, str]
Groups = Mapping[Any, frozenset[str]]


def _ways(graph: Network, of_actor: Groups, around: Mapping[Any, set[str]]) -> dict[Pair, set[Any]]:
    """Return by pair of groups whoever lies between some of their actors, or belongs to both."""
    ways: dict[Pair, set[Any]] = {}
    for actor in graph:
        for pair in combinations(sorted(of_actor[actor] | around[actor]), 2):
            ways.setdefault(pair, set()).add(actor)
    return ways


def _alone(graph: Network, of_actor: Groups, pair: Pair, ways: set[Any]) -> Any | None:
    """Return the one actor without whom two groups have no contact, if there is one."""
    between = [actor for actor in sorted(ways) if _mediates(graph, of_actor, pair, actor)]
    if len(between) != 1:
        return None
    return None if _direct(graph, of_actor, pair, ways, between[0]) else between[0]


def _mediates(graph: Network, of_actor: Groups, pair: Pair, actor: Any) -> bool:
    """Return whether an actor has a partner in each of two groups, and not the same in both."""
    one = {other for other in graph[actor] if pair[0] in of_actor[other]}
    two = {other for other in graph[actor] if pair[1] in of_actor[other]}
    return bool(one and two) and len(one | two) > 1


def _direct(graph: Network, of_actor: Groups, pair: Pair, ways: set[Any], without: Any) -> bool:
    """Return whether two groups share an actor or a link even without one actor."""
    others = ways - {without}
    if any({*pair} <= of_actor[actor] for actor in others):
        return True
    return any(
        pair[0] in of_actor[one] and pair[1] in of_actor[other]
        for one in others
        for other in graph[one]
        if other != without
    )


def _large(of_actor: Groups, pair: Pair, without: Any, members: int) -> bool:
    sizes = (
        sum(group in own for actor, own in of_actor.items() if actor != without) for group in pair
    )
    return all(size >= members for size in sizes)
