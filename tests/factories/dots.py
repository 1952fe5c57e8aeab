"""Places for tests of the map without a database: each has one offer, and their keys are equal."""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from registry.core.i18n import ZONE
from registry.search.criteria import Criteria, Moment
from registry.search.index import bits
from registry.search.index.cells import Places
from registry.search.index.index import Index
from registry.search.index.lexicon import Lexicon
from registry.search.index.rows import Areas, Closures, Links, Rows, Runs, Terms
from registry.search.index.segment import Segment
from registry.search.index.slots import SlotTable

Dot = tuple[float, float]  # latitude and longitude
NONE = np.zeros(0, np.int64)


def rows_of(dots: Sequence[Dot], first: int = 1) -> Rows:
    """Return an offer at a place for each dot, numbered from `first`."""
    keys = np.arange(first, first + len(dots))
    nothing, no = np.zeros(len(dots), np.int64), np.zeros(len(dots), np.bool_)
    lat, lon = np.array(dots, np.float64).reshape(-1, 2).T
    return Rows(
        offer=keys,
        title=[""] * len(dots),
        confirmed=nothing,
        leaves=nothing,
        free=no,
        childcare=no,
        level_from=nothing,
        level_to=nothing,
        terms={},
        links=Links(keys, keys, lat, lon, nothing - 1, nothing, no, no),
        areas=Areas(NONE, NONE),
        runs=Runs(NONE, NONE, NONE, NONE.astype(np.bool_)),
        closures=Closures(NONE, NONE, NONE),
        hours=(),
    )


def segment_of(dots: Sequence[Dot], first: int = 1) -> Segment:
    rows = rows_of(dots, first)
    slots = SlotTable.of(rows)
    return Segment(rows, Terms({}), Lexicon.build([], slots.size), slots)


def places_of(dots: Sequence[Dot], fresh: Sequence[Dot] = ()) -> Places:
    """Return the places of an index, those that came lately in a segment of their own."""
    segments = [segment_of(dots)]
    if fresh:
        segments.append(segment_of(fresh, len(dots) + 1))
    struck = tuple(bits.empty(each.size) for each in segments)
    index = Index(tuple(segments), struck, Terms({}), date(2026, 11, 24))
    moment = Moment(datetime(2026, 11, 24, 10, tzinfo=ZONE), "09576")
    return Places(index.ask(Criteria(), moment))
