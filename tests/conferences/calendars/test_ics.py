"""Calendar files: what RFC 5546 asks of each, read by two parsers that know nothing of ours."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
import vobject
from icalendar import Calendar

from registry.conferences.calendars import ics
from registry.conferences.calendars.ics import Day, Event, Mailbox

KEY = UUID("6f1c1c9e-52c4-4f6c-9c5e-0d5f8a3e7b21")
AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
DAYS = [
    Day(1, date(2026, 10, 24), time(9), time(16, 30)),
    Day(2, date(2026, 10, 25), time(9), time(12)),
]
GUEST = Mailbox("amt+post@example.org", 'Stelle "Ärger"; Roth')
EVENT = Event(
    key=KEY,
    title="Integrationskonferenz, „Ankommen“; Teil 1",
    days=DAYS[:1],
    organizer=Mailbox("einladung@example.org", "Landratsamt Roth"),
    sequence=3,
    location="Schulzentrum, Straße 1, 91154 Roth",
    description="Tagesordnung:\n1. Rückblick \\ Ausblick\n2. " + "سلام مشترك " * 20,
    point=(49.246, 11.091),
)
TWO = Event(KEY, "Konferenz", DAYS, EVENT.organizer)
ONE, NONE, SOME = (1, 1), (0, 0), (1, 99)
# How often each property stands in an event of each method: RFC 5546, sections 3.2.1, 3.2.2, 3.2.5.
TABLE = {
    "PUBLISH": {
        "DTSTAMP": ONE, "DTSTART": ONE, "ORGANIZER": ONE, "SUMMARY": ONE, "UID": ONE,
        "SEQUENCE": (0, 1), "STATUS": (0, 1), "ATTENDEE": NONE, "REQUEST-STATUS": NONE,
    },
    "REQUEST": {
        "ATTENDEE": SOME, "DTSTAMP": ONE, "DTSTART": ONE, "ORGANIZER": ONE, "SUMMARY": ONE,
        "UID": ONE, "SEQUENCE": (0, 1), "STATUS": (0, 1), "REQUEST-STATUS": NONE,
    },
    "CANCEL": {
        "DTSTAMP": ONE, "ORGANIZER": ONE, "SEQUENCE": ONE, "UID": ONE, "STATUS": ONE,
        "DTSTART": (0, 1), "SUMMARY": (0, 1), "REQUEST-STATUS": NONE,
    },
}  # fmt: skip


def made(method: str) -> list[str]:
    if method == "PUBLISH":
        return [ics.published(EVENT, AT), ics.published(TWO, AT)]
    make = ics.requested if method == "REQUEST" else lambda e, to, at: ics.cancelled(e, at, to)
    return [file for each in (EVENT, TWO) for file in make(each, GUEST, AT)]


def events(file: str) -> Iterator[list[tuple[str, str]]]:
    """Yield name and value of each property of each event, read without a library."""
    for block in file.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        lines = block.split("END:VEVENT")[0].split("\r\n")
        yield [(line.split(":")[0].split(";")[0], line) for line in lines if line]


@pytest.mark.parametrize("method", TABLE)
def test_each_event_has_what_the_standard_asks_of_its_method(method: str) -> None:
    for file in made(method):
        assert file.count(f"METHOD:{method}\r\n") == 1
        found = list(events(file))
        assert found
        for event in found:
            counts = Counter(name for name, _line in event)
            for name, (least, most) in TABLE[method].items():
                assert least <= counts[name] <= most, (method, name)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_all_that_one_file_asks_or_cancels_has_the_same_uid(method: str) -> None:
    uids = [{line for each in events(file) for name, line in each if name == "UID"}
            for file in made(method)]  # fmt: skip
    assert all(len(each) == 1 for each in uids)
    assert len(set.union(*uids)) == 2  # the first day of both events has the same


def test_a_request_names_one_guest_and_a_published_file_nobody() -> None:
    (request,) = ics.requested(EVENT, GUEST, AT)
    assert request.count("mailto:") == 2
    assert "amt+post@example.org" not in ics.published(EVENT, AT)


@pytest.mark.parametrize("method", TABLE)
def test_two_parsers_read_the_same(method: str) -> None:
    file = made(method)[0]
    first = next(iter(Calendar.from_ical(file).walk("VEVENT")))
    second = vobject.readOne(file).vevent
    assert str(first["SUMMARY"]) == second.summary.value == EVENT.title
    assert str(first["DESCRIPTION"]) == second.description.value == EVENT.description
    assert str(first["LOCATION"]) == second.location.value == EVENT.location
    assert str(first["UID"]) == second.uid.value == f"{KEY}-1@netzwerkregister"
    assert first["ORGANIZER"].params["CN"] == second.organizer.params["CN"][0] == "Landratsamt Roth"
    for begin in (first.decoded("DTSTART"), second.dtstart.value):
        assert begin.utcoffset() == timedelta(hours=2)
        assert begin.replace(tzinfo=None) == datetime.combine(date(2026, 10, 24), time(9))


def test_the_hour_is_right_on_both_sides_of_the_clock_change() -> None:
    """A zone taken from the file itself, as a program without names of zones does."""
    for file in ics.requested(TWO, GUEST, AT):
        begin = vobject.readOne(file).vevent.dtstart.value
        summer = begin.day == 24
        assert begin.astimezone(UTC).hour == (7 if summer else 8)


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    for method in TABLE:
        for file in made(method):
            assert all(len(line) <= 75 for line in file.encode().split(b"\r\n"))
            for line in file.encode().split(b"\r\n"):
                line.decode()


def test_the_zone_is_the_short_one() -> None:
    assert ics.published(EVENT, AT).count("RRULE") == 2
    assert "RDATE" not in ics.published(EVENT, AT)


def test_what_somebody_typed_ends_no_line_and_no_quotes() -> None:
    evil = Event(KEY, "A\r\nATTENDEE:mailto:x@example.org\x1b", DAYS[:1],
                 Mailbox("a@example.org\r\nX:1", 'B":mailto:c@example.org\r\nX:2'))  # fmt: skip
    names = [name for event in events(ics.published(evil, AT)) for name, _line in event]
    assert "ATTENDEE" not in names
    assert "X" not in names
    assert len(names) == len(set(names))


def test_a_uid_tells_whose_it_is_and_nothing_else_is_taken_for_one() -> None:
    assert ics.read_uid(ics.uid(KEY, 2).upper()) == (KEY, 2)
    assert ics.read_uid(f"{KEY}@netzwerkregister") is None
    assert ics.read_uid(f"x{KEY}-1@netzwerkregister") is None
