"""How long an entry may stand without being confirmed. Pure.

`since` is the day an entry was last confirmed or, before that, the day it was made.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from registry.actors.hours import ZONE

# Bodies that stay in every list, confirmed or not: categories of actors (and see `Tier`).
AUTHORITIES = (
    "bamf",
    "district_office",
    "employment",
    "government",
    "ministry",
    "municipality",
    "police",
)


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(since: date, months: int) -> date:
    """Return the first day on which `since` lies that many months back.

    Where the month is too short for the day, that is the first of the month after it.
    """
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    if since.day <= (last := monthrange(year, month + 1)[1]):
        return date(year, month + 1, since.day)
    return date(year, month + 1, last) + timedelta(days=1)


def unconfirmed_from(since: date, months: int, grace_days: int) -> date:
    """Return the first day on which everyone is told that an entry is not confirmed."""
    return due_on(since, months) + timedelta(days=grace_days)


def first_day(confirmed: date | None, made: datetime) -> date:
    """Return the day an entry was last confirmed or, failing that, made (an aware moment)."""
    return confirmed or made.astimezone(ZONE).date()


def unconfirmed_since(row: Any, months: int, grace_days: int, day: date) -> date | None:
    """Return since when nobody has confirmed an entry, None while nobody need be told."""
    since = first_day(row.last_confirmed, row.created_at)
    return since if day >= unconfirmed_from(since, months, grace_days) else None
