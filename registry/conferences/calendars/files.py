"""The calendar files of a conference: for one invitation, or for the office."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from registry.conferences import german, signing
from registry.conferences.calendars import ics
from registry.conferences.calendars.ics import Day, Event, Mailbox
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference

MIME = "text/calendar"
NAME = "termin.ics"
SUBTYPE = "calendar"


def of_conference(conference: Conference, at: datetime) -> str:
    """Return the file for whoever plans a conference; nobody can answer it."""
    return ics.published(event(conference, conference.uuid), at)


def of_invitation(invitation: Invitation, at: datetime) -> str:
    """Return the file for whoever is invited, to be kept and not to be answered."""
    return ics.published(event(invitation.conference, invitation.uuid), at)


def asking(invitation: Invitation, at: datetime) -> list[str]:
    """Return the files that ask whoever is invited for an answer, one for each day."""
    made = event(invitation.conference, invitation.uuid)
    return ics.requested(made, attendee(invitation), at)


def cancelling(
    invitation: Invitation, at: datetime, days: Sequence[Day] | None = None, *, asked: bool
) -> list[str]:
    """Return the files that take the conference, or some of its days, out of a calendar.

    `asked`: an answer had been asked for.
    """
    made = event(invitation.conference, invitation.uuid, days)
    return ics.cancelled(made, at, attendee(invitation) if asked else None)


def event(conference: Conference, key: UUID, days: Sequence[Day] | None = None) -> Event:
    """Return a conference as an event of whoever knows the key."""
    venue = conference.venue
    known = venue is not None and venue.lat is not None and venue.lon is not None
    return Event(
        key=key,
        title=conference.title,
        days=days_of(conference) if days is None else days,
        organizer=Mailbox(signing.mailbox(conference), signing.sender(conference).name),
        sequence=conference.sequence,
        location=german.place(venue),
        description=_description(conference),
        point=(venue.lat, venue.lon) if known else None,
    )


def days_of(conference: Conference) -> list[Day]:
    return [Day(n, each.day, each.starts, each.ends) for n, each in enumerate(conference.days, 1)]


def attendee(invitation: Invitation) -> Mailbox:
    return Mailbox(invitation.email or "", invitation.organisation or str(invitation))


def _description(conference: Conference) -> str:
    agenda = german.agenda(conference.agenda)
    venue = conference.venue
    parts = [
        conference.motto or "",
        "\n".join(["Tagesordnung:", *agenda]) if agenda else "",
        (venue.directions if venue else None) or "",
    ]
    return "\n\n".join(part for part in parts if part)
