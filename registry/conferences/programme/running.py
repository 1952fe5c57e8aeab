"""When each item of a programme begins and ends, and what does not fit. Pure.

Moments are minutes since midnight. An item begins when the one before it ends, unless its beginning
is fixed; those that are parallel begin together and form a stretch, which lasts as long as the
longest of them. An item without a duration lasts until the next fixed beginning; where there is
none, nobody knows when the next one begins.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from itertools import combinations

HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True)
class Span:
    """A day of the conference, from when to when it lasts."""

    key: Hashable
    starts: time
    ends: time


@dataclass(frozen=True)
class Item:
    """An item as the clock needs it; `people` are those expected, `seats` those of its room."""

    key: Hashable
    day: Hashable = None
    minutes: int | None = None
    starts: time | None = None
    parallel: bool = False
    room: Hashable = None
    seats: int | None = None
    people: int | None = None


class Trouble(StrEnum):
    """What somebody should look at."""

    EARLY = "early"  # begins before the day does, by so many minutes
    GAP = "gap"  # so many minutes of nothing before it
    OVERLAP = "overlap"  # begins so many minutes before the one before it ends
    ROOM = "room"  # in a room where something else takes place at the same time
    SMALL = "small"  # more people are expected than the room has seats, by so many
    UNKNOWN = "unknown"  # nobody knows when it begins
    OVERRUN = "overrun"  # ends so many minutes after the day
    FULL = "full"  # all items together take so many minutes more than the day has


@dataclass(frozen=True)
class Note:
    """Something to look at: about an item, or about the whole day where `key` is None."""

    trouble: Trouble
    key: Hashable = None
    amount: int = 0
    other: Hashable = None


@dataclass(frozen=True)
class Placed:
    """An item with its beginning and end, None where they cannot be known."""

    key: Hashable
    starts: int | None
    ends: int | None


@dataclass(frozen=True)
class Stretch:
    """What begins together: one item, or several in parallel."""

    items: tuple[Placed, ...]
    starts: int | None
    ends: int | None


@dataclass(frozen=True)
class Course:
    """How one day runs; `key` is None where the conference has no day yet."""

    key: Hashable
    stretches: tuple[Stretch, ...] = ()
    ends: int | None = None
    notes: tuple[Note, ...] = ()

    @property
    def placed(self) -> dict[Hashable, Placed]:
        return {each.key: each for stretch in self.stretches for each in stretch.items}

    def about(self, key: Hashable) -> list[Note]:
        return [each for each in self.notes if each.key == key]


def run(days: Sequence[Span], items: Iterable[Item]) -> list[Course]:
    """Return how each day runs; an item without a day is on that of the one before it."""
    of_day: dict[Hashable, list[Item]] = {each.key: [] for each in days} or {None: []}
    known = {each.key for each in days}
    present = next(iter(of_day))
    for item in items:
        present = item.day if item.day in known else present
        of_day[present].append(item)
    by_key = {each.key: each for each in days}
    return [_course(key, by_key.get(key), of) for key, of in of_day.items()]


def minutes(value: time) -> int:
    return value.hour * HOUR + value.minute


def clock(value: int) -> time:
    """Return a moment as a time of day; what lies behind midnight begins anew."""
    return time(value // HOUR % 24, value % HOUR)


def _course(key: Hashable, span: Span | None, items: Sequence[Item]) -> Course:
    stretches: list[Stretch] = []
    notes: list[Note] = []
    at = minutes(span.starts) if span else None
    groups = list(_together(items))
    for number, group in enumerate(groups):
        following = groups[number + 1][0].starts if number + 1 < len(groups) else None
        stretch = _stretch(group, at, minutes(following) if following else None)
        notes += _before(stretch, at, first=number == 0)
        stretches.append(stretch)
        at = stretch.ends
    made = Course(key, tuple(stretches), _last(stretches))
    known = {each.key: each for each in items}
    notes += [*_rooms(made.placed, known), *_small(items), *_whole(made, span)]
    return replace(made, notes=tuple(notes))


def _together(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the items in stretches: the first of a day stands beside nothing."""
    group: list[Item] = []
    for each in items:
        if group and not each.parallel:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _stretch(group: Sequence[Item], at: int | None, following: int | None) -> Stretch:
    first = group[0]
    begins = minutes(first.starts) if first.starts else at
    placed = tuple(_placed(each, begins, following) for each in group)
    ends = [each.ends for each in placed if each.ends is not None]
    return Stretch(placed, begins, max(ends, default=None))


def _placed(item: Item, begins: int | None, following: int | None) -> Placed:
    starts = minutes(item.starts) if item.starts else begins
    if starts is None:
        return Placed(item.key, None, None)
    if item.minutes is not None:
        return Placed(item.key, starts, starts + item.minutes)
    lasts = following is not None and following > starts
    return Placed(item.key, starts, following if lasts else None)


def _before(stretch: Stretch, at: int | None, *, first: bool) -> Iterator[Note]:
    """Yield what is wrong between a stretch and what comes before it."""
    begun = [(each.key, each.starts) for each in stretch.items if each.starts is not None]
    if not begun:
        yield Note(Trouble.UNKNOWN, stretch.items[0].key)
    elif at is not None:
        for key, starts in begun:
            if starts < at:
                yield Note(Trouble.EARLY if first else Trouble.OVERLAP, key, at - starts)
        key, starts = min(begun, key=lambda each: each[1])
        if starts > at:
            yield Note(Trouble.GAP, key, starts - at)


def _rooms(placed: dict[Hashable, Placed], items: dict[Hashable, Item]) -> Iterator[Note]:
    used = [each for each in placed.values() if items[each.key].room is not None]
    for one, other in combinations(used, 2):
        if items[one.key].room == items[other.key].room and _at_once(one, other):
            yield Note(Trouble.ROOM, other.key, other=one.key)


def _at_once(one: Placed, other: Placed) -> bool:
    if one.starts is None or other.starts is None:
        return False
    ends, others = one.ends or one.starts, other.ends or other.starts
    return max(one.starts, other.starts) < min(ends, others)


def _small(items: Iterable[Item]) -> Iterator[Note]:
    for each in items:
        if each.seats is not None and each.people is not None and each.people > each.seats:
            yield Note(Trouble.SMALL, each.key, each.people - each.seats)


def _whole(course: Course, span: Span | None) -> Iterator[Note]:
    if span is None:
        return
    closes = minutes(span.ends)
    if course.ends is not None and course.ends > closes:
        yield Note(Trouble.OVERRUN, amount=course.ends - closes)
    taken = sum((each.ends or 0) - (each.starts or 0) for each in course.stretches if each.ends)
    if (over := taken - (closes - minutes(span.starts))) > 0:
        yield Note(Trouble.FULL, amount=over)


def _last(stretches: Sequence[Stretch]) -> int | None:
    """Return when a day is over, as far as that is known."""
    known = [each.ends or each.starts for each in stretches]
    return max((each for each in known if each is not None), default=None)
