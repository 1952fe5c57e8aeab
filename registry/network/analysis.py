"""Figures of a network and of each actor in it: pure networkx, without web and database.

Density, in- and out-degree and betweenness follow the direction of the links where they have one;
everything else is about the simple undirected network: two actors are linked when either names the
other, and `edges` counts such pairs. Links of an actor to itself and repeated links do not count.

Sources: Freeman, Centrality in Social Networks (1978), for centralization; Burt, Structural Holes
(1992), for constraint; Wasserman and Faust, Social Network Analysis (1994), for the dyad census.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx

Network: TypeAlias = "nx.Graph[Any]"
MANY = (
    500  # actors; with fewer, handing the network to the compiled backend costs more than it saves
)
COMPILED = "rustworkx"


@dataclass(frozen=True)
class Standing:
    """How one actor stands in the network; None where the figure is not defined.

    `in_degree` and `out_degree` are numbers of actors that name it and that it names, `degree` the
    number of its partners, `betweenness` the sum of its shares of the shortest paths between
    others, `betweenness_normalised` the same from 0 to 1, `constraint` how much its partners are
    tied to each other (an actor without partners has none), `core` the largest k such that it
    belongs to a group in which everybody has k partners; without an `articulation` actor
    others lose the connection.
    """

    in_degree: int
    out_degree: int
    degree: int
    betweenness: float
    betweenness_normalised: float
    constraint: float | None
    core: int
    articulation: bool


@dataclass(frozen=True)
class Figures:
    """What is said of a network as a whole, and of each of its actors."""

    nodes: int
    edges: int
    density: float
    mean_degree: float | None
    degree_centralization: float | None
    betweenness_centralization: float | None
    dyad_reciprocity: float | None
    transitivity: float
    components: int
    bridges: int
    actors: Mapping[Hashable, Standing]


def figures(network: Network) -> Figures:
    """Return all figures of a network, directed or not, with parallel links or without."""
    links = simple(network)
    partners = undirected(links)
    standings = _standings(links, partners)
    degrees = [each.degree for each in standings.values()]
    count = len(standings)
    return Figures(
        nodes=count,
        edges=partners.number_of_edges(),
        density=nx.density(links),
        mean_degree=sum(degrees) / count if count else None,
        degree_centralization=degree_centralization(degrees),
        betweenness_centralization=betweenness_centralization(
            [each.betweenness_normalised for each in standings.values()]
        ),
        dyad_reciprocity=dyad_reciprocity(links),
        transitivity=nx.transitivity(partners),
        components=nx.number_connected_components(partners),
        bridges=sum(1 for _ in nx.bridges(partners)),
        actors=standings,
    )


def simple(network: Network) -> Network:
    """Return the network without repeated links and links to oneself; its direction stays."""
    made: Network = nx.DiGraph() if network.is_directed() else nx.Graph()
    made.add_nodes_from(network)
    made.add_edges_from((one, other) for one, other in network.edges() if one != other)
    return made


def undirected(links: Network) -> Network:
    """Return who is linked with whom, whichever of them says so."""
    made: Network = nx.Graph()
    made.add_nodes_from(links)
    made.add_edges_from(links.edges())
    return made


def degree_centralization(degrees: Iterable[int]) -> float | None:
    """Return how far one actor has more partners than all others: 1 for a star, 0 for a circle."""
    known = list(degrees)
    if len(known) < 3:
        return None
    highest, most = max(known), (len(known) - 1) * (len(known) - 2)
    return sum(highest - each for each in known) / most


def betweenness_centralization(normalised: Iterable[float]) -> float | None:
    """Return how far one actor lies between all others: 1 for a star, 0 where all are alike."""
    known = list(normalised)
    if len(known) < 3:
        return None
    highest = max(known)
    return sum(highest - each for each in known) / (len(known) - 1)


def dyad_reciprocity(links: Network) -> float | None:
    """Return the share of linked pairs in which each names the other; None where nobody could.

    This counts pairs. `networkx.overall_reciprocity` counts links, a mutual pair twice, and so
    gives more.
    """
    if not links.is_directed():
        return None
    pairs = {frozenset(link) for link in links.edges()}
    mutual = links.number_of_edges() - len(pairs)
    return mutual / len(pairs) if pairs else None


def betweenness(links: Network) -> dict[Any, float]:
    """Return exact betweenness, not normalised; the compiled backend gives the same, sooner."""
    faster = {"backend": COMPILED} if len(links) >= MANY else {}
    found: dict[Any, float] = nx.betweenness_centrality(links, normalized=False, **faster)
    return found


def constraints(partners: Network) -> dict[Any, float | None]:
    """Return Burt's constraint of each actor; None for one without partners.

    These are the figures of `networkx.constraint`, which adds up an actor's links anew for each
    pair of its partners and so takes a hundred times as long.
    """
    around = {actor: frozenset(partners[actor]) for actor in partners}
    return {actor: _constraint(own, around) if own else None for actor, own in around.items()}


def _constraint(own: frozenset[Any], around: Mapping[Any, frozenset[Any]]) -> float:
    """Return the sum over all partners of what is invested in each, directly and through others."""
    through = (sum(1 / len(around[third]) for third in own & around[other]) for other in own)
    return float(sum(((1 + indirect) / len(own)) ** 2 for indirect in through))


def _standings(links: Any, partners: Network) -> dict[Hashable, Standing]:
    between, constraint = betweenness(links), constraints(partners)
    core, cut = nx.core_number(partners), set(nx.articulation_points(partners))
    incoming, outgoing = (
        (links.in_degree, links.out_degree) if links.is_directed() else (links.degree, links.degree)
    )
    paths = (len(links) - 1) * (len(links) - 2) / (1 if links.is_directed() else 2)
    return {
        actor: Standing(
            in_degree=incoming[actor],
            out_degree=outgoing[actor],
            degree=partners.degree[actor],
            betweenness=between[actor],
            betweenness_normalised=between[actor] / paths if paths > 0 else 0.0,
            constraint=constraint[actor],
            core=core[actor],
            articulation=actor in cut,
        )
        for actor in links
    }
