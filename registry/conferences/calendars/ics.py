"""A conference as calendar files (RFC 5545), to be shown or to be answered (RFC 5546). Pure.

Each day is an event of its own, whose UID stays the same however often it is moved. Times are
those of Europe/Berlin. Whatever asks for an answer or cancels is a file for each day, because all
that such a file holds must have the same UID.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from urllib.parse import quote
from uuid import UUID

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
PRODUCT = "-//Netzwerkregister//EN"
DOMAIN = "netzwerkregister"
OCTETS = 75  # of a line at most
_UID = re.compile(rf"([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})-(\d{{1,3}})@{DOMAIN}")
# Written by hand: a library would list seventy dates, at an hour that Outlook does not expect.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()


@dataclass(frozen=True)
class Mailbox:
    """Who invites, or who is invited."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Day:
    """One day; `number` counts from 1 and tells it from the other days for good."""

    number: int
    day: date
    starts: time
    ends: time


@dataclass(frozen=True)
class Event:
    """A conference for one recipient; `key` is what only that recipient knows."""

    key: UUID
    title: str
    days: Sequence[Day]
    organizer: Mailbox
    sequence: int = 0
    location: str = ""
    description: str = ""
    point: tuple[float, float] | None = None  # degrees


def published(event: Event, at: datetime) -> str:
    """Return one file with all days, to be kept and not to be answered."""
    return published_together([event], at)


def published_together(events: Iterable[Event], at: datetime) -> str:
    """Return one file with all days of several events, to be kept and not to be answered."""
    days = (_vevent(event, day, at, "PUBLISH") for event in events for day in event.days)
    return _file("PUBLISH", days)


def requested(event: Event, attendee: Mailbox, at: datetime) -> list[str]:
    """Return a file for each day that asks this one recipient for an answer."""
    return [_file("REQUEST", [_vevent(event, day, at, "REQUEST", attendee)]) for day in event.days]


def cancelled(event: Event, at: datetime, attendee: Mailbox | None = None) -> list[str]:
    """Return a file for each day that takes it out of the calendar."""
    return [_file("CANCEL", [_vevent(event, day, at, "CANCEL", attendee)]) for day in event.days]


def uid(key: UUID, number: int) -> str:
    """Return the UID of one day for one recipient."""
    return f"{key}-{number}@{DOMAIN}"


def read_uid(text: str) -> tuple[UUID, int] | None:
    """Return whose UID it is, and of which day; None where it is none of ours."""
    found = _UID.fullmatch(text.strip().lower())
    return (UUID(found[1]), int(found[2])) if found else None


def _file(method: Method, events: Iterable[Iterable[str]]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += [f"METHOD:{method}", *ZONE]
    for each in events:
        lines += each
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _vevent(
    event: Event, day: Day, at: datetime, method: Method, attendee: Mailbox | None = None
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(event.key, day.number)}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"ORGANIZER{_mailbox(event.organizer)}"
    if attendee:
        yield f"ATTENDEE{_asked(method)}{_mailbox(attendee)}"
    yield f"DTSTART;TZID=Europe/Berlin:{day.day:%Y%m%d}T{day.starts:%H%M%S}"
    yield f"DTEND;TZID=Europe/Berlin:{day.day:%Y%m%d}T{day.ends:%H%M%S}"
    yield f"SUMMARY:{_text(_title(event, day))}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.point:
        yield f"GEO:{event.point[0]:.6f};{event.point[1]:.6f}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _title(event: Event, day: Day) -> str:
    return f"{event.title} ({day.number}/{len(event.days)})" if len(event.days) > 1 else event.title


def _asked(method: Method) -> str:
    return ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE" if method == "REQUEST" else ""


def _mailbox(mailbox: Mailbox) -> str:
    """Return an address as the end of a property; what would end the quotes is left out."""
    name = "".join(c for c in mailbox.name if c.isprintable() and c != '"')
    said = f';CN="{name}"' if name else ""
    return f"{said}:mailto:{quote(mailbox.address, safe='@+!*~')}"


def _text(value: str) -> str:
    """Return a text as a value: signs that mean something marked, other control signs left out."""
    for sign, marked in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        value = value.replace(sign, marked)
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)


def _folded(line: str) -> Iterator[str]:
    """Yield the line in pieces of at most 75 octets, no letter cut in two."""
    piece, room = "", OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece += sign
        room -= size
    yield piece
