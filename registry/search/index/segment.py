"""The bits of a set of offers: one per value that can be filtered by, set at first slots. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.search.criteria import KM_PER_DEGREE, OPEN_TO_ALL, TERM_FILTERS, Spot
from registry.search.index import bits
from registry.search.index.bits import Numbers, Words
from registry.search.index.clock import Clock
from registry.search.index.lexicon import Lexicon
from registry.search.index.orders import Orders
from registry.search.index.rows import Rows, Terms, region_code, within
from registry.search.index.slots import SlotTable

SOON = timedelta(weeks=8)
KEPT_REGIONS = 4096


@dataclass(frozen=True)
class Values:
    """The sets of a filter's values, one row each."""

    keys: tuple[str, ...]
    sets: NDArray[np.uint64]

    def get(self, key: str) -> Words | None:
        return self.sets[self.keys.index(key)] if key in self.keys else None

    def counts(self, hits: Words) -> dict[str, int]:
        """Return how many of the hits answer to each value."""
        found = np.bitwise_count(self.sets & hits).sum(axis=1, dtype=np.int64)
        return dict(zip(self.keys, found.tolist(), strict=True))


class Segment:
    """Immutable but for what it remembers of the last moment it was asked about."""

    def __init__(self, rows: Rows, terms: Terms, lexicon: Lexicon, slots: SlotTable) -> None:
        self.rows, self.lexicon, self.slots = rows, lexicon, slots
        self.size = slots.size
        self.offers = slots.first()
        self.slots_of = slots.lookup.slots
        self.terms = {term: self.set_of(offers) for term, offers in rows.terms.items()}
        self.values = self._values(terms)
        self._open: tuple[datetime, datetime, Words] | None = None
        self._regions: Values | None = None
        self.region = lru_cache(maxsize=KEPT_REGIONS)(self._region)
        self.on = lru_cache(maxsize=2)(self._on)

    def set_of(self, offers: Numbers) -> Words:
        """Return the set of these offers, given by id."""
        return bits.of(self.slots_of(offers), self.size)

    def column(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return a column of the offers by slot, zero where there is no first slot."""
        laid = np.zeros(self.size, values.dtype)
        laid[self.slots_of(self.rows.offer)] = values
        return laid

    def any_of(self, sets: Iterable[Words | None]) -> Words:
        found = bits.empty(self.size)
        for each in sets:
            if each is not None:
                found |= each
        return found

    def _values(self, terms: Terms) -> dict[str, Values]:
        """Return, per filter, the offers that answer to each value."""
        values = {name: self._of_terms(terms.ids.get(name, {})) for name in TERM_FILTERS}
        for name in OPEN_TO_ALL:
            sets, everybody = values[name].sets, values[name].get("all")
            sets |= bits.empty(self.size) if everybody is None else everybody.copy()
        return values | {"level": self._levels(terms.ids.get("level", {}))}

    def _of_terms(self, ids: Mapping[str, int]) -> Values:
        nobody = bits.empty(self.size)
        return self._stacked({key: self.terms.get(term, nobody) for key, term in ids.items()})

    def _stacked(self, sets: Mapping[str, Words]) -> Values:
        rows = [*sets.values(), bits.empty(self.size)]  # numpy stacks nothing only of something
        return Values(tuple(sets), np.stack(rows)[:-1])

    def _levels(self, levels: Mapping[str, int]) -> Values:
        """Return the offers whose range, both ends included, holds each level."""
        order = np.full(max(levels.values(), default=0) + 1, 0)
        order[list(levels.values())] = np.arange(1, len(levels) + 1)
        low, high = order[self.rows.level_from], order[self.rows.level_to]
        return self._stacked(
            {
                key: self.set_of(self.rows.offer[(low > 0) & (low <= number) & (number <= high)])
                for number, key in enumerate(levels, 1)
            }
        )

    def regions(self, keys: tuple[str, ...]) -> Values:
        """Return the offers that reach each of the regions."""
        if self._regions is None or self._regions.keys != keys:
            self._regions = self._stacked({ags: self._region(ags) for ags in keys})
        return self._regions

    @cached_property
    def orders(self) -> Orders:
        return Orders(self)

    @cached_property
    def flags(self) -> dict[str, Words]:
        rows, links = self.rows, self.rows.links
        return {
            "free": self.set_of(rows.offer[rows.free]),
            "childcare": self.set_of(rows.offer[rows.childcare]),
            "step_free": self.set_of(links.offer[links.step_free & ~links.confidential]),
        }

    def _region(self, ags: str) -> Words:
        """Return the offers with a place in a region, or for an area that overlaps it.

        Of a confidential place only the district is known, so a municipality never finds it.
        """
        links, areas = self.rows.links, self.rows.areas
        known = ~links.confidential if len(ags) > 5 else True
        above = [region_code(ags[:length]) for length in (2, 3, 5, 8) if length <= len(ags)]
        serving = within(areas.region, ags) | np.isin(areas.region, above)
        there = links.offer[within(links.region, ags) & known]
        return self.set_of(there) | self.set_of(areas.offer[serving])

    def near(self, spot: Spot) -> Words:
        """Return the offers with a public place in the radius."""
        slots, reach = self.slots, spot.radius_km / KM_PER_DEGREE
        # A little wider than the radius: where the map is stretched, a degree is a degree.
        around = np.flatnonzero(np.abs(slots.lat - spot.lat) <= reach)
        found = around[self.squared_km(spot, around) <= spot.radius_km**2]
        return slots.offers_at(found) if len(found) else bits.empty(self.size)

    def squared_km(self, spot: Spot, slots: NDArray[Any]) -> NDArray[np.float64]:
        """Return squared kilometres on a flat earth, NaN where the place is not known."""
        north = (self.slots.lat[slots] - spot.lat) * KM_PER_DEGREE
        east = (self.slots.lon[slots] - spot.lon) * (KM_PER_DEGREE * cos(radians(spot.lat)))
        return north * north + east * east

    def _on(self, day: date) -> tuple[Words, Words, Words]:
        """Return the offers that can start soon, those closed that day, and the unconfirmed."""
        runs, closures, today = self.rows.runs, self.rows.closures, day.toordinal()
        soon = (runs.starts >= today) & (runs.starts <= (day + SOON).toordinal()) & runs.bookable
        joinable = (runs.register_by == 0) | (runs.register_by >= today)
        closed = (closures.first <= today) & (today <= closures.last)
        left = (self.rows.leaves > 0) & (self.rows.leaves <= today)
        return (
            self.set_of(runs.offer[soon & joinable]),
            self.set_of(closures.offer[closed]),
            self.set_of(self.rows.offer[left]),
        )

    def open(self, clock: Clock, at: datetime, ags: str) -> Words:
        """Return the offers that nobody knows to be closed now; those without place are not."""
        if self._open is None or not self._open[0] <= at < self._open[1]:
            hours = self.rows.hours
            states = np.append(clock.open(hours, at, ags), True)
            there = self.rows.links.offer[states[self.rows.links.hours]]
            lonely = self.offers & ~self.set_of(self.rows.links.offer)
            self._open = (at, clock.turns(hours, at, ags), self.set_of(there) | lonely)
        return self._open[2] & ~self.on(at.date())[1]

    def words(self, numbers: Iterable[int], terms: Iterable[int]) -> Words:
        """Return the offers that hold any of the lexicon's words or any of the terms."""
        lexical = self.lexicon.bits(list(numbers)) & self.offers
        return lexical | self.any_of(self.terms.get(term) for term in terms)
