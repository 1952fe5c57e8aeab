"""Opening hours in OSM notation: what they say about a moment. Pure.

The notation is read by opening-hours-py. Public holidays of a Land come from `holidays`: the
reader knows only the national ones (not Epiphany in Bavaria). Hours that say nothing about
holidays ("PH") count as closed on them, as offices are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

State = Literal["open", "closed", "unknown"]
ZONE = ZoneInfo("Europe/Berlin")
LOOK_AHEAD = timedelta(days=21)
LANDS = {  # AGS beginning -> subdivision of ISO 3166-2:DE
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_GERMAN_DAYS = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su", "feiertags": "PH"}
_DAY_LIST = re.compile(rf"\b({'|'.join((*DAYS, 'PH'))}),\s+(?=({'|'.join((*DAYS, 'PH'))})\b)")


@dataclass(frozen=True)
class Moment:
    """What hours say now: the state, and when it next changes to open (local time)."""

    state: State
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def tidy(hours: str) -> str:
    """Return hours with German day names and "Uhr" turned into OSM notation.

    Raises ValueError when they cannot be read.
    """
    text = hours.strip().replace("–", "-").replace("—", "-").replace(" Uhr", "")
    for german, osm in _GERMAN_DAYS.items():
        text = re.sub(rf"\b{german}\b", osm, text)
    # In OSM "Tu, Th 14:00-18:00" opens all of Tuesday; people mean "Tu,Th".
    text = _DAY_LIST.sub(r"\1,", text)
    text = re.sub(r"(?<![\d:.])(\d{1,2})(?=\s*-\s*\d{1,2}(?::\d\d)?\b)", _with_minutes, text)
    text = re.sub(r"(?<=-)(\d{1,2})(?![\d:])", _with_minutes, text)
    if _parsed(text) is None:
        raise ValueError(hours)
    return text


def _with_minutes(match: re.Match[str]) -> str:
    return f"{int(match[1]):02d}:00"


def readable(hours: str) -> bool:
    return _parsed(hours) is not None


@lru_cache(maxsize=4096)
def _parsed(hours: str) -> OpeningHours | None:
    try:
        return OpeningHours(hours)
    except (ParserError, ValueError):
        return None


@lru_cache(maxsize=64)
def holidays_in(land: str, year: int) -> Mapping[date, str]:
    """Return the public holidays of a Land (AGS beginning) in a year, with their German names."""
    subdivision = LANDS.get(land[:2])
    found = holidays.country_holidays("DE", subdiv=subdivision, years=year, language="de")
    return MappingProxyType(dict(found))


def is_holiday(day: date, ags: str) -> bool:
    return day in holidays_in(ags[:2], day.year)


def moment(hours: str | None, at: datetime, ags: str = "09") -> Moment:
    """Say whether hours are open at an aware moment in the region `ags`, and what comes next."""
    parsed = _parsed(hours) if hours else None
    if parsed is None:
        return Moment("unknown")
    local = at.astimezone(ZONE).replace(tzinfo=None)
    horizon = local + LOOK_AHEAD
    spans = _spans(parsed, hours or "", local, ags)
    for start, end in spans:
        if start <= local < end:
            return Moment("open", closes_at=end if end < horizon else None)
        if start > local:
            return Moment("closed", opens_at=start)
    return Moment("closed")


def is_open(hours: str | None, at: datetime, ags: str = "09") -> bool | None:
    """Return True, False, or None where hours are missing or cannot be read."""
    state = moment(hours, at, ags).state
    return None if state == "unknown" else state == "open"


def _spans(
    parsed: OpeningHours, hours: str, local: datetime, ags: str
) -> list[tuple[datetime, datetime]]:
    """Return the open spans that end after `local`, holidays taken out where hours ignore them."""
    horizon = local + LOOK_AHEAD
    first = datetime.combine(local.date() - timedelta(days=1), time())
    found: list[tuple[datetime, datetime]] = []
    for start, end, state, _comment in parsed.intervals(first, horizon):
        if str(state) != "open":
            continue
        for piece in _by_day(start, min(end or horizon, horizon)):
            off = is_holiday(piece[0].date(), ags) and not _opens_on_holidays(hours)
            if not off and piece[1] > local:
                found.append(piece)
    return _joined(found)


def _opens_on_holidays(hours: str) -> bool:
    return "24/7" in hours or bool(re.search(r"\bPH\b(?!\s*(off|closed))", hours))


def _by_day(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    pieces = []
    while start.date() < end.date():
        midnight = datetime.combine(start.date() + timedelta(days=1), time())
        pieces.append((start, midnight))
        start = midnight
    if start < end:
        pieces.append((start, end))
    return pieces


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def week(hours: str | None, monday: date) -> list[list[tuple[time, time]]] | None:
    """Return Monday to Sunday as open spans of an ordinary week; None where hours are unknown."""
    parsed = _parsed(hours) if hours else None
    if parsed is None:
        return None
    start = datetime.combine(monday, time())
    days: list[list[tuple[time, time]]] = [[] for _ in DAYS]
    for begin, end, state, _comment in parsed.intervals(start, start + timedelta(days=7)):
        if str(state) == "open":
            for piece in _by_day(begin, end or start + timedelta(days=7)):
                days[piece[0].weekday()].append((piece[0].time(), piece[1].time()))
    return days
