"""Where actors stand in the picture: near to those they work with. Pure, and the same every time.

Every part in which actors are linked is drawn so that distances on paper are like the number of
steps between actors (stress majorization, Gansner et al. 2004). It starts from a digest of each
actor's public key, never from chance or from the order of reading, so a changed link moves others
little. Parts stand side by side; actors without a link stand below, in rows of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from math import ceil, hypot, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

STEP = 140.0  # between two linked actors; all lengths are in units of the picture
CELL = (118.0, 58.0)  # what an actor with its name needs
GAP = 60.0
HOMING = 0.05
ROOM = 2.0  # times the space of all names
EVENED = 0.35  # 0 keeps distances, 1 puts everybody on a circle
TURNS, FEWEST_TURNS, EFFORT = 80, 12, 24_000  # with more actors, fewer turns
Spot = tuple[float, float]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """Actors without a link, in lines below the picture; `top` is where their heading stands."""

    name: str
    actors: tuple[int, ...]
    top: float


@dataclass(frozen=True)
class Layout:
    """Where everybody stands, from (0, 0) to (width, height)."""

    spots: Mapping[int, Spot] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    width: float = 0.0
    height: float = 0.0


Actors = tuple[tuple[int, str], ...]
Pairs = tuple[tuple[int, int], ...]
Apart = tuple[tuple[str, tuple[int, ...]], ...]


def layout(
    actors: Iterable[tuple[int, str]],
    pairs: Iterable[tuple[int, int]],
    apart: Mapping[str, Iterable[int]],
) -> Layout:
    """Return where actors (id and public key) stand; `apart` names groups drawn in rows below."""
    keyed = tuple(sorted(actors, key=lambda each: each[1]))
    order = {key: place for place, (key, _public) in enumerate(keyed)}
    rows = ((name, tuple(sorted(ids, key=order.__getitem__))) for name, ids in apart.items())
    return _laid_out(keyed, tuple(sorted(pairs)), tuple(row for row in rows if row[1]))


@lru_cache(maxsize=32)
def _laid_out(actors: Actors, pairs: Pairs, apart: Apart) -> Layout:
    keys = dict(actors)
    below = {each for _name, ids in apart for each in ids}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(key for key in keys if key not in below)
    graph.add_edges_from(pairs)
    parts = [sorted(part, key=keys.__getitem__) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), keys[part[0]]))
    spots, width, height = _packed([_part(graph, part, keys) for part in parts])
    wide = _width(width, height, len(below))
    moved = {key: (x + (wide - width) / 2, y) for key, (x, y) in spots.items()}
    return _with_rows(moved, wide, height, apart)


def _width(width: float, height: float, below: int) -> float:
    """Return how wide the whole is best, with so many in rows below: a sheet lies across."""
    rows = below * CELL[0] * CELL[1]
    return max(width, 6 * CELL[0], sqrt(1.45 * (width * height + rows)))


def _part(graph: "nx.Graph[int]", part: Sequence[int], keys: Mapping[int, str]) -> dict[int, Spot]:
    """Return where the actors of one connected part stand, from (0, 0) on."""
    starts = np.array([_start(keys[each]) for each in part])
    if len(part) == 1:
        placed = np.zeros((1, 2))
    else:
        adjacent: Matrix = np.asarray(
            nx.to_numpy_array(graph, nodelist=list(part)), dtype=np.float64
        )
        placed = _roomy(_unstressed(_steps(adjacent), starts) * STEP)
    placed = placed - placed.min(axis=0) + np.array(CELL) / 2
    return {each: (float(x), float(y)) for each, (x, y) in zip(part, placed, strict=True)}


def _start(key: str) -> Spot:
    """Return two numbers that belong to a key: the first from -1.3 to 1.3, as screens are wide."""
    digest = blake2b(key.encode(), digest_size=8).digest()
    x, y = (int.from_bytes(half, "big") / 2**31 - 1 for half in (digest[:4], digest[4:]))
    return 1.3 * x, y


def _steps(adjacent: Matrix) -> Matrix:
    """Return by pair the number of steps from one to the other; everybody is within reach."""
    found = np.where(adjacent > 0, 1.0, 0.0)
    reached = (found + np.eye(len(found))).astype(np.float32)
    steps = 1
    while not reached.all():
        steps += 1
        wider = ((reached @ adjacent.astype(np.float32) + reached) > 0).astype(np.float32)
        found[(wider > reached)] = steps
        reached = wider
    return found


def _unstressed(steps: Matrix, starts: Matrix) -> Matrix:
    """Return positions whose distances are like the steps, by stress majorization.

    Everybody is drawn a little to where it starts, so that pictures of two days are alike.
    """
    count = len(steps)
    weights = 1 / np.where(steps > 0, steps, 1) ** 2
    np.fill_diagonal(weights, 0)
    pull = np.diag(weights.sum(axis=1)) - weights
    homes = starts * steps.mean()
    home_pull = HOMING * weights.sum() / count
    inverse = np.linalg.inv(pull + 1 / count + home_pull * np.eye(count))
    placed = homes
    for _turn in range(max(FEWEST_TURNS, min(TURNS, EFFORT // count))):
        apart = _distances(placed)
        ratio = weights * steps / np.maximum(apart, 1e-9)
        push = np.diag(ratio.sum(axis=1)) - ratio
        placed = inverse @ (push @ placed + home_pull * homes)
    return placed


def _distances(placed: Matrix) -> Matrix:
    x, y = placed[:, 0], placed[:, 1]
    squared = (x[:, None] - x) ** 2
    squared += (y[:, None] - y) ** 2
    return np.sqrt(squared, out=squared)


def _roomy(placed: Matrix) -> Matrix:
    """Give the crowded middle more room and the rim less, so that every name finds a place."""
    placed = placed - placed.mean(axis=0)
    far = np.sqrt((placed**2).sum(axis=1, keepdims=True))
    placed *= (np.maximum(far, 1.0) / max(far.max(), 1.0)) ** -EVENED
    size = np.maximum(placed.max(axis=0) - placed.min(axis=0), CELL)
    needed = ROOM * len(placed) * CELL[0] * CELL[1]
    return _spread(placed * float(np.sqrt(needed / size.prod())))


def _spread(placed: Matrix) -> Matrix:
    """Push those apart whose names would cover each other, each as little as needed."""
    order = np.arange(len(placed)) * 1e-6  # of two at one spot, the later gives way to the right
    for _turn in range(TURNS):
        one, other = _close(placed)
        if not len(one):
            break
        between = placed[one] - placed[other]
        between[:, 0] += order[one] - order[other]
        lack = np.array(CELL) - np.abs(between)
        lack[np.arange(len(lack)), lack.argmax(axis=1)] = 0
        np.add.at(placed, one, 0.5 * lack * np.sign(between))
    return placed


def _close(placed: Matrix) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs that stand closer than a cell, each pair both ways."""
    by_x = np.argsort(placed[:, 0], kind="stable")
    x, y = placed[by_x].T
    reach = np.searchsorted(x, x + CELL[0]) - np.arange(len(x)) - 1
    one = np.repeat(np.arange(len(x)), reach)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(reach) - reach, reach)
    near = np.abs(y[one] - y[other]) < CELL[1]
    one, other = by_x[one[near]], by_x[other[near]]
    return np.concatenate([one, other]), np.concatenate([other, one])


