"""Which hits stand on a page: the first ones in an order, found without sorting all of them. Pure.

Hits are ordered by a group (how many words stand in the title), a measure (a day, a distance), then
by title and id.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.search.criteria import Spot
from registry.search.index import bits
from registry.search.index.bits import Numbers, Words
from registry.search.index.index import Question
from registry.search.index.segment import Segment

PIECE = 4096
SPARSE = 32  # fewer than one hit in so many slots: sort the hits, else walk along the order
Measures = NDArray[Any]


def page_of_ids(question: Question, start: int, stop: int) -> list[int]:
    """Return the ids of the hits from `start` (0 is the first) to `stop` in the order asked."""
    segments = question.index.segments
    lists = [_Leading.of(question, number, stop) for number in range(len(segments))]
    return lists[0].merged(lists[1], start, stop) if len(lists) > 1 else lists[0].ids(start, stop)


def distances(segment: Segment, hits: Words, spot: Spot) -> tuple[Numbers, Measures]:
    """Return the hits, and squared kilometres to the nearest place of each, or infinity."""
    slots = segment.slots
    there = bits.numbers(slots.everywhere(hits))
    away = np.nan_to_num(segment.squared_km(spot, there), nan=np.inf)
    found = bits.numbers(hits)
    nearest = np.full(len(found), np.inf)
    np.minimum.at(nearest, np.searchsorted(found, slots.first_of[there]), away)
    return found, nearest


@dataclass(frozen=True)
class _Leading:
    """The first hits of one segment in order, each with its group and measure."""

    segment: Segment
    slots: Numbers
    groups: Numbers
    measures: Measures

    @classmethod
    def of(cls, question: Question, number: int, wanted: int) -> "_Leading":
        slots, groups, measures = [], [], []
        segment, left = question.index.segments[number], wanted
        for group, hits in enumerate(_groups(question, number)):
            found, measure = _first(question, segment, hits, left)
            slots.append(found)
            measures.append(measure)
            groups.append(np.full(len(found), group))
            left -= len(found)
            if left <= 0:
                break
        return cls(segment, *(np.concatenate(each) for each in (slots, groups, measures)))

    def key(self, place: int) -> tuple[Any, ...]:
        slot = self.slots[place]
        title = self.segment.orders.title[slot]
        return (self.groups[place], self.measures[place], title, self.segment.slots.offer[slot])

    def ids(self, start: int, stop: int) -> list[int]:
        found: list[int] = self.segment.slots.offer[self.slots[start:stop]].tolist()
        return found

    def merged(self, other: "_Leading", start: int, stop: int) -> list[int]:
        """Return the ids from `start` to `stop` of both lists; `other` is the short one."""
        places = range(len(self.slots))
        between: dict[int, int] = {}
        for number, key in enumerate(other.ids(0, stop)):
            place = bisect_left(places, other.key(number), key=self.key) + number
            if place >= stop:
                break
            between[place] = key
        ids: list[int] = []
        own = sum(place < start for place in between)
        for place in range(start, min(stop, len(self.slots) + len(between))):
            own += place in between
            ids += [between[place]] if place in between else self.ids(place - own, place - own + 1)
        return ids


def _groups(question: Question, number: int) -> Iterator[Words]:
    """Yield the hits in groups, those with more of the words in their title first."""
    hits = question.hits(number)
    if question.wanted.order != "relevance" or not question.understood:
        yield hits
        return
    lexicon = question.index.segments[number].lexicon
    # exactly[n] are the hits of which n words stand in the title.
    exactly = [hits]
    for word in question.understood:
        titled = lexicon.title_bits(word.numbers[number])
        more = [each & titled for each in exactly]
        exactly = [*(each & ~titled for each in exactly), bits.empty(len(hits) << 6)]
        for count, each in enumerate(more, 1):
            exactly[count] |= each
    yield from reversed(exactly)


def _first(
    question: Question, segment: Segment, hits: Words, wanted: int
) -> tuple[Numbers, Measures]:
    """Return the first hits in the order asked, each with its measure."""
    order, spot = question.wanted.order, question.wanted.spot
    if spot and order in ("distance", "relevance"):
        found, away = distances(segment, hits, spot)
        return _smallest(segment, found, away, wanted)
    name = "title" if order == "relevance" else order
    walk, measure = segment.orders.walk(name, question.moment.day)
    if bits.count(hits) * SPARSE < segment.size:
        found = bits.numbers(hits)
        return _smallest(segment, found, measure[found], wanted)
    found = _along(walk, hits, wanted)
    return found, measure[found]


def _smallest(
    segment: Segment, found: Numbers, measure: Measures, wanted: int
) -> tuple[Numbers, Measures]:
    if len(found) > 2 * wanted > 0:
        near = np.flatnonzero(measure <= np.partition(measure, wanted - 1)[wanted - 1])
        found, measure = found[near], measure[near]
    order = np.lexsort((segment.orders.rank[found], measure))[:wanted]
    return found[order], measure[order]


def _along(walk: Numbers, hits: Words, wanted: int) -> Numbers:
    """Return the first hits along an order; where they are dense, few steps are enough."""
    pieces, left, start = [walk[:0]], wanted, 0
    while left > 0 and start < len(walk):
        piece = walk[start : start + max(PIECE, 2 * left)]
        start += len(piece)
        pieces.append(piece[bits.has(hits, piece)][:left])
        left -= len(pieces[-1])
    return np.concatenate(pieces)
