"""The figures of networks: a district beside plain networkx, larger ones beside the same."""

import networkx as nx

from benchmarks.registers import Sizes
from benchmarks.table import Row, Wanted
from benchmarks.timing import medians
from registry.network.analysis import figures
from registry.network.large.outline import outline

TIES = 5  # links for each actor


def measure(_sizes: Sizes) -> list[Row]:
    return [_district(), _exact(), _outline()]


def _graph(actors: int) -> "nx.Graph[int]":
    return nx.barabasi_albert_graph(actors, TIES, seed=1)


def _district() -> Row:
    graph = _graph(200)
    ours, theirs = medians(5, lambda: figures(graph), lambda: _plain(graph))
    wanted = Wanted("cost", 1)
    what = "All figures of a network (actors)"
    return Row(what, ours, theirs, "plain networkx", wanted, goal=7, offers=200)


def _exact() -> Row:
    graph = _graph(5000)
    ours, theirs = medians(1, lambda: figures(graph), lambda: nx.betweenness_centrality(graph))
    what, beside = "The same, betweenness exact (actors)", "betweenness in plain networkx"
    return Row(what, ours, theirs, beside, Wanted("gain", 20), goal=8, offers=5000)


def _outline() -> Row:
    graph = _graph(50_000)
    ours, theirs = medians(1, lambda: outline(graph), lambda: _linear(graph))
    what = "Outline of a large network (actors)"
    return Row(what, ours, theirs, "plain networkx", Wanted("cost", 1), goal=8, offers=50_000)


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
