"""When, where and about what a conference is, in German: for letters, mail and calendars. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Protocol

from babel.dates import format_date


class Span(Protocol):
    """One day of a conference, with its hours."""

    @property
    def day(self) -> date: ...
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...


class Where(Protocol):
    """A venue as far as its address goes."""

    @property
    def name(self) -> str: ...
    @property
    def street(self) -> str | None: ...
    @property
    def postcode(self) -> str | None: ...
    @property
    def city(self) -> str | None: ...


def day(value: date) -> str:
    """Return e.g. "Dienstag, 24. November 2026"."""
    return format_date(value, "EEEE, d. MMMM y", locale="de")


def hours(span: Span) -> str:
    """Return e.g. "9:00 bis 16:30 Uhr"."""
    return f"{_clock(span.starts)} bis {_clock(span.ends)} Uhr"


def _clock(value: time) -> str:
    return f"{value.hour}:{value:%M}"


def dates(days: Sequence[Span]) -> str:
    """Return all days of a conference in one line."""
    return " und ".join(day(each.day) for each in days)


def times(days: Sequence[Span]) -> str:
    """Return the hours in one line: once where they are the same every day."""
    each = list(dict.fromkeys(hours(span) for span in days))
    return " und ".join(each)


def appointments(days: Iterable[Span]) -> list[str]:
    """Return a line for each day, with its hours."""
    return [f"{day(span.day)}, {hours(span)}" for span in days]


def place(venue: Where | None) -> str:
    """Return the address of a venue in one line, "" where it is not known yet."""
    if venue is None:
        return ""
    town = " ".join(part for part in (venue.postcode, venue.city) if part)
    return ", ".join(part for part in (venue.name, venue.street, town) if part)


def agenda(titles: Iterable[str]) -> list[str]:
    """Return the numbered lines of an agenda."""
    return [f"{number}. {title}" for number, title in enumerate(titles, 1)]
