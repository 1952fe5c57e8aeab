"""The calendar files of a conference: for one invitation, or for the office."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from registry.conferences import german, signing
from registry.conferences.agenda import points
from registry.conferences.calendars import ics
from registry.conferences.calendars.ics import Day, Event, Mailbox
from registry.conferences.invitations import address
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.venues.models import Venue

MIME = "text/calendar"
NAME = "termin.ics"
SUBTYPE = "calendar"


def of_conference(conference: Conference, at: datetime) -> str:
    """Return the file for whoever plans a conference; nobody can answer it."""
    return ics.published(event(conference, conference.uuid), at)


def of_invitation(invitation: Invitation, at: datetime) -> str:
    """Return the file for whoever is invited, to be kept and not to be answered."""
    return ics.published(event(invitation.conference, invitation.uuid), at)


def asking(invitation: Invitation, at: datetime, to: str) -> list[str]:
    """Return the files that ask whoever is invited for an answer, one for each day."""
    made = event(invitation.conference, invitation.uuid)
    return ics.requested(made, attendee(invitation, to), at)


def cancelling(
    invitation: Invitation, at: datetime, days: Sequence[Day], to: str | None = None
) -> list[str]:
    """Return the files that take days out of a calendar; `to` is who was asked for an answer."""
    if not days:
        return []
    made = event(invitation.conference, invitation.uuid, days)
    return ics.cancelled(made, at, attendee(invitation, to) if to else None)


def event(conference: Conference, key: UUID, days: Sequence[Day] | None = None) -> Event:
    """Return a conference as an event of whoever knows the key."""
    venue, sender = conference.venue, signing.sender(conference)
    return Event(
        key=key,
        title=conference.title,
        days=days_of(conference) if days is None else days,
        organizer=Mailbox(signing.mailbox(sender), sender.name),
        sequence=conference.sequence,
        location=german.place(venue),
        description=_description(conference),
        point=_point(venue),
    )


def days_of(conference: Conference) -> list[Day]:
    """Return the days in their order, numbered."""
    days = sorted(conference.days, key=lambda each: each.day)
    return [Day(n, each.day, each.starts, each.ends) for n, each in enumerate(days, 1)]


def attendee(invitation: Invitation, to: str) -> Mailbox:
    return Mailbox(to, invitation.organisation or address.person(invitation))


def _point(venue: Venue | None) -> tuple[float, float] | None:
    if venue is None or venue.lat is None or venue.lon is None:
        return None
    return venue.lat, venue.lon


def _description(conference: Conference) -> str:
    agenda = german.agenda("\n".join(each.lines) for each in points(conference.agenda))
    venue = conference.venue
    parts = [
        conference.motto or "",
        "\n".join(["Tagesordnung:", *agenda]) if agenda else "",
        (venue.directions if venue else None) or "",
    ]
    return "\n\n".join(part for part in parts if part)
