"""Exact betweenness in pieces: what the shortest paths from some actors add to all others. Pure.

The algorithm is Brandes' (A Faster Algorithm for Betweenness Centrality, 2001), one step of all
paths at a time on arrays. After some of the actors, in random order, the sum so far is an estimate
with an error (Brandes and Pich, Centrality Estimation in Large Networks, 2007); after all of them
it is the value itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.network.analysis import Network

Numbers = NDArray[np.int64]
Measures = NDArray[np.float64]
SURE = 1.96  # times the standard error: 95 of 100 such ranges hold the value


@dataclass(frozen=True)
class Lines:
    """Who is linked with whom, as the rows of a sparse matrix; actors are numbered in their order.

    The partners of actor `n` are `partners[starts[n]:starts[n + 1]]`.
    """

    actors: tuple[Any, ...]
    starts: Numbers
    partners: Numbers


@dataclass
class Sums:
    """What has been added up so far: of the paths from `done` actors, and of their squares."""

    done: int
    values: Measures
    squares: Measures

    @classmethod
    def none(cls, actors: int) -> "Sums":
        return cls(0, np.zeros(actors), np.zeros(actors))


@dataclass(frozen=True)
class Estimate:
    """Betweenness of every actor, not normalised, and by how much it may be wrong (95 %)."""

    values: Measures
    errors: Measures
    exact: bool


def lines(graph: Network) -> Lines:
    """Return an undirected simple network as arrays."""
    actors = tuple(sorted(graph))
    place = {actor: number for number, actor in enumerate(actors)}
    ends = np.array([(place[a], place[b]) for a, b in graph.edges()], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    both = np.concatenate([ends, ends[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    starts = np.zeros(len(actors) + 1, dtype=np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=len(actors)), out=starts[1:])
    return Lines(actors, starts, np.ascontiguousarray(both[:, 1]))


def order(actors: int, seed: int = 0) -> Numbers:
    """Return in which order actors are taken: by lot, so that the first few stand for all."""
    return np.random.default_rng(seed).permutation(actors)


def add(sums: Sums, net: Lines, sources: Iterable[int]) -> None:
    """Add what the shortest paths from some actors (numbers) say."""
    for source in sources:
        found = _from_one(net, int(source))
        sums.values += found
        sums.squares += found * found
        sums.done += 1


def estimate(sums: Sums) -> Estimate:
    """Return what is known so far; each path is found from both its ends, so half counts."""
    actors, done = len(sums.values), sums.done
    if not done:
        return Estimate(np.zeros(actors), np.full(actors, np.inf), exact=actors == 0)
    mean = sums.values / done
    spread = np.maximum(sums.squares / done - mean * mean, 0)
    left = (actors - done) / max(actors - 1, 1)  # nothing is unknown once all have been taken
    error = SURE * np.sqrt(spread / done * left) if done > 1 else np.full(actors, np.inf)
    return Estimate(mean * actors / 2, error * actors / 2, exact=done == actors)


def _from_one(net: Lines, source: int) -> Measures:
    """Return what lies on the shortest paths from one actor to all others."""
    actors = len(net.actors)
    distance = np.full(actors, -1, dtype=np.int64)
    ways = np.zeros(actors)
    distance[source], ways[source] = 0, 1
    front, steps = np.array([source]), list[tuple[Numbers, Numbers]]()
    while front.size:
        tails, heads = _links(net, front)
        onward = distance[heads] < 0
        tails, heads = tails[onward], heads[onward]
        distance[heads] = len(steps) + 1
        ways += np.bincount(heads, weights=ways[tails], minlength=actors)
        steps.append((tails, heads))
        front = np.flatnonzero(distance == len(steps))
    carried = np.zeros(actors)
    for tails, heads in reversed(steps):
        share = ways[tails] / ways[heads] * (1 + carried[heads])
        carried += np.bincount(tails, weights=share, minlength=actors)
    carried[source] = 0
    return carried


def _links(net: Lines, front: Numbers) -> tuple[Numbers, Numbers]:
    """Return both ends of all links that begin at some actors."""
    begin, size = net.starts[front], net.starts[front + 1] - net.starts[front]
    tails = np.repeat(front, size)
    within = np.arange(len(tails)) - np.repeat(np.cumsum(size) - size, size)
    return tails, net.partners[np.repeat(begin, size) + within]
