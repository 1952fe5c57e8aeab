"""Putting items of a programme elsewhere: by a step, to a place, out of a stretch. Pure.

A programme is a list of days, a day a list of stretches, a stretch a list of items that begin
together. What is moved out of a stretch stands alone; what is moved over one passes all of it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Stretches = list[list[T]]
Days = list[Stretches[T]]


def arranged(
    items: Iterable[T], days: int, day_of: Callable[[T], int | None], beside: Callable[[T], bool]
) -> Days[T]:
    """Return the items as days of stretches; without a day one is on that of the one before."""
    made: Days[T] = [[] for _ in range(max(days, 1))]
    present = 0
    for each in items:
        known = day_of(each)
        present = present if known is None else known
        stretches = made[present]
        if stretches and beside(each):
            stretches[-1].append(each)
        else:
            stretches.append([each])
    return made


def find(days: Days[T], item: T) -> tuple[int, int, int]:
    """Return the numbers of day, stretch and place of an item that is there."""
    return next(
        (day, stretch, place)
        for day, stretches in enumerate(days)
        for stretch, items in enumerate(stretches)
        for place, each in enumerate(items)
        if each == item
    )


def taken(days: Days[T], item: T) -> tuple[int, int]:
    """Take an item out; return its day and the number of the stretch that stands there now."""
    day, stretch, place = find(days, item)
    del days[day][stretch][place]
    if not days[day][stretch]:
        del days[day][stretch]
    return day, stretch


def stepped(days: Days[T], item: T, by: int) -> None:
    """Move an item one step up (-1) or down (1), over the end of a day if need be."""
    day, stretch, place = find(days, item)
    beside = days[day][stretch]
    if 0 <= place + by < len(beside):
        beside[place], beside[place + by] = beside[place + by], beside[place]
        return
    alone = len(beside) == 1
    taken(days, item)
    if not alone:
        days[day].insert(stretch + (by > 0), [item])
    elif 0 <= stretch + by <= len(days[day]):
        days[day].insert(stretch + by, [item])
    elif 0 <= day + by < len(days):
        days[day + by].insert(0 if by > 0 else len(days[day + by]), [item])
    else:
        days[day].insert(stretch, [item])


def put_before(days: Days[T], item: T, day: int, before: T | None) -> None:
    """Put an item in front of another, beside which it then is; at the end of a day if of none."""
    if before == item:
        return
    taken(days, item)
    if before is None:
        days[day].append([item])
        return
    day, stretch, place = find(days, before)
    if place:
        days[day][stretch].insert(place, item)
    else:
        days[day].insert(stretch, [item])


def put_after(days: Days[T], item: T, after: T, *, beside: bool) -> None:
    """Add an item behind another: beside it, or behind all that begins together with it."""
    day, stretch, place = find(days, after)
    if beside:
        days[day][stretch].insert(place + 1, item)
    else:
        days[day].insert(stretch + 1, [item])


def joined(days: Days[T], item: T) -> None:
    """Let an item begin together with what stands before it on its day, if anything does."""
    day, stretch, _place = find(days, item)
    if stretch:
        taken(days, item)
        days[day][stretch - 1].append(item)


def left(days: Days[T], item: T) -> None:
    """Let an item stand alone, behind what it began together with."""
    day, stretch, _place = find(days, item)
    if len(days[day][stretch]) > 1:
        taken(days, item)
        days[day].insert(stretch + 1, [item])


def in_order(days: Sequence[Stretches[T]]) -> Iterable[tuple[int, int, T]]:
    """Yield each item with the numbers of its day and of its place in its stretch."""
    for number, stretches in enumerate(days):
        for items in stretches:
            for place, each in enumerate(items):
                yield number, place, each
