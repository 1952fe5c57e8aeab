"""The first view of the map as links in its drawing: there before any script, and without. Pure."""

from dataclasses import dataclass
from math import cos, floor, hypot, log2, radians
from urllib.parse import urlencode

from registry.maps.drawing import WIDTH, Drawing
from registry.maps.viewport import Box, Cluster, Point, features
from registry.search.criteria import KM_PER_DEGREE
from registry.search.index.cells import Places

TILE = 256  # pixels
LEAST_KM = 0.2  # around a single place: more than the rounding of an address to 0.001°


@dataclass(frozen=True)
class Spot:
    """One or several places with hits: where in the drawing, how many, and the list of theirs."""

    x: float
    y: float
    count: int
    url: str


def first_view(places: Places, picture: Drawing, address: str) -> list[Spot]:
    """Return what lies in the picture; `address` is that of the list, without a place."""
    west, south, east, north = picture.bounds
    zoom = floor(log2(WIDTH * 360 / (TILE * (east - west))))
    drawn = features(places, Box(west, south, east, north), zoom)
    inside = (d for d in drawn if west <= d.lon <= east and south <= d.lat <= north)
    return [_spot(each, picture, address) for each in inside]


def _spot(drawn: Cluster | Point, picture: Drawing, address: str) -> Spot:
    x, y = picture.spot(drawn.lat, drawn.lon)
    count = drawn.count if isinstance(drawn, Cluster) else len(drawn.keys)
    near = {"near": f"{drawn.lat:.3f},{drawn.lon:.3f}", "radius_km": f"{_reach(drawn):.1f}"}
    return Spot(x, y, count, address + urlencode(near, safe=","))


def _reach(drawn: Cluster | Point) -> float:
    """Return a radius in kilometres that holds all places, rounded up."""
    if isinstance(drawn, Point):
        return LEAST_KM
    box = drawn.box
    north = max(box.north - drawn.lat, drawn.lat - box.south) * KM_PER_DEGREE
    east = max(box.east - drawn.lon, drawn.lon - box.west) * KM_PER_DEGREE
    return hypot(north, east * cos(radians(drawn.lat))) + LEAST_KM
