"""What can be said of a network of any size within seconds. Pure."""

from dataclasses import dataclass

import networkx as nx

from registry.network.analysis import COMPILED, Network, degree_centralization


@dataclass(frozen=True)
class Outline:
    """Figures whose cost grows with the links alone; `cutting` actors and `bridges` hold parts on.

    `largest` is how many actors the largest part has, `core` the most partners that everybody in
    some group has within it, `core_actors` how many they are. `partners` are the actors with most.
    """

    nodes: int
    edges: int
    mean_degree: float | None
    density: float
    centralization: float | None
    parts: int
    largest: int
    alone: int
    cutting: int
    bridges: int
    core: int
    core_actors: int
    partners: tuple[tuple[int, int], ...]


def outline(graph: Network, most: int = 20) -> Outline:
    """Return the outline of a simple undirected network, with its `most` linked actors."""
    degrees = dict(graph.degree())
    cores = nx.core_number(graph) if graph else {}
    sizes = [len(part) for part in nx.connected_components(graph)]
    core = max(cores.values(), default=0)
    count = len(graph)
    ranked = sorted(degrees, key=lambda actor: (-degrees[actor], actor))
    return Outline(
        nodes=count,
        edges=graph.number_of_edges(),
        mean_degree=sum(degrees.values()) / count if count else None,
        density=nx.density(graph),
        centralization=degree_centralization(degrees.values()),
        parts=sum(size > 1 for size in sizes),
        largest=max(sizes, default=0),
        alone=sum(size == 1 for size in sizes),
        cutting=sum(1 for _ in nx.articulation_points(graph)),
        bridges=len(set(nx.bridges(graph, backend=COMPILED))) if count else 0,
        core=core,
        core_actors=sum(each == core for each in cores.values()) if core else 0,
        partners=tuple((actor, degrees[actor]) for actor in ranked[:most]),
    )
