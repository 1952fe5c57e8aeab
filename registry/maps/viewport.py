"""What a map shows of many places in one view: clusters where they crowd, points elsewhere. Pure.

Cells are web-mercator tiles two zoom levels deeper than the view, a quarter of a tile wide; they
stay where they are while the view moves, so clusters do not jump.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, floor, pi, radians, tan
from typing import Self

MAX_LATITUDE = 85.051128  # where the square of the mercator map ends
MAX_ZOOM = 22
SINGLE_ZOOM = 16  # from here on only places at the very same coordinates stand together
DEEPER = 2
MAX_FEATURES = 2000
Cell = tuple[int, int]


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

    def holds(self, lat: float, lon: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        if self.crosses_antimeridian:
            return lon >= self.west or lon <= self.east
        return self.west <= lon <= self.east


@dataclass(frozen=True, order=True)
class Dot:
    """A place by its key, in degrees."""

    key: int
    lat: float
    lon: float


@dataclass(frozen=True)
class Cluster:
    """Several places near each other: their middle, and the box that shows them all."""

    lat: float
    lon: float
    count: int
    box: Box


@dataclass(frozen=True)
class Point:
    """One place, or several at the very same coordinates."""

    lat: float
    lon: float
    keys: tuple[int, ...]


def features(dots: Iterable[Dot], box: Box, zoom: int) -> list[Cluster | Point]:
    """Return what to draw in a view, always in the same order; too many draw as if further out."""
    inside = sorted(dot for dot in dots if box.holds(dot.lat, dot.lon))
    level = min(max(zoom, 0), MAX_ZOOM)
    drawn = _drawn(inside, level)
    while len(drawn) > MAX_FEATURES and level > 0:
        level = min(level, SINGLE_ZOOM) - 1
        drawn = _drawn(inside, level)
    return drawn


def _drawn(dots: list[Dot], zoom: int) -> list[Cluster | Point]:
    groups: dict[tuple[float, float], list[Dot]] = defaultdict(list)
    for dot in dots:
        groups[(dot.lat, dot.lon) if zoom >= SINGLE_ZOOM else cell(dot, zoom + DEEPER)].append(dot)
    return [_feature(group) for _key, group in sorted(groups.items())]


def _feature(dots: list[Dot]) -> Cluster | Point:
    lats, lons = [dot.lat for dot in dots], [dot.lon for dot in dots]
    box = Box(min(lons), min(lats), max(lons), max(lats))
    if box.west == box.east and box.south == box.north:
        return Point(box.south, box.west, tuple(dot.key for dot in dots))
    return Cluster(sum(lats) / len(dots), sum(lons) / len(dots), len(dots), box)


def cell(dot: Dot, zoom: int) -> Cell:
    """Return column and row of the web-mercator tile that a place lies in."""
    tiles = 2**zoom
    lat = min(max(dot.lat, -MAX_LATITUDE), MAX_LATITUDE)
    across = (dot.lon + 180) / 360
    down = (1 - asinh(tan(radians(lat))) / pi) / 2
    return _tile(across, tiles), _tile(down, tiles)


def _tile(share: float, tiles: int) -> int:
    return min(max(floor(share * tiles), 0), tiles - 1)


def _latitude(value: float) -> float:
    return min(max(value, -90.0), 90.0)


def _longitude(value: float) -> float:
    return value if -180 <= value <= 180 else (value + 180) % 360 - 180
