"""The programme as calendar files: all items of a conference, or one of them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from registry.conferences import german, signing
from registry.conferences.calendars import ics
from registry.conferences.calendars.ics import Event, Mailbox
from registry.conferences.models import Conference
from registry.conferences.programme import timetable
from registry.conferences.programme.timetable import Line, Sheet
from registry.core.errors import NotFound


def of_programme(conference: Conference, at: datetime) -> str:
    """Return a file with every item whose beginning and end are known."""
    return ics.published_together(list(_events(conference)), at)


def of_item(conference: Conference, item: UUID, at: datetime) -> str:
    """Return a file with one item; raise NotFound where its times are not known."""
    for each in _events(conference):
        if each.key == item:
            return ics.published(each, at)
    raise NotFound


def is_timed(sheet: Sheet, line: Line) -> bool:
    """Return whether a calendar can hold an item: it knows nothing that ends as it begins."""
    return bool(sheet.day and line.starts and line.ends and line.starts < line.ends)


def _events(conference: Conference) -> Iterator[Event]:
    signed = signing.sender(conference)
    organizer = Mailbox(signing.mailbox(signed), signed.name)
    venue = german.place(conference.venue)
    for sheet in timetable.of(conference):
        for line in sheet.lines:
            if sheet.day and line.starts and line.ends and is_timed(sheet, line):
                item = line.item
                room = item.room.name if item.room else ""
                who = ", ".join(part for part in (item.speaker, item.institution) if part)
                yield Event(
                    key=item.uuid,
                    title=item.title,
                    days=[ics.Day(1, sheet.day.day, line.starts, line.ends)],
                    organizer=organizer,
                    sequence=conference.version,  # rises with every change of the programme
                    location=", ".join(part for part in (room, venue) if part),
                    description="\n\n".join(
                        part for part in (conference.title, who, item.description) if part
                    ),
                )
