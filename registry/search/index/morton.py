"""Places in Morton order: near on the map is near in the order, and a map tile is one range. Pure.

A code is the web-mercator tile at level DEPTH whose column and row have their bits interleaved, so
code >> 2 * (DEPTH - level) is the tile of a coarser level.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

DEPTH = 26  # a tile is about 0.4 m wide in Germany
MAX_LATITUDE = 85.051128  # where the square of the mercator map ends
Codes = NDArray[np.uint64]
Shares = NDArray[np.float64]
# Every second bit from the right belongs to one number; in between it is spread in five steps.
_MASKS = [np.uint64(mask) for mask in (
    0x00000000FFFFFFFF, 0x0000FFFF0000FFFF, 0x00FF00FF00FF00FF,
    0x0F0F0F0F0F0F0F0F, 0x3333333333333333, 0x5555555555555555,
)]  # fmt: skip
_STEPS = [np.uint64(step) for step in (16, 8, 4, 2, 1)]


def shares(lat: Any, lon: Any) -> tuple[Shares, Shares]:
    """Return the share of the square map's width and height, from its north-west corner."""
    clipped = np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE))
    return (np.asarray(lon) + 180) / 360, (1 - np.arcsinh(np.tan(clipped)) / np.pi) / 2


def degrees(x: Any, y: Any) -> tuple[Shares, Shares]:
    """Return latitude and longitude of shares of the map."""
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * np.asarray(y)))))
    return lat, np.asarray(x) * 360 - 180


def tiles(lat: Any, lon: Any, level: int = DEPTH) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return column and row of the tile of a level in which each place lies."""
    across, down = shares(lat, lon)
    last = 2**level - 1
    column = np.clip(np.floor(across * 2**level), 0, last).astype(np.int64)
    return column, np.clip(np.floor(down * 2**level), 0, last).astype(np.int64)


def codes(lat: Any, lon: Any) -> Codes:
    """Return the code of each place."""
    return interleave(*tiles(lat, lon))


def interleave(column: Any, row: Any) -> Codes:
    """Return the code of each tile among those of its level."""
    return _spread(column) | (_spread(row) << np.uint64(1))


def parts(code: Codes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return column and row of each code."""
    return _gather(code), _gather(code >> np.uint64(1))


def _spread(value: Any) -> Codes:
    spread = np.asarray(value).astype(np.uint64)
    for step, mask in zip(_STEPS, _MASKS[1:], strict=True):
        spread = (spread | (spread << step)) & mask
    return spread


def _gather(code: Codes) -> NDArray[np.int64]:
    packed = code & _MASKS[-1]
    for step, mask in zip(reversed(_STEPS), reversed(_MASKS[:-1]), strict=True):
        packed = (packed | (packed >> step)) & mask
    return packed.astype(np.int64)


def ranges(west: int, north: int, east: int, south: int, level: int) -> list[tuple[int, int]]:
    """Return the codes of a rectangle of tiles (all four included) as ranges [start, end).

    The rectangle should be small: every tile is looked at.
    """
    columns, rows = np.meshgrid(np.arange(west, east + 1), np.arange(north, south + 1))
    found = np.sort(interleave(columns.ravel(), rows.ravel())).astype(np.int64)
    first = np.flatnonzero(np.diff(found, prepend=-2) != 1)
    last = np.append(first[1:], len(found)) - 1
    shift = 2 * (DEPTH - level)
    return [(int(a) << shift, (int(b) + 1) << shift)
            for a, b in zip(found[first], found[last], strict=True)]  # fmt: skip
