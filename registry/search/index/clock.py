"""Which opening hours may be open now, each looked at again only when it changes. Pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from registry.actors import hours as opening
from registry.actors.hours import ZONE


def next_midnight(at: datetime) -> datetime:
    """Return the beginning of the next day, local time."""
    return datetime.combine(at.astimezone(ZONE).date() + timedelta(days=1), time(), ZONE)


class Clock:
    """Remembers for each hours whether they may be open, from when and until when that holds."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[datetime, datetime, bool]] = {}

    def open(self, hours: Sequence[str], at: datetime, ags: str) -> NDArray[np.bool_]:
        """Return for each hours whether nobody knows them to be closed at an aware moment."""
        return np.array([self._state(each, at, ags)[2] for each in hours], np.bool_)

    def turns(self, hours: Sequence[str], at: datetime, ags: str) -> datetime:
        """Return the next moment at which any of the hours changes, at the latest midnight."""
        ends = (self._state(each, at, ags)[1] for each in hours)
        return min((*ends, next_midnight(at)))

    def _state(self, hours: str, at: datetime, ags: str) -> tuple[datetime, datetime, bool]:
        known = self._known.get((hours, ags))
        if known is None or not known[0] <= at < known[1]:
            known = self._known[hours, ags] = _look(hours, at, ags)
        return known


def _look(hours: str, at: datetime, ags: str) -> tuple[datetime, datetime, bool]:
    found = opening.moment(hours, at, ags)
    change = found.closes_at or found.opens_at
    turn = change.replace(tzinfo=ZONE) if change else next_midnight(at)
    return at, min(turn, next_midnight(at)), found.state != "closed"
