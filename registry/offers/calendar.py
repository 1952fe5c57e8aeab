"""An offer as a calendar file: course runs and weekly hours. Pure.

Times are those of Europe/Berlin. UIDs stay the same from file to file, so a calendar that reads the
file again updates its entries. A confidential place never shows where it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Event

from registry.actors import hours as opening
from registry.offers.opening import hours_at

AHEAD = timedelta(days=365)
WEEKS_COMPARED = 5
RULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORT_RUN = timedelta(days=7)
Row = Mapping[str, Any]
Span = tuple[time, time]


@dataclass(frozen=True)
class Entry:
    """What every event of the file says: the offer in one language, and its dumped data."""

    title: str
    description: str
    url: str
    offer: Row
    at: datetime

    @property
    def today(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class Series:
    """Hours that repeat between two days, at one place."""

    uid: str
    hours: str
    first: date
    last: date
    location: str | None = None


def has_times(entry: Entry) -> bool:
    """Return whether there is anything to put into a calendar: an empty file is none."""
    return next(_events(entry), None) is not None


def calendar_file(entry: Entry) -> bytes:
    """Return the iCalendar file of an offer that has times."""
    made = Calendar.new(
        name=entry.title, prodid="-//Netzwerkregister//EN", uid=f"{entry.offer['id']}-calendar"
    )
    for event in _events(entry):
        made.add_component(event)
    made.add_missing_timezones(first_date=entry.today, last_date=entry.today + 2 * AHEAD)
    return bytes(made.to_ical())


def _events(entry: Entry) -> Iterator[Event]:
    for run in entry.offer["runs"]:
        yield from _run(entry, run)
    if not entry.offer["runs"]:
        for link in entry.offer["places"]:
            yield from _weekly(entry, link)


def _run(entry: Entry, run: Row) -> Iterator[Event]:
    first = date.fromisoformat(run["starts_on"])
    last = date.fromisoformat(run["ends_on"]) if run["ends_on"] else None
    location = next(iter(_locations(entry.offer)), None)
    if run["times"]:
        # Where the end is open, only the first week is certain.
        until = last or first + timedelta(days=6)
        yield from _series(entry, Series(run["id"], run["times"], first, until, location))
        return
    # A course of months as one bar would hide the rest of the calendar: only its first day then.
    end = last if last and last - first <= SHORT_RUN else first
    yield _event(entry, run["id"], first, end + timedelta(days=1), location)


def _weekly(entry: Entry, link: Row) -> Iterator[Event]:
    hours = hours_at(link)
    if not hours:
        return
    valid_to = entry.offer["valid_to"]
    last = entry.today + AHEAD
    if valid_to:
        last = min(last, date.fromisoformat(valid_to))
    uid = f"{entry.offer['id']}-{link['place']}"
    yield from _series(entry, Series(uid, hours, entry.today, last, _location(link)))


def _series(entry: Entry, series: Series) -> Iterator[Event]:
    """Yield one repeating event per span of the day; hours that differ by week have none."""
    for (begin, end), weekdays in _by_span(series).items():
        days = [day for day in _days(series) if day.weekday() in weekdays]
        off = [day for day in days if _off(_moment(day, begin), entry, series.hours)]
        if len(off) == len(days):
            continue
        event = _event(
            entry,
            f"{series.uid}-{begin:%H%M}-{end:%H%M}",
            _moment(days[0], begin),
            _moment(days[0] + timedelta(days=end <= begin), end),
            series.location,
        )
        event.add("rrule", _rule(weekdays, days[-1]))
        for day in off:
            event.add("exdate", _moment(day, begin))
        yield event


def _by_span(series: Series) -> dict[Span, list[int]]:
    monday = series.first - timedelta(days=series.first.weekday())
    weeks = [opening.week(series.hours, monday + timedelta(weeks=n)) for n in range(WEEKS_COMPARED)]
    found: dict[Span, list[int]] = {}
    if weeks[0] is None or any(week != weeks[0] for week in weeks):
        return found
    for weekday, spans in enumerate(weeks[0]):
        for span in spans:
            found.setdefault(span, []).append(weekday)
    return found


def _days(series: Series) -> list[date]:
    length = (series.last - series.first).days
    return [series.first + timedelta(days=number) for number in range(length + 1)]


def _off(begin: datetime, entry: Entry, hours: str) -> bool:
    day, region = begin.date(), entry.offer["region"]
    closed = any(
        row["closed_from"] <= day.isoformat() <= row["closed_to"] for row in entry.offer["closures"]
    )
    holiday = opening.is_holiday(day, region)
    return closed or (holiday and not opening.is_open(hours, begin, region))


def _rule(weekdays: Sequence[int], last: date) -> dict[str, Any]:
    until = datetime.combine(last, time(23, 59), opening.ZONE).astimezone(UTC)
    return {"freq": "weekly", "byday": [RULE_DAYS[number] for number in weekdays], "until": until}


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, opening.ZONE)


def _event(entry: Entry, uid: str, start: date, end: date, location: str | None) -> Event:
    return Event.new(
        uid=f"{uid}@netzwerkregister",
        summary=entry.title,
        description=entry.description or None,
        url=entry.url,
        start=start,
        end=end,
        location=location,
        stamp=entry.at,
    )


def _locations(offer: Row) -> list[str]:
    return [where for where in map(_location, offer["places"]) if where]


def _location(link: Row) -> str | None:
    """Return the address of a place, nothing of a confidential one."""
    place = link["details"]
    if place["confidential"]:
        return None
    town = " ".join(part for part in (place["postcode"], place["city"]) if part)
    return ", ".join(part for part in (place["name"], place["street"], town) if part) or None
