"""Joining what would overlap on a map. Pure.

Squares with places are first put together by the cell they lie in; cells stay where they are while
the view moves, so clusters do not jump. What still lies too close across the border of two cells
becomes one, until nothing does.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

TOO_CLOSE = 0.7  # of a cell's width, so that two markers do not cover each other
Groups = NDArray[np.int64]
Measures = NDArray[np.float64]


def grouped(cell: NDArray[Any], x: Measures, y: Measures, count: NDArray[Any]) -> Groups:
    """Return a group for each square, given its cell, its middle in cells, and its places."""
    group = np.unique(cell, return_inverse=True)[1]
    while True:
        pairs = _close(*middles(group, x, y, count))
        if not len(pairs):
            return group
        group = np.unique(_joined(pairs, int(group.max()) + 1)[group], return_inverse=True)[1]


def middles(
    group: Groups, x: Measures, y: Measures, count: NDArray[Any]
) -> tuple[Measures, Measures]:
    """Return the middle of each group."""
    weight = np.bincount(group, count)
    return np.bincount(group, x * count) / weight, np.bincount(group, y * count) / weight


def _close(x: Measures, y: Measures) -> Groups:
    """Return the pairs of groups that overlap, in order, the smaller number first."""
    order = np.argsort(x, kind="stable")
    across, down = x[order], y[order]
    found = [np.zeros((0, 2), np.int64)]
    # Along the map from west to east, with the neighbour, the next but one, and so on.
    for step in range(1, len(order)):
        apart = across[step:] - across[:-step]
        if not (apart < TOO_CLOSE).any():
            break
        near = np.flatnonzero(np.hypot(apart, down[step:] - down[:-step]) < TOO_CLOSE)
        found.append(np.sort(np.stack([order[near], order[near + step]], axis=1), axis=1))
    pairs = np.concatenate(found)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _joined(pairs: Groups, groups: int) -> Groups:
    """Return what each group becomes: itself, or a smaller one beside it that stays."""
    becomes = np.arange(groups)
    for kept, other in pairs.tolist():
        if becomes[kept] == kept and becomes[other] == other:
            becomes[other] = kept
    return becomes
