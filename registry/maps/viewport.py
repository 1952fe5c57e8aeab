"""What a map shows of many places in one view: clusters where they crowd, points elsewhere. Pure.

A view is snapped to the tiles it touches, so that neighbours share an answer. Clusters are counted
in squares eight times finer than a cell, which is a quarter of a tile: their number is exact, their
middle and their box are right to a few pixels.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from registry.maps.grouping import Groups, grouped, middles
from registry.search.index import morton
from registry.search.index.cells import Cells, Places, Spots, Tiles, shift

MAX_ZOOM = 22
SINGLE_ZOOM = 16  # from here on only places at the very same coordinates stand together
DEEPER = 2  # levels from a view to its cells
FINER = 3  # levels from a cell to its squares
SQUARES = 2**FINER
MAX_FEATURES = 2000
MAX_CELLS = 4 * MAX_FEATURES  # more do not become few enough by joining neighbours
MAX_TILES = 1024  # no screen shows more
MAX_KEYS = 500  # places at the same coordinates that are a point in a wide view
SLACK = 2e-6  # degrees; a border given with six digits still belongs to the tile inside


@dataclass(frozen=True)
class Box:
    """A view in degrees. West may be greater than east: then it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def clamped(cls, west: float, south: float, east: float, north: float) -> Self:
        """Return the part of a box that is on earth; a map scrolled round it gives absurd ones."""
        if east - west >= 360:
            west, east = -180.0, 180.0
        return cls(_longitude(west), _latitude(south), _longitude(east), _latitude(north))

    @property
    def crosses_antimeridian(self) -> bool:
        return self.west > self.east


@dataclass(frozen=True)
class Cluster:
    """Several places near each other: their middle, and the box that shows them all."""

    lat: float
    lon: float
    count: int
    box: Box


@dataclass(frozen=True)
class Point:
    """One place, or several at the very same coordinates, by their internal ids."""

    lat: float
    lon: float
    keys: tuple[int, ...]


def features(places: Places, box: Box, zoom: int) -> list[Cluster | Point]:
    """Return what to draw in a view, always in the same order; too many draw as if further out."""
    level = level_of(box, zoom)
    drawn = _drawn(places, box, level)
    while drawn is None:
        level = min(level, SINGLE_ZOOM) - 1
        drawn = _drawn(places, box, level)
    return drawn


def level_of(box: Box, zoom: int) -> int:
    """Return the zoom at which a view is drawn; one that no screen shows is drawn further out."""
    level = min(max(zoom, 0), MAX_ZOOM)
    while sum(part.number for part in tiles(box, level)) > MAX_TILES:
        level -= 1
    return level


def tiles(box: Box, zoom: int) -> list[Tiles]:
    """Return the tiles a box touches: one rectangle or, across the antimeridian, two."""
    if not box.crosses_antimeridian:
        return [_rectangle(box, zoom)]
    left = _rectangle(replace(box, east=180.0), zoom)
    right = _rectangle(replace(box, west=-180.0), zoom)
    # In a wide view the two meet on the other side of the earth: then it is all around.
    meet = right.east >= left.west
    return [replace(left, west=0)] if meet else [left, right]


def _rectangle(box: Box, zoom: int) -> Tiles:
    lat = [box.north - SLACK, box.south + SLACK]
    lon = [box.west + SLACK, box.east - SLACK]
    (west, east), (north, south) = (edges.tolist() for edges in morton.tiles(lat, lon, zoom))
    return Tiles(zoom, min(west, east), min(north, south), max(west, east), max(north, south))


def _drawn(places: Places, box: Box, zoom: int) -> list[Cluster | Point] | None:
    """Return the features at a zoom, None if they are too many; a single tile never has."""
    drawn: list[Cluster | Point] = []
    for part in tiles(box, zoom):
        if zoom >= SINGLE_ZOOM:
            drawn += _points(places.spots(part))
        else:
            squares = places.cells(part, zoom + DEEPER + FINER)
            if len(np.unique(squares.code >> np.uint64(2 * FINER))) > MAX_CELLS:
                return None
            drawn += _clusters(places, squares)
    return drawn if len(drawn) <= MAX_FEATURES or not zoom else None


def _points(spots: Spots) -> list[Point]:
    """Return one point for all places at the very same coordinates."""
    moved = np.diff(spots.lat, prepend=np.nan) != 0
    start = np.flatnonzero(moved | (np.diff(spots.lon, prepend=np.nan) != 0))
    keys = np.split(spots.place, start[1:]) if len(start) else []
    return [
        Point(float(spots.lat[at]), float(spots.lon[at]), tuple(found.tolist()))
        for at, found in zip(start, keys, strict=True)
    ]


def _clusters(places: Places, squares: Cells) -> list[Cluster | Point]:
    """Join squares to clusters; one whose places share their coordinates is a point instead."""
    column, row = morton.parts(squares.code)
    x, y = (column + 0.5) / SQUARES, (row + 0.5) / SQUARES
    group = grouped(squares.code >> np.uint64(2 * FINER), x, y, squares.count)
    if not len(group):
        return []
    world = 2 ** (squares.level - FINER)
    across, down = middles(group, x, y, squares.count)
    lat, lon = morton.degrees(across / world, down / world)
    count = np.bincount(group, squares.count).astype(np.int64)
    boxes = _boxes(group, column, row, squares.level)
    points = _single(places, squares, group)
    return [
        points.get(number) or Cluster(*values, Box(*box))
        for number, (values, box) in enumerate(
            zip(zip(lat.tolist(), lon.tolist(), count.tolist(), strict=True), boxes, strict=True)
        )
    ]


def _boxes(
    group: Groups, column: NDArray[np.int64], row: NDArray[np.int64], level: int
) -> list[list[float]]:
    """Return west, south, east and north of all squares of each group."""
    size = int(group.max()) + 1
    low, high = np.full((2, size), 2**level), np.zeros((2, size), np.int64)
    for axis, place in enumerate((column, row)):
        np.minimum.at(low[axis], group, place)
        np.maximum.at(high[axis], group, place + 1)
    north, west = morton.degrees(low[0] / 2**level, low[1] / 2**level)
    south, east = morton.degrees(high[0] / 2**level, high[1] / 2**level)
    edges: list[list[float]] = np.stack([west, south, east, north], axis=1).tolist()
    return edges


def _single(places: Places, squares: Cells, group: Groups) -> dict[int, Point]:
    """Return the groups that are one point, whose places lie in one square anyway."""
    alone = np.flatnonzero((np.bincount(group)[group] == 1) & (squares.count <= MAX_KEYS))
    spots = places.spots_in(squares.level, squares.code[alone])
    square = spots.code >> shift(squares.level)
    first, end = (np.searchsorted(square, squares.code[alone], side) for side in ("left", "right"))
    # In Morton order, then by degrees: where the first and the last agree, all do.
    same = (spots.lat[first] == spots.lat[end - 1]) & (spots.lon[first] == spots.lon[end - 1])
    return {
        int(group[alone[n]]): _points(spots.where(slice(first[n], end[n])))[0]
        for n in np.flatnonzero(same).tolist()
    }


def _latitude(value: float) -> float:
    return min(max(value, -90.0), 90.0)


def _longitude(value: float) -> float:
    return value if -180 <= value <= 180 else (value + 180) % 360 - 180
