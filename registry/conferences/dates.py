"""When a conference is due, which days are good for it, and whose turn a duty is. Pure."""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
PREPARING = 14  # weeks: choosing a venue, inviting, and six weeks to answer
AROUND = 8  # weeks around the due day in which days are proposed
# Between two school holidays of a year never lie more days than these: beyond, some are missing.
LONGEST_TERM = 92
WEEKDAYS = (1, 3, 2, 0, 4)  # Tuesday first: which day of a week is proposed


class Against(StrEnum):
    """What speaks against a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SCHOOL = "school"
    AVOIDED = "avoided"
    BESIDE = "beside"  # the working day before or after any of these
    UNKNOWN = "unknown"  # nobody knows the school holidays of that time


@dataclass(frozen=True)
class Period:
    """Days from the first to the last on which no conference should be."""

    name: str
    first: date
    last: date
    school: bool = True

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Obstacle:
    against: Against
    day: date
    name: str = ""


@dataclass(frozen=True)
class Almanac:
    """Which days are taken: public holidays by day, school holidays and what else is avoided."""

    holidays: Mapping[date, str]
    periods: Sequence[Period] = ()

    def obstacles(self, day: date) -> list[Obstacle]:
        """Return all that speaks against a day; nothing means that it is a good one."""
        found = self._on(day)
        if not found:
            found = [
                Obstacle(Against.BESIDE, day, each.name)
                for near in _beside(day)
                for each in self._on(near)
                if each.against != Against.WEEKEND
            ][:1]
        if not self.knows_school(day):
            found.append(Obstacle(Against.UNKNOWN, day))
        return found

    def _on(self, day: date) -> list[Obstacle]:
        found = [Obstacle(Against.WEEKEND, day)] if day.weekday() >= 5 else []
        if day in self.holidays:
            found.append(Obstacle(Against.HOLIDAY, day, self.holidays[day]))
        return found + [
            Obstacle(Against.SCHOOL if each.school else Against.AVOIDED, day, each.name)
            for each in self.periods
            if each.holds(day)
        ]

    def knows_school(self, day: date) -> bool:
        """Return whether the school holidays around a day are known."""
        school = [each for each in self.periods if each.school]
        before = max((each.last for each in school if each.first <= day), default=None)
        after = min((each.first for each in school if each.last >= day), default=None)
        return bool(before and after and (after - before).days <= LONGEST_TERM)

    def is_free(self, day: date) -> bool:
        """Return whether nothing known speaks against a day."""
        return all(each.against == Against.UNKNOWN for each in self.obstacles(day))


def _beside(day: date) -> tuple[date, date]:
    """Return the working days before and after one: what lies between is a bridge to them."""
    return (
        day - DAY * (3 if day.weekday() == 0 else 1),
        day + DAY * (3 if day.weekday() == 4 else 1),
    )


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Standing(StrEnum):
    """How a series stands."""

    FIRST = "first"  # none yet, and none planned
    PLANNED = "planned"
    LATER = "later"
    PLAN_NOW = "plan_now"  # the preparations take until it is due
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Rhythm:
    """The last and the next conference of a series, and when the next one is due."""

    standing: Standing
    last: date | None = None
    due: date | None = None
    planned: date | None = None

    @property
    def is_waiting(self) -> bool:
        """Return whether the next conference is overdue, or should be planned by now."""
        return self.standing in (Standing.OVERDUE, Standing.PLAN_NOW)


def rhythm(months: int, held: Sequence[date], coming: Sequence[date], today: date) -> Rhythm:
    """Say how a series stands, from the last days of past and the first days of coming ones."""
    last, planned = max(held, default=None), min(coming, default=None)
    due = months_later(last, months) if last else None
    if planned:
        return Rhythm(Standing.PLANNED, last, due, planned)
    if due is None:
        return Rhythm(Standing.FIRST)
    if due < today:
        return Rhythm(Standing.OVERDUE, last, due)
    soon = due - timedelta(weeks=PREPARING) <= today
    return Rhythm(Standing.PLAN_NOW if soon else Standing.LATER, last, due)


def proposals(
    due: date, almanac: Almanac, today: date, *, days: int = 1, weekday: int | None = None
) -> list[date]:
    """Return free first days around the due one, in their order, one for each week.

    `weekday` (0 is Monday), that of the last conference, is preferred. All days of a conference
    of several must be free. None lies within the weeks that it takes to prepare one.
    """
    earliest = max(due - timedelta(weeks=AROUND), today + timedelta(weeks=AROUND))
    centre = max(due, earliest)
    ranked = WEEKDAYS if weekday is None else (weekday, *(w for w in WEEKDAYS if w != weekday))
    found = []
    for monday in _weeks(centre):
        week = (monday + DAY * number for number in ranked)
        free = (day for day in week if day >= earliest and _all_free(day, days, almanac))
        if first := next(free, None):
            found.append(first)
    return sorted(sorted(found, key=lambda day: (abs((day - centre).days), day))[:6])


def _weeks(centre: date) -> Iterator[date]:
    monday = centre - DAY * centre.weekday()
    yield from (monday + timedelta(weeks=number) for number in range(-AROUND, AROUND + 1))


def _all_free(first: date, days: int, almanac: Almanac) -> bool:
    return all(almanac.is_free(first + DAY * number) for number in range(days))


def whose_turn(order: Sequence[int], before: Sequence[int | None]) -> int | None:
    """Return who comes next in a rotation; `before` are the last holders, the latest first.

    Who stands in the order several times is known by those who came before.
    """
    if not order:
        return None
    if not before or before[0] not in order:
        return order[0]
    places = [number for number, each in enumerate(order) if each == before[0]]
    best = max(places, key=lambda place: (_fits(order, before, place), -place))
    return order[(best + 1) % len(order)]


def _fits(order: Sequence[int], before: Sequence[int | None], place: int) -> int:
    """Return for how many conferences back the holders are those of the order."""
    fitting = 0
    for number, each in enumerate(before[: len(order)]):
        if order[(place - number) % len(order)] != each:
            break
        fitting += 1
    return fitting
