"""Changing a programme: its items as days of stretches, and what a form says of one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.policy import Who
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.conferences.holders import chosen
from registry.conferences.models import AgendaItem, Conference, Day
from registry.conferences.programme import arranging
from registry.conferences.queries import load_conference
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.vocabulary.services import choose

Days = arranging.Days[AgendaItem]


def loaded(who: Who, uuid: UUID, version: int) -> Conference:
    """Return a conference that still has the given version, held until the transaction ends."""
    found = load_conference(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


@contextmanager
def changed(who: Who, found: Conference) -> Iterator[Days]:
    """Give the items as days of stretches, and keep how they stand afterwards."""
    with recorded(who, "conference.updated", found), db.session.no_autoflush:
        days = stretches(found)
        yield days
        order = list(arranging.in_order(days))
        for number, (day, beside, row) in enumerate(order):
            row.position, row.parallel = number, beside > 0
            row.day = found.days[day] if found.days else None
        found.agenda = [row for _day, _beside, row in order]
        touch(found)


def stretches(found: Conference) -> Days:
    """Return the agenda as days of what begins together."""
    return arranging.arranged(
        found.agenda,
        len(found.days),
        lambda each: number_of(found, each.day),
        lambda each: bool(each.parallel),
    )


def number_of(found: Conference, day: Day | None) -> int | None:
    """Return the number of a day of a conference, from 0."""
    return found.days.index(day) if day in found.days else None


def fill(found: Conference, row: AgendaItem, data: Mapping[str, Any]) -> None:
    """Set what a form says of an item."""
    setters: dict[str, Callable[[Any], None]] = {
        "day": lambda value: setattr(row, "day", day_of(found, chosen(value)) or row.day),
        "room": lambda value: _set_room(found, row, chosen(value)),
        "field": lambda value: _set_field(row, value),
        "parallel": lambda _value: None,  # follows from where it stands
    }
    for name, value in data.items():
        if name != "uuid":
            setters.get(name, lambda given, name=name: setattr(row, name, given))(value)


def day_of(found: Conference, uuid: UUID | None) -> Day | None:
    """Return a day of the conference; one of another does not exist."""
    if not uuid or not uuid.int:
        return None
    for each in found.days:
        if each.uuid == uuid:
            return each
    raise Invalid({"day": [_("This entry does not exist.")]})


def _set_field(row: AgendaItem, key: str | None) -> None:
    row.field = choose("field", [key], "field")[0] if key else None


def _set_room(found: Conference, row: AgendaItem, uuid: UUID) -> None:
    """Set the room: one of the venue, or the one there was."""
    if not uuid.int:
        row.room = None
        return
    rooms = found.venue.rooms if found.venue else []
    offered = {each.uuid: each for each in (*rooms, *([row.room] if row.room else []))}
    if uuid not in offered:
        raise Invalid({"room": [_("This entry does not exist.")]})
    row.room = offered[uuid]
