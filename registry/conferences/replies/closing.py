"""Until when an invitation can be answered, and how long its links open. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from registry.conferences.models import Conference
from registry.core.db import now
from registry.core.i18n import ZONE

PURPOSE = "conference"  # of the links, whichever way they went out
UNDATED = timedelta(days=365)


class Answering(StrEnum):
    """Whether answers are taken on a day."""

    OPEN = "open"
    LATE = "late"  # the office takes them
    CANCELLED = "cancelled"
    OVER = "over"


def last_day(conference: Conference) -> date | None:
    """Return the last day on which an answer can be given or changed by link."""
    eve = conference.first_day - timedelta(days=1) if conference.first_day else None
    known = [day for day in (conference.deadline, eve) if day]
    return min(known, default=None)


def answering(conference: Conference, today: date) -> Answering:
    state = conference.state(today)
    if state == "cancelled":
        return Answering.CANCELLED
    if state == "held":
        return Answering.OVER
    last = last_day(conference)
    return Answering.LATE if last and today > last else Answering.OPEN


def lasting(conference: Conference) -> timedelta:
    """Return for how long from now a link opens: until the conference is over."""
    if conference.last_day is None:
        return UNDATED
    ends = datetime.combine(conference.last_day + timedelta(days=1), time(), ZONE)
    return max(ends.astimezone(UTC) - now(), timedelta(0))
