"""The figures of networks: a district beside plain networkx, larger ones beside the same."""

import networkx as nx

from benchmarks.registers import Sizes
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import medians, once
from registry.network.analysis import MANY, figures
from registry.network.large.outline import outline

TIES = 5  # links for each actor
LARGE, HUGE = 5_000, 50_000  # actors, which the goals are about; fewer in a small run


def measure(sizes: Sizes) -> list[Row]:
    figures(_graph(MANY))  # loads the compiled backend
    most = sizes.all[-1]
    return [_district(), _exact(min(LARGE, most // 20)), _outline(min(HUGE, most // 2))]


def _graph(actors: int) -> "nx.Graph[int]":
    return nx.barabasi_albert_graph(actors, TIES, seed=1)


def _district() -> Row:
    graph = _graph(200)
    ours, theirs = medians(5, lambda: figures(graph), lambda: _plain(graph))
    wanted = Wanted("cost", 1)
    what = "All figures of a network (actors)"
    return Row(what, ours, theirs, "plain networkx", wanted, goal=7, offers=200)


def _exact(actors: int) -> Row:
    graph = _graph(actors)
    ours, theirs = once(lambda: figures(graph), lambda: nx.betweenness_centrality(graph))
    what, beside = "The same, betweenness exact (actors)", "betweenness in plain networkx"
    wanted = Wanted("gain", 20, short_of(actors, LARGE, "actors"))
    return Row(what, ours, theirs, beside, wanted, goal=7, offers=actors)


def _outline(actors: int) -> Row:
    graph = _graph(actors)
    ours, theirs = once(lambda: outline(graph), lambda: _linear(graph))
    what = "Outline of a large network (actors)"
    return Row(what, ours, theirs, "plain networkx", Wanted("cost", 1), goal=8, offers=actors)


def _plain(graph: "nx.Graph[int]") -> None:
    nx.betweenness_centrality(graph)
    nx.constraint(graph)
    nx.core_number(graph)
    nx.transitivity(graph)
    set(nx.articulation_points(graph))
    set(nx.bridges(graph))
    list(nx.connected_components(graph))


def _linear(graph: "nx.Graph[int]") -> None:
    nx.core_number(graph)
    set(nx.articulation_points(graph))
    set(nx.bridges(graph))
    list(nx.connected_components(graph))
