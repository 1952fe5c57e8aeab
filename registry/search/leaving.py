"""When offers leave the list because nobody confirms them. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache

import numpy as np

from registry.actors.freshness import first_day, unconfirmed_from
from registry.regions.queries import Rules
from registry.search.index.bits import Numbers


def leaving(
    rules: Mapping[str, Rules],
    confirmed: Iterable[date | None],
    made: Iterable[datetime | None],
    region: Iterable[str],
    stays: Iterable[bool],
) -> Numbers:
    """Return the day (an ordinal) from which each offer is gone unless confirmed; 0 is never.

    `rules` are those of each region; `made` is needed only where an offer was never confirmed.
    """

    @cache
    def day(since: date, ags: str) -> int:
        of = rules[ags]
        return unconfirmed_from(since, of.offer_review_months, of.grace_days).toordinal()

    def of(last: date | None, first: datetime | None, ags: str, *, always: bool) -> int:
        if always or not rules[ags].hide_unconfirmed:
            return 0
        since = first_day(last, first) if first else last
        return day(since, ags) if since else 0

    rows = zip(confirmed, made, region, stays, strict=True)
    return np.array([of(a, b, ags, always=kept) for a, b, ags, kept in rows], np.int64)
