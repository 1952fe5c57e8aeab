"""A conference's programme as it is shown: the days, what begins together, what does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from registry.conferences.models import AgendaItem, Conference, Day, Group, ItemFormat
from registry.conferences.programme import running
from registry.conferences.programme.running import Course, Item, Note, Placed, Span, Trouble

TOGETHER = {ItemFormat.TALK, ItemFormat.PLENARY, ItemFormat.EXPERTS, ItemFormat.FISHBOWL}


@dataclass(frozen=True)
class Line:
    """An item with the times of day it begins and ends at, as far as they are known."""

    item: AgendaItem
    starts: time | None
    ends: time | None
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Slot:
    """What begins together; `gap` is how many minutes of nothing lie before it."""

    lines: Sequence[Line]
    starts: time | None
    ends: time | None
    gap: int = 0

    @property
    def block(self) -> str:
        return self.lines[0].item.block or ""


@dataclass(frozen=True)
class Sheet:
    """A day with all of it; `day` is None where the conference has none yet."""

    day: Day | None
    slots: Sequence[Slot]
    ends: time | None
    notes: Sequence[str] = ()

    @property
    def lines(self) -> list[Line]:
        return [line for slot in self.slots for line in slot.lines]


def of(conference: Conference) -> list[Sheet]:
    """Return the days of a conference with their programme."""
    items = {each.id: each for each in conference.agenda}
    days = {each.id: each for each in conference.days}
    courses = running.run(
        [Span(each.id, each.starts, each.ends) for each in conference.days],
        [_timed(each, conference) for each in conference.agenda],
    )
    return [_sheet(each, days, items, conference) for each in courses]


def count(sheets: Iterable[Sheet]) -> int:
    """Return how much there is to look at."""
    lines = [line for each in sheets for line in each.lines]
    return sum(len(each.notes) for each in sheets) + sum(len(each.notes) for each in lines)


def _timed(item: AgendaItem, conference: Conference) -> Item:
    together = item.format in TOGETHER and not item.parallel
    return Item(
        key=item.id,
        day=item.day_id,
        minutes=item.minutes,
        starts=item.starts,
        parallel=bool(item.parallel),
        room=item.room_id,
        seats=item.room.seats if item.room else None,
        people=conference.seats if together else None,
    )


def _sheet(
    course: Course,
    days: Mapping[Any, Day],
    items: Mapping[Any, AgendaItem],
    conference: Conference,
) -> Sheet:
    day, slots = days.get(course.key), []
    for stretch in course.stretches:
        gaps = (n for each in stretch.items for n in course.about(each.key))
        gap = next((n.amount for n in gaps if n.trouble is Trouble.GAP), 0)
        lines = [_line(each, course.about(each.key), items, conference) for each in stretch.items]
        slots.append(Slot(lines, _clock(stretch.starts), _clock(stretch.ends), gap))
    groups = [each for each in conference.groups if len(days) == 1 or each.day_id == course.key]
    notes = [_worded(each, items) for each in course.notes if each.key is None]
    return Sheet(day, slots, _clock(course.ends), [*notes, *_groups(groups)])


def _line(
    placed: Placed,
    notes: Iterable[Note],
    items: Mapping[Any, AgendaItem],
    conference: Conference,
) -> Line:
    item: AgendaItem = items[placed.key]
    said = [_worded(each, items) for each in notes if each.trouble is not Trouble.GAP]
    if item.room and item.room.venue_id != conference.venue_id:
        said.append(_("The room is in another venue."))
    return Line(item, _clock(placed.starts), _clock(placed.ends), said)


def _clock(value: int | None) -> time | None:
    return None if value is None else running.clock(value)


def _worded(note: Note, items: Mapping[Any, AgendaItem]) -> str:
    """Return in words what does not fit."""
    number, other = note.amount, items.get(note.other)
    words = {
        Trouble.EARLY: lambda: ngettext(
            "Begins %(num)s minute before the day does.",
            "Begins %(num)s minutes before the day does.",
            number,
        ),
        Trouble.OVERLAP: lambda: ngettext(
            "Begins %(num)s minute before the item before it ends.",
            "Begins %(num)s minutes before the item before it ends.",
            number,
        ),
        Trouble.ROOM: lambda: _(
            "The room is taken at this time: %(title)s.", title=other.title if other else ""
        ),
        Trouble.SMALL: lambda: ngettext(
            "The room lacks %(num)s seat.", "The room lacks %(num)s seats.", number
        ),
        Trouble.UNKNOWN: lambda: _("Nobody knows when this begins: a duration is missing before."),
        Trouble.OVERRUN: lambda: ngettext(
            "The programme ends %(num)s minute after the day does.",
            "The programme ends %(num)s minutes after the day does.",
            number,
        ),
        Trouble.FULL: lambda: ngettext(
            "All items together take %(num)s minute more than the day has.",
            "All items together take %(num)s minutes more than the day has.",
            number,
        ),
    }
    return words[note.trouble]()


def _groups(groups: Sequence[Group]) -> Iterable[str]:
    """Yield what speaks against the rooms of working groups: too small, or taken twice."""
    held: dict[int, Group] = {}
    for each in groups:
        if each.room is None:
            continue
        most = each.maximum or each.minimum
        if each.room.seats is not None and most > each.room.seats:
            yield _(
                "%(group)s: up to %(most)s people, and %(room)s has %(seats)s seats.",
                group=each.title,
                most=most,
                room=each.room.name,
                seats=each.room.seats,
            )
        other = held.setdefault(each.room.id, each)
        if other is not each:
            yield _(
                "%(group)s and %(other)s are in the same room: %(room)s.",
                group=each.title,
                other=other.title,
                room=each.room.name,
            )
