"""What the answers add up to: bars by category and by day, and what is to be done today. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from registry.conferences.invitations.models import Reply
from registry.conferences.replies.models import Place

PARTS = (Reply.YES, Reply.DEPUTY, Reply.NO, Reply.OPEN)
WIDTH = 100  # of the longest bar
MOST_DAYS = 60  # in the picture; the last ones
SOON = 7  # days before the deadline


@dataclass(frozen=True)
class Part:
    """A piece of a bar: what it stands for, where it begins and how long it is."""

    what: str
    number: int
    start: float
    length: float


@dataclass(frozen=True)
class CategoryRow:
    """The answers of one category."""

    key: str
    parts: list[Part]
    invited: int
    seats: int
    waiting: int

    def of(self, what: str) -> int:
        return sum(part.number for part in self.parts if part.what == what)

    @property
    def accepted(self) -> int:
        return self.of(Reply.YES) + self.of(Reply.DEPUTY)


@dataclass(frozen=True)
class DayRow:
    """The answers of one day."""

    day: date
    parts: list[Part]
    so_far: int

    @property
    def number(self) -> int:
        return sum(part.number for part in self.parts)


@dataclass(frozen=True)
class Task:
    """Something to be done today; `count` is how much of it."""

    key: str
    count: int


def by_category(
    counted: Mapping[str, Mapping[str, int]], framework: Sequence[str], beside: Iterable[str]
) -> list[CategoryRow]:
    """Return the framework's categories, all of them, then those beside that occur."""
    others = [key for key in counted if key not in framework]
    order = {key: number for number, key in enumerate(beside)}
    keys = [*framework, *sorted(others, key=lambda key: (order.get(key, len(order)), key))]
    longest = max((_invited(counted.get(key, {})) for key in keys), default=0)
    return [_category(key, counted.get(key, {}), longest) for key in keys]


def _invited(found: Mapping[str, int]) -> int:
    return sum(found.get(what, 0) for what in PARTS)


def _category(key: str, found: Mapping[str, int], longest: int) -> CategoryRow:
    parts = _parts({what.value: found.get(what, 0) for what in PARTS}, longest)
    seats, waiting = found.get(Place.SEAT, 0), found.get(Place.WAITING, 0)
    return CategoryRow(key, parts, _invited(found), seats, waiting)


def _parts(numbers: Mapping[str, int], longest: int) -> list[Part]:
    made, start = [], 0.0
    for what, number in numbers.items():
        if number:
            length = round(WIDTH * number / longest, 2)
            made.append(Part(what, number, round(start, 2), length))
            start += length
    return made


def by_day(
    counted: Mapping[tuple[date, str], int], first: date | None, today: date
) -> list[DayRow]:
    """Return every day from the first mail or answer to today or the last answer."""
    days = [day for day, _reply in counted]
    begin = min(filter(None, [first, *days]), default=None)
    if begin is None or not days:
        return []
    end = max(*days, today) if today - max(days) < timedelta(MOST_DAYS) else max(days)
    all_days = [begin + timedelta(each) for each in range((end - begin).days + 1)]
    totals: Counter[date] = Counter()
    for (day, _reply), number in counted.items():
        totals[day] += number
    longest, so_far, rows = max(totals.values()), 0, []
    for day in all_days:
        so_far += totals[day]
        numbers = {what.value: counted.get((day, what.value), 0) for what in PARTS}
        rows.append(DayRow(day, _parts(numbers, longest), so_far))
    return rows[-MOST_DAYS:]


def without_acceptance(rows: Iterable[CategoryRow], framework: Iterable[str]) -> list[str]:
    """Return the framework's categories that were invited and of which nobody comes so far."""
    kept = set(framework)
    return [row.key for row in rows if row.key in kept and row.invited and not row.accepted]


def reminder_since(deadline: date | None, days: Iterable[int], today: date) -> date | None:
    """Return the last day on which a reminder was due, None before the first one."""
    if deadline is None or today > deadline:
        return None
    passed = [deadline - timedelta(each) for each in days]
    return max((day for day in passed if day <= today), default=None)


def is_near(last: date | None, today: date) -> bool:
    return last is not None and today <= last <= today + timedelta(SOON)