def _packed(parts: Sequence[Mapping[int, Spot]]) -> tuple[dict[int, Spot], float, float]:
    """Set parts side by side in lines, the largest first; return the width and height as well."""
    sizes = [_size(part) for part in parts]
    area = sum((w + GAP) * (h + GAP) for w, h in sizes)
    most = max([w for w, _h in sizes] + [1.5 * sqrt(area)]) if sizes else 0.0
    spots: dict[int, Spot] = {}
    left = top = line = width = 0.0
    for part, (w, h) in zip(parts, sizes, strict=True):
        if left and left + w > most:
            left, top, line = 0.0, top + line + GAP / 2, 0.0
        spots |= {key: (x + left, y + top) for key, (x, y) in part.items()}
        width, line = max(width, left + w), max(line, h)
        left += w + GAP / 2
    return spots, width, top + line


def _size(part: Mapping[int, Spot]) -> Spot:
    xs, ys = zip(*part.values(), strict=True)
    return max(xs) + CELL[0] / 2, max(ys) + CELL[1] / 2


def _with_rows(spots: dict[int, Spot], width: float, height: float, apart: Apart) -> Layout:
    """Set those apart in lines below, each group under a heading of its own."""
    across = max(1, int(width // CELL[0]))
    rows = []
    for name, ids in apart:
        top = height + (GAP if height else GAP / 2)
        for place, key in enumerate(ids):
            line, column = divmod(place, across)
            spots[key] = ((column + 0.5) * CELL[0], top + (line + 0.8) * CELL[1])
        rows.append(Row(name, ids, round(top, 1)))
        height = top + (ceil(len(ids) / across) + 0.3) * CELL[1]
    rounded = {key: (round(x, 1), round(y, 1)) for key, (x, y) in spots.items()}
    return Layout(rounded, tuple(rows), round(width, 1), round(height, 1))


def distance(one: Spot, other: Spot) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
