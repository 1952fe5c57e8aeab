"""The orders of a segment that do not depend on the question, each made when first used. Pure."""

from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from registry.search.index import bits
from registry.search.index.bits import Numbers

if TYPE_CHECKING:
    from registry.search.index.segment import Segment

TITLE_BYTES = 40  # titles that agree so far are ordered by id
LAST_DAY = date.max.toordinal()
Measures = NDArray[Any]


class Orders:
    def __init__(self, segment: "Segment") -> None:
        self.segment = segment
        self.walk = lru_cache(maxsize=4)(self._walk)

    @cached_property
    def title(self) -> NDArray[np.bytes_]:
        titles = [title.encode()[:TITLE_BYTES] for title in self.segment.rows.title]
        return self.segment.column(np.array(titles, f"S{TITLE_BYTES}"))

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """Return each first slot's number in the order of title, then id."""
        first = bits.numbers(self.segment.offers)
        order = np.lexsort((self.segment.slots.offer[first], self.title[first]))
        rank = np.zeros(self.segment.size, np.int64)
        rank[first[order]] = np.arange(len(first))
        return rank

    def measure(self, name: str, day: date) -> Measures:
        """Return a number for each slot: smaller comes first."""
        rows = self.segment.rows
        if name == "confirmed":
            return -self.segment.column(rows.confirmed)
        measure = np.full(self.segment.size, LAST_DAY if name == "start" else 0)
        if name == "start":
            coming = rows.runs.starts >= day.toordinal()
            runs = self.segment.slots_of(rows.runs.offer[coming])
            np.minimum.at(measure, runs, rows.runs.starts[coming])
        return measure

    def _walk(self, name: str, day: date) -> tuple[Numbers, Measures]:
        """Return the first slots in an order, and the measure of every slot."""
        first, measure = bits.numbers(self.segment.offers), self.measure(name, day)
        return first[np.lexsort((self.rank[first], measure[first]))], measure
