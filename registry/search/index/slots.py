"""Where every offer and place has its bits. Pure.

A slot is one bit. An offer has one at its first place, where all its properties are kept, and one
at each further place; an offer without a public place has one behind all places. Slots follow each
other in Morton order of the places; those of one place stand side by side in one word of 64, so
that "is any offer there a hit?" is answered for all places by one addition.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.search.index import bits, morton
from registry.search.index.bits import ONE, Numbers, Words
from registry.search.index.morton import Codes
from registry.search.index.rows import Degrees, Rows

NOWHERE = np.uint64(4**morton.DEPTH)  # behind every place
Slots = NDArray[np.int32]


@dataclass(frozen=True)
class Places:
    """Slots of public places as one bit a place: `top` is a place's last slot, `rest` its others.

    `wide` are the places with more slots than a word has bits, as first and last slot.
    """

    top: Words
    rest: Words
    wide: tuple[tuple[int, int], ...]

    def having(self, hits: Words) -> Words:
        """Return the last slots of the places at which there is any hit.

        Adding `rest` to a place's hits carries into its last slot unless there are none.
        """
        found: Words = (((hits & self.rest) + self.rest) | hits) & self.top
        for first, last in self.wide:
            where = first + np.flatnonzero(bits.has(found, np.arange(first, last + 1)))
            spare = where[:-1]
            np.bitwise_and.at(found, spare >> 6, ~(ONE << (spare & 63).astype(np.uint64)))
        return found


class Lookup:
    """From an offer's id to its first slot, by a table over the ids in use."""

    def __init__(self, ids: Numbers, first: Numbers) -> None:
        self.lowest = int(ids.min()) if len(ids) else 0
        self.table = np.full(int(ids.max()) - self.lowest + 1 if len(ids) else 0, -1, np.int32)
        self.table[ids - self.lowest] = first

    def slot(self, offer: int) -> int:
        """Return the slot of one offer, -1 if it is not here."""
        place = offer - self.lowest
        return int(self.table[place]) if 0 <= place < len(self.table) else -1

    def slots(self, offers: Numbers) -> Numbers:
        """Return the slots of those of the offers that are here."""
        place = np.asarray(offers, np.int64) - self.lowest
        inside = (place >= 0) & (place < len(self.table))
        found = self.table[place if inside.all() else place[inside]]
        return (found if (found >= 0).all() else found[found >= 0]).astype(np.int64)


@dataclass(frozen=True)
class SlotTable:
    """What each slot is: ids of offer and place (0 in gaps), degrees, and its link's number."""

    size: int
    offer: Numbers
    place: Numbers
    lat: Degrees
    lon: Degrees
    code: Codes
    link: Numbers
    first_of: Slots
    further: Slots
    places: Places
    _squares: dict[int, tuple[Numbers, Codes]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Rows) -> "SlotTable":
        return _table(rows)

    @cached_property
    def lookup(self) -> Lookup:
        first = bits.numbers(self.first())
        return Lookup(self.offer[first], first)

    @cached_property
    def _by_place(self) -> tuple[Numbers, Numbers]:
        order = np.argsort(self.place, kind="stable")
        return self.place[order], order

    def slots_at(self, places: Numbers) -> Numbers:
        """Return all slots of these places."""
        known, order = self._by_place
        wanted = np.unique(places)
        first, end = (np.searchsorted(known, wanted, side=side) for side in ("left", "right"))
        return np.concatenate([order[:0], *(order[a:b] for a, b in zip(first, end, strict=True))])

    def squares(self, level: int) -> tuple[Numbers, Codes]:
        """Return where each tile of a level begins that has slots (and the end), and its code."""
        if level not in self._squares:
            tile = self.code >> np.uint64(2 * (morton.DEPTH - level))
            start = np.flatnonzero(np.append(True, tile[1:] != tile[:-1])[: self.size])
            self._squares[level] = np.append(start, self.size), tile[start]
        return self._squares[level]

    def first(self) -> Words:
        """Return the slots at which offers have their properties."""
        mask = self.offer > 0
        mask[self.further] = False
        return bits.pack(mask)

    def everywhere(self, hits: Words) -> Words:
        """Return the hits with the further places of each of them."""
        if not len(self.further):
            return hits
        more = self.further[bits.has(hits, self.first_of[self.further])]
        return hits | bits.of(more, self.size)

    def offers_at(self, slots: NDArray[Any]) -> Words:
        """Return the first slots of the offers that these slots belong to."""
        return bits.of(self.first_of[slots], self.size)


