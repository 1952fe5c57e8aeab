"""Where somebody is at a conference: groups and forums, the first table of a World Café. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any


@dataclass(frozen=True)
class Hours:
    """A part of the programme in which people are divided up; `title` is that of its item."""

    title: str
    day: date | None
    starts: time | None
    ends: time | None


@dataclass(frozen=True)
class Place:
    """A group (with its letter) or a table (with its number), where it is and when.

    `role` is "moderates", "hosts", or "" for everybody else.
    """

    title: str
    letter: str = ""
    table: int | None = None
    room: str = ""
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    role: str = ""


def hours(title: str, day: date | None, known: Iterable[Hours]) -> Hours:
    """Return when something takes place: by its own item, else where all items agree on it."""
    of_day = [each for each in known if day in (None, each.day)]
    own = [each for each in of_day if _same(each.title, title)]
    told = {(each.day, each.starts, each.ends) for each in own or of_day}
    return Hours(title, *told.pop()) if len(told) == 1 else Hours(title, day, None, None)


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def in_turn(places: Iterable[Place]) -> list[Place]:
    """Put somebody's places into the order of the programme."""
    return sorted(
        places, key=lambda each: (each.day or date.min, each.starts or time.min, each.table or 0)
    )


def kept(places: Sequence[Place]) -> list[Any]:
    """Return places as JSON: the same list means that nothing has to be told."""
    return [
        [
            each.title,
            each.letter,
            each.table,
            each.room,
            *(value.isoformat() if value else None for value in (each.day, each.starts, each.ends)),
            each.role,
        ]
        for each in places
    ]


def news(now: Mapping[int, Sequence[Place]], told: Mapping[int, list[Any]]) -> set[int]:
    """Return who has to be told: who has a place, or had one, that is not what was told."""
    return {key for key, places in now.items() if kept(places) != told.get(key, [])}
