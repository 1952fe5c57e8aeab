"""What an offer's hours, closures and format say about a moment and a week. Pure.

Works on publicly dumped offers: whatever is not shown to everyone cannot leak through a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from registry.actors import hours as opening

REMOTE = {"online", "phone", "outreach"}
LOOK_AHEAD = 28
Offer = Mapping[str, Any]
Span = tuple[time, time]


@dataclass(frozen=True)
class Day:
    """A weekday and when it is open in an ordinary week."""

    date: date
    spans: Sequence[Span]
    today: bool


def hours_at(link: Mapping[str, Any]) -> str | None:
    """Return the offer's own hours at a place, else the place's."""
    own, inherited = link["hours"], link["details"]["hours"]
    return own or inherited


def state(offer: Offer, links: Sequence[Mapping[str, Any]], at: datetime) -> dict[str, Any]:
    """Say in a code whether the offer is open at an aware moment: the best of `links` counts."""
    if until := _closed_until(offer, at.date()):
        after = _day_after(until)
        hours = () if offer["by_appointment"] else map(hours_at, links)
        return _coded(
            "closed_temporarily", until, _first(_opens(each, after, offer) for each in hours)
        )
    moments = [opening.moment(hours_at(link), at, offer["region"]) for link in links]
    for moment in moments:
        if moment.state == "open":
            return _coded("open", until=moment.closes_at)
    if offer["by_appointment"]:
        return _coded("by_appointment")
    if not moments and REMOTE & set(offer["formats"]):
        return _coded("remote")
    if not moments or any(moment.state == "unknown" for moment in moments):
        return _coded("unknown")
    return _coded("closed", opens=_first(_opens(hours_at(link), at, offer) for link in links))


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min(filter(None, moments), default=None)


def _day_after(day: str) -> datetime:
    """Return the beginning of the day after one, as a place's clocks show it."""
    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), opening.ZONE)


def _closed_until(offer: Offer, day: date) -> str | None:
    """Return the last day of the closure around a day, of those that follow at once as well."""
    until = None
    for closure in sorted(offer["closures"], key=itemgetter("closed_from")):
        if closure["closed_from"] <= day.isoformat() <= closure["closed_to"]:
            until = closure["closed_to"]
            day = date.fromisoformat(until) + timedelta(days=1)
    return until


def _opens(hours: str | None, at: datetime, offer: Offer) -> datetime | None:
    """Return when hours next hold on a day that no closure takes, in local time."""
    opens = _holds(hours, at, offer)
    while opens and (until := _closed_until(offer, opens.date())):
        opens = _holds(hours, _day_after(until), offer)
    return opens


def _holds(hours: str | None, at: datetime, offer: Offer) -> datetime | None:
    """Return from when on hours hold: at once, or later; in local time."""
    found = opening.moment(hours, at, offer["region"])
    return at.replace(tzinfo=None) if found.state == "open" else found.opens_at


def _coded(code: str, until: Any = None, opens: Any = None) -> dict[str, Any]:
    return {"code": code, "until": until, "opens": opens}


def week(hours: str | None, today: date) -> list[Day] | None:
    """Return Monday to Sunday of an ordinary week; None where hours are unknown."""
    monday = today - timedelta(days=today.weekday())
    spans = opening.week(hours, monday)
    if spans is None:
        return None
    days = [monday + timedelta(days=number) for number in range(7)]
    return [Day(day, open_, day == today) for day, open_ in zip(days, spans, strict=True)]


def next_holiday(hours: str | None, today: date, ags: str) -> date | None:
    """Return the next public holiday that closes a day which is open in an ordinary week."""
    ordinary = week(hours, today)
    if not hours or ordinary is None:
        return None
    for number in range(LOOK_AHEAD):
        day = today + timedelta(days=number)
        spans = ordinary[day.weekday()].spans
        if spans and opening.is_holiday(day, ags) and not _open_on(day, spans, hours, ags):
            return day
    return None


def _open_on(day: date, spans: Sequence[Span], hours: str, ags: str) -> bool:
    begin = datetime.combine(day, spans[0][0], opening.ZONE)
    return opening.is_open(hours, begin, ags) is True
