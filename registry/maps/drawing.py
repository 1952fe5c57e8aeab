"""Outlines as GeoJSON for the map, and as SVG paths where there is no script. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

Geometry = dict[str, Any]
Bounds = tuple[float, float, float, float]
Position = tuple[float, float]
WIDTH = 400.0
GERMANY: Bounds = (5.87, 47.27, 15.04, 55.06)


def positions(geometry: Geometry) -> Iterator[Position]:
    """Return longitude and latitude of every corner of a Polygon or MultiPolygon."""
    return ((lon, lat) for ring in rings(geometry) for lon, lat in ring)


def rings(geometry: Geometry) -> Iterator[Sequence[Sequence[float]]]:
    found = geometry["coordinates"]
    polygons = [found] if geometry["type"] == "Polygon" else found
    return (ring for polygon in polygons for ring in polygon)


def bounds(geometries: Iterable[Geometry]) -> Bounds:
    """Return west, south, east, north of all of them; without any, of Germany."""
    corners = [corner for geometry in geometries for corner in positions(geometry)]
    if not corners:
        return GERMANY
    lons, lats = zip(*corners, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def middle(geometry: Geometry) -> Position:
    """Return longitude and latitude of the centre of mass of the largest ring, for its name."""
    moments = [_moment(ring) for ring in rings(geometry)]
    area, x, y = max(moments, key=lambda moment: abs(moment[0]))
    return round(x / (3 * area), 4), round(y / (3 * area), 4)


def _moment(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return twice the signed area, and six times the first moments about both axes."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return area, x, y


@dataclass(frozen=True)
class Shape:
    """A region as the picture shows it: its outline, and where its name stands."""

    ags: str
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A flat picture of bounds: degrees scaled so that a kilometre is as long both ways."""

    bounds: Bounds

    @property
    def height(self) -> float:
        _west, south, _east, north = self.bounds
        return round((north - south) * self._scale, 1)

    @property
    def _narrowing(self) -> float:
        return cos(radians((self.bounds[1] + self.bounds[3]) / 2))

    @property
    def _scale(self) -> float:
        west, _south, east, _north = self.bounds
        return WIDTH / ((east - west) * self._narrowing)

    def spot(self, lat: float, lon: float) -> Position:
        """Return x and y of a place."""
        west, _south, _east, north = self.bounds
        x = (lon - west) * self._narrowing * self._scale
        return round(x, 1), round((north - lat) * self._scale, 1)

    def shape(self, ags: str, name: str, geometry: Geometry) -> Shape:
        lon, lat = middle(geometry)
        return Shape(ags, name, self.path(geometry), *self.spot(lat, lon))

    def path(self, geometry: Geometry) -> str:
        """Return the value of an SVG path's `d`."""
        return "".join(self._ring(ring) for ring in rings(geometry))

    def _ring(self, ring: Sequence[Sequence[float]]) -> str:
        """Return a ring in whole units, each corner as seen from the one before: it is short."""
        corners = [tuple(round(each) for each in self.spot(lat, lon)) for lon, lat in ring]
        steps = ((x - a, y - b) for (a, b), (x, y) in pairwise(corners))
        return (
            f"M{corners[0][0]},{corners[0][1]}l"
            + " ".join(f"{x},{y}" for x, y in steps if x or y)
            + "z"
        )