def _table(rows: Rows) -> SlotTable:
    """Lay out links and the offers without any, in order, with gaps where a word would be split."""
    links = rows.links
    lonely = np.setdiff1d(rows.offer, links.offer, assume_unique=False)
    nothing = np.full(len(lonely), np.nan)
    offer = np.concatenate([links.offer, lonely])
    place = np.concatenate([links.place, np.zeros(len(lonely), np.int64)])
    lat, lon = np.concatenate([links.lat, nothing]), np.concatenate([links.lon, nothing])
    number = np.concatenate([np.arange(len(links.offer)), np.full(len(lonely), -1)])
    code = _codes(lat, lon)
    order = np.lexsort((offer, place, lon, lat, code))
    offer, place, code = offer[order], place[order], code[order]
    at, places = _positions(place, code)
    size = int(at[-1]) + 1 if len(at) else 0

    def laid(values: NDArray[Any], gap: Any) -> NDArray[Any]:
        out = np.full(size, gap, values.dtype)
        out[at] = values
        return out

    first_of, further = _first_of(offer, at, size)
    return SlotTable(
        size=size,
        offer=laid(offer, 0),
        place=laid(place, 0),
        lat=laid(lat[order], np.nan),
        lon=laid(lon[order], np.nan),
        code=np.maximum.accumulate(laid(code, 0)),
        link=laid(number[order], -1),
        first_of=first_of,
        further=further,
        places=places,
    )


def _codes(lat: Degrees, lon: Degrees) -> Codes:
    known = ~np.isnan(lat)
    code = np.full(len(lat), NOWHERE)
    code[known] = morton.codes(lat[known], lon[known])
    return code


def _positions(place: Numbers, code: Codes) -> tuple[Numbers, Places]:
    """Return the slot of each row, and the slots of each public place."""
    start = np.flatnonzero((np.diff(place, prepend=-1) != 0) | (place == 0))
    length = np.diff(np.append(start, len(place)))
    begin = _unsplit(start, length)
    at = np.repeat(begin - start, length) + np.arange(len(place))
    shown = code[start] < NOWHERE if len(start) else np.zeros(0, np.bool_)
    size = int(at[-1]) + 1 if len(at) else 0
    first, last = begin[shown], (begin + length - 1)[shown]
    wide = [(int(a), int(b)) for a, b in zip(first, last, strict=True) if a >> 6 != b >> 6]
    return at, _places(first, last, wide, size)


def _unsplit(start: Numbers, length: Numbers) -> Numbers:
    """Return where each place begins so that none that fits into a word is cut by its border."""
    gaps = np.zeros(len(start), np.int64)
    shift = 0
    for number in np.flatnonzero(length > 1).tolist():
        bit, wide = int(start[number]) + shift & 63, int(length[number])
        if bit + wide > 64 >= wide:
            gaps[number] = 64 - bit
            shift += 64 - bit
    return start + np.cumsum(gaps)


def _places(first: Numbers, last: Numbers, wide: list[tuple[int, int]], size: int) -> Places:
    """Mark the slots of places; one of several words ends in each of them."""
    ends = [np.arange(a | 63, b, 64) for a, b in wide]
    top = bits.of(np.concatenate([last, *ends]), size)
    edges = np.zeros(size + 1, np.int32)
    np.add.at(edges, first, 1)
    np.add.at(edges, last + 1, -1)
    return Places(top, bits.pack(np.cumsum(edges[:-1]) > 0) & ~top, tuple(wide))


def _first_of(offer: Numbers, at: Numbers, size: int) -> tuple[Slots, Slots]:
    """Return each slot's first slot of the same offer, and the slots that are not first."""
    order = np.argsort(offer, kind="stable")
    same = np.diff(offer[order], prepend=-1) == 0
    leader = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    first_of = np.arange(size, dtype=np.int32)
    first_of[at[order]] = at[order][leader]
    return first_of, np.sort(at[order][same]).astype(np.int32)
