"""Who works with whom as a matrix. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from registry.network.drawing.scene import Bundle
from registry.network.state import COOPERATION, DIRECTED, Kind, Link, Node, Rule, State

MOST = 80  # actors that can be overlooked on one page


@dataclass(frozen=True)
class Matrix:
    """Actors in their order, and what links them by (row, column).

    Of one kind with a direction the row is the source; else both halves say the same.
    """

    actors: tuple[Node, ...]
    cells: Mapping[tuple[int, int], Bundle]
    directed: bool


def matrix(
    state: State, order: Sequence[int], kinds: Iterable[Kind] = COOPERATION, rule: Rule = Rule.ANY
) -> Matrix:
    """Return the matrix of a state's links of some kinds."""
    wanted = tuple(kinds)
    directed = DIRECTED.issuperset(wanted)
    found: dict[tuple[int, int], list[Link]] = {}
    for link in state.counting(wanted, rule):
        found.setdefault((link.source, link.target), []).append(link)
        if not directed:
            found.setdefault((link.target, link.source), []).append(link)
    cells = {
        ends: Bundle(tuple(sorted(links, key=lambda each: each.key)))
        for ends, links in found.items()
    }
    return Matrix(tuple(state.nodes[key] for key in order), cells, directed)


def by_category(state: State, categories: Sequence[str]) -> list[int]:
    """Return the actors by category, in the order of the categories, and by name."""
    place = {key: number for number, key in enumerate(categories)}
    return sorted(
        state.ordered,
        key=lambda key: (
            place.get(state.nodes[key].category or "", len(place)),
            state.nodes[key].name.casefold(),
            key,
        ),
    )


def by_core(graph: "nx.Graph[int]", state: State) -> list[int]:
    """Return the actors by part, the largest first, and in each from its core to its rim."""
    core = nx.core_number(graph)
    parts = {key: part for part in nx.connected_components(graph) for key in part}
    return sorted(
        state.ordered,
        key=lambda key: (
            -len(parts[key]),
            min(parts[key]),
            -core[key],
            -graph.degree[key],
            state.nodes[key].name.casefold(),
            key,
        ),
    )
