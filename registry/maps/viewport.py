"""What a map shows of many places in one view: clusters where they crowd, points elsewhere. Pure.

Cells are web-mercator tiles two zoom levels deeper than the view, a quarter of a tile wide; they
stay where they are while the view moves, so clusters do not jump. What would still overlap across
the border of two cells becomes one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, floor, hypot, pi, radians, tan
from typing import Self

MAX_LATITUDE = 85.051128  # where the square of the mercator map ends
MAX_ZOOM = 22
SINGLE_ZOOM = 16  # from here on only places at the very same coordinates stand together
DEEPER = 2
MAX_FEATURES = 2000
TOO_CLOSE = 0.7  # of a cell's width, so that two markers do not cover each other
Cell = tuple[int, int]
Dots = list["Dot"]


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
    inside: Dots = sorted(dot for dot in dots if box.holds(dot.lat, dot.lon))
    level = min(max(zoom, 0), MAX_ZOOM)
    drawn = _drawn(inside, level)
    while len(drawn) > MAX_FEATURES and level > 0:
        level = min(level, SINGLE_ZOOM) - 1
        drawn = _drawn(inside, level)
    return drawn


def _drawn(dots: Dots, zoom: int) -> list[Cluster | Point]:
    groups: dict[tuple[float, float], Dots] = defaultdict(list)
    for dot in dots:
        groups[(dot.lat, dot.lon) if zoom >= SINGLE_ZOOM else cell(dot, zoom + DEEPER)].append(dot)
    ordered = [group for _key, group in sorted(groups.items())]
    apart = ordered if zoom >= SINGLE_ZOOM else _merged(ordered, zoom + DEEPER)
    return [_feature(group) for group in apart]


def _merged(groups: list[Dots], zoom: int) -> list[Dots]:
    """Join each group to the first one before it that it would overlap."""
    kept: dict[Cell, Dots] = {}
    for group in groups:
        middle = _middle(group)
        column, row = cell(middle, zoom)
        around = [(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        near = (place for place in around if place in kept)
        close = next((c for c in near if _apart(_middle(kept[c]), middle, zoom) < TOO_CLOSE), None)
        kept.setdefault(close or (column, row), []).extend(group)
    return [sorted(group) for group in kept.values()]


def _middle(dots: Dots) -> Dot:
    lat = sum(dot.lat for dot in dots) / len(dots)
    return Dot(dots[0].key, lat, sum(dot.lon for dot in dots) / len(dots))


def _apart(one: Dot, other: Dot, zoom: int) -> float:
    """Return the distance on the map in cells."""
    (x1, y1), (x2, y2) = mercator(one), mercator(other)
    return hypot(x1 - x2, y1 - y2) * float(2**zoom)


def _feature(dots: Dots) -> Cluster | Point:
    lats, lons = [dot.lat for dot in dots], [dot.lon for dot in dots]
    box = Box(min(lons), min(lats), max(lons), max(lats))
    if box.west == box.east and box.south == box.north:
        return Point(box.south, box.west, tuple(dot.key for dot in dots))
    middle = _middle(dots)
    return Cluster(middle.lat, middle.lon, len(dots), box)


def cell(dot: Dot, zoom: int) -> Cell:
    """Return column and row of the web-mercator tile that a place lies in."""
    across, down = mercator(dot)
    return _tile(across, 2**zoom), _tile(down, 2**zoom)


def mercator(dot: Dot) -> tuple[float, float]:
    """Return a place's share of the square map's width and height, from its north-west corner."""
    lat = min(max(dot.lat, -MAX_LATITUDE), MAX_LATITUDE)
    return (dot.lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2


def _tile(share: float, tiles: int) -> int:
    return min(max(floor(share * tiles), 0), tiles - 1)


def _latitude(value: float) -> float:
    return min(max(value, -90.0), 90.0)


def _longitude(value: float) -> float:
    return value if -180 <= value <= 180 else (value + 180) % 360 - 180
