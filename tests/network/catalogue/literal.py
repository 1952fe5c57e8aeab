"""Networks written out for tests: who works with whom, as both of them say."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from registry.network.analysis import Network
from registry.network.state import Kind, Link, Node, Said, State

DAY = date(2026, 11, 22)
YES, NO = Said(2, DAY), Said(0, DAY)


def state(
    actors: int, links: Iterable[tuple[int, int]], **facts: dict[int, tuple[str, ...]]
) -> State:
    """Return a network of actors 0, 1, 2 …, all asked and answered, whose links are confirmed.

    `facts` are details of nodes by actor, as fields={1: ("sport",)}.
    """
    nodes = {
        key: Node(
            key,
            f"k{key}",
            f"Akteur {key}",
            asked=True,
            answered=True,
            **{name: given[key] for name, given in facts.items() if key in given},
        )
        for key in range(actors)
    }
    return State("09576", DAY, nodes, tuple(link(*ends) for ends in links))


def link(
    source: int,
    target: int,
    by_source: Said | None = YES,
    by_target: Said | None = YES,
    kind: Kind = Kind.EXCHANGE,
) -> Link:
    return Link(f"{kind}-{source}-{target}", kind, source, target, by_source, by_target)


def of(graph: Network) -> State:
    """Return a graph whose actors are 0, 1, 2 … as a state."""
    return state(len(graph), graph.edges())


def clique(actors: Iterable[int]) -> list[tuple[int, int]]:
    return list(combinations(actors, 2))


STAR = state(6, [(0, other) for other in range(1, 6)])
CIRCLE = state(6, [(each, (each + 1) % 6) for each in range(6)])
EVERYBODY = state(5, clique(range(5)))
TWO_CLIQUES = state(8, [*clique(range(4)), *clique(range(4, 8)), (3, 4)])
APART = state(8, [*clique(range(4)), *clique(range(4, 8))])
EMPTY, ALONE = state(0, []), state(1, [])
