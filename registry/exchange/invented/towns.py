"""Where invented actors are: postcodes, each in a municipality, with the names of those around.

Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from registry.exchange.invented.phrases import Lot, Phrase, Said, plain
from registry.texts.translated import SOURCE

CELL = 0.2  # degrees
AROUND = 4  # municipalities before and after, in the order of postcodes


@dataclass(frozen=True)
class Town:
    """A postcode in its municipality; degrees are those of the postcode's middle."""

    ags: str
    name: str
    postcode: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Spot:
    """A town, its name as texts take it, and the names of its neighbours."""

    town: Town
    name: Phrase
    near: Lot[Said]


def nearest_towns(
    towns: Iterable[tuple[str, str, float, float]], postcodes: Iterable[tuple[str, float, float]]
) -> list[Town]:
    """Give every postcode to the nearest municipality; those far from any are left out."""
    cells: dict[tuple[int, int], list[tuple[str, str, float, float]]] = {}
    for town in towns:
        cells.setdefault(_cell(town[2], town[3]), []).append(town)
    found = []
    for code, lat, lon in postcodes:
        y, x = _cell(lat, lon)
        near = [t for i in (-1, 0, 1) for j in (-1, 0, 1) for t in cells.get((y + i, x + j), ())]
        if near:
            shrink = cos(radians(lat))
            best = min(near, key=lambda t: (t[2] - lat) ** 2 + ((t[3] - lon) * shrink) ** 2)
            found.append(Town(best[0], best[1], code, lat, lon))
    return found


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat / CELL), int(lon / CELL)


def spots(towns: Sequence[Town]) -> list[Spot]:
    """Return the towns with their neighbours: who has the next postcodes lies nearby."""
    names = {town.ags: plain({SOURCE: town.name}) for town in towns}
    place, said = {ags: place for place, ags in enumerate(names)}, list(names.values())
    found = []
    for town in towns:
        at = place[town.ags]
        around = said[max(at - AROUND, 0) : at] + said[at + 1 : at + 1 + AROUND] or said
        found.append(Spot(town, names[town.ags][SOURCE], Lot(around, [1] * len(around))))
    return found
