"""The hits on a map: how many places lie in each small square of a view. Pure.

A view is a rectangle of web-mercator tiles. Its squares ("cells") are tiles FINER levels deeper;
counting one is a subtraction of two ranks, whatever the filters are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.search.index import bits, morton
from registry.search.index.bits import Numbers, Ranks
from registry.search.index.index import Question
from registry.search.index.morton import Codes
from registry.search.index.slots import SlotTable

MAX_TILES = 128  # more of them are looked at as fewer larger ones


@dataclass(frozen=True)
class Tiles:
    """A rectangle of tiles of one level, all four edges included."""

    level: int
    west: int
    north: int
    east: int
    south: int

    @property
    def number(self) -> int:
        return (self.east - self.west + 1) * (self.south - self.north + 1)

    def edges(self) -> Codes:
        """Return starts and ends of ranges of codes with all of it, and more if it is huge."""
        level, edges = self.level, np.array([self.west, self.north, self.east, self.south])
        while (edges[2] - edges[0] + 1) * (edges[3] - edges[1] + 1) > MAX_TILES:
            level, edges = level - 1, edges >> 1
        west, north, east, south = edges.tolist()
        return np.array(morton.ranges(west, north, east, south, level), np.uint64).T

    def holds(self, code: Codes) -> NDArray[np.bool_]:
        """Return which codes lie in the rectangle."""
        column, row = morton.parts(code >> np.uint64(2 * (morton.DEPTH - self.level)))
        across = (self.west <= column) & (column <= self.east)
        return across & (self.north <= row) & (row <= self.south)


@dataclass(frozen=True)
class Cells:
    """Cells of one level with hits: code of the tile and number of places, in rising order."""

    level: int
    code: Codes
    count: Numbers


@dataclass(frozen=True)
class Spots:
    """Places with hits, in Morton order: ids and degrees; those of the same spot side by side."""

    place: Numbers
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    code: Codes

    def where(self, chosen: Any) -> "Spots":
        return Spots(self.place[chosen], self.lat[chosen], self.lon[chosen], self.code[chosen])

    def along_with(self, other: "Spots") -> "Spots":
        """Return both in one order."""
        both = Spots(
            np.concatenate([self.place, other.place]),
            np.concatenate([self.lat, other.lat]),
            np.concatenate([self.lon, other.lon]),
            np.concatenate([self.code, other.code]),
        )
        return both.where(np.lexsort((both.place, both.lon, both.lat, both.code)))


class Places:
    """The places at which a question has hits."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.slots = [segment.slots for segment in question.index.segments]
        self.hits = [slots.everywhere(question.hits(n)) for n, slots in enumerate(self.slots)]
        self.base = self.slots[0]
        self.ranks = Ranks(self.base.places.having(self.hits[0]))
        self.fresh = self._fresh()

    def _fresh(self) -> Spots:
        """Return the places of the offers that changed lately, unless the base has them too."""
        found = _spots(self.base, np.zeros(0, np.int64))
        for slots, hits in zip(self.slots[1:], self.hits[1:], strict=True):
            there = bits.numbers(slots.places.having(hits))
            in_base = self.base.slots_at(slots.place[there])
            known = self.base.place[in_base[bits.has(self.hits[0], in_base)]]
            found = _spots(slots, there[~np.isin(slots.place[there], known)])
        return found

    def cells(self, tiles: Tiles, level: int) -> Cells:
        """Return the cells of a level in the rectangle that have hits."""
        starts, ends, codes = self._squares(tiles, level)
        counts = self.ranks.below(ends) - self.ranks.below(starts)
        fresh = self.fresh.code[tiles.holds(self.fresh.code)] >> shift(level)
        code = np.concatenate([codes[counts > 0], fresh])
        count = np.concatenate([counts[counts > 0], np.ones(len(fresh), np.int64)])
        if len(fresh):
            code, number = np.unique(code, return_inverse=True)
            count = np.bincount(number, count).astype(np.int64)
        return Cells(level, code, count)

    def _squares(self, tiles: Tiles, level: int) -> tuple[Numbers, Numbers, Codes]:
        """Return first slot, end and code of the cells of a rectangle that have any places."""
        starts, codes = self.base.squares(level)
        edges = tiles.edges() >> shift(level)
        chosen = _runs(*np.searchsorted(codes, edges))
        inside = chosen[tiles.holds(codes[chosen] << shift(level))]
        return starts[inside], starts[inside + 1], codes[inside]

    def spots(self, tiles: Tiles) -> Spots:
        """Return every place with hits in the rectangle."""
        both = self._joined(tiles.edges(), self.fresh)
        return both.where(tiles.holds(both.code))

    def spots_in(self, level: int, codes: Codes) -> Spots:
        """Return every place with hits in these cells, given in rising order."""
        edges = np.stack([codes, codes + np.uint64(1)]) << shift(level)
        return self._joined(
            edges, self.fresh.where(np.isin(self.fresh.code >> shift(level), codes))
        )

    def _joined(self, edges: Codes, fresh: Spots) -> Spots:
        """Return the places of the base in ranges of codes along with some of the fresh ones."""
        first, end = self.ranks.below(np.searchsorted(self.base.code, edges))
        base = _spots(self.base, self.ranks.member(_runs(first, end)))
        return base.along_with(fresh) if len(fresh.place) else base

    def offers_at(self, places: Numbers) -> dict[int, list[int]]:
        """Return the ids of the hits at each place."""
        found: dict[int, list[int]] = {}
        for slots, hits in zip(self.slots, self.hits, strict=True):
            there = slots.slots_at(places)
            there = there[bits.has(hits, there)]
            for place, offer in zip(
                slots.place[there].tolist(), slots.offer[there].tolist(), strict=True
            ):
                found.setdefault(place, []).append(offer)
        return found


def shift(level: int) -> np.uint64:
    """Return how far a code is shifted to give the tile of a level."""
    return np.uint64(2 * (morton.DEPTH - level))


def _runs(first: NDArray[Any], end: NDArray[Any]) -> Numbers:
    """Return the numbers of all ranges [first, end), one after the other."""
    length = end - first
    begin = np.cumsum(length) - length
    return np.repeat(first - begin, length) + np.arange(length.sum())


def _spots(slots: SlotTable, chosen: Numbers) -> Spots:
    return Spots(slots.place[chosen], slots.lat[chosen], slots.lon[chosen], slots.code[chosen])
