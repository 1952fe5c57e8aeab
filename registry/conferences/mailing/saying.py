"""What the mails of a conference say: the facts of each, ready to be put into the outbox."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.conferences import german, signing
from registry.conferences.calendars import files
from registry.conferences.calendars.ics import Day
from registry.conferences.decisions import carried
from registry.conferences.invitations import address
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.mailing import texts
from registry.conferences.models import Conference
from registry.conferences.replies import closing
from registry.core import i18n
from registry.core.mail.rendering import Sender

INVITATION, REMINDER = "conference_invitation", "conference_reminder"
MOVED, CANCELLED = "conference_moved", "conference_cancelled"
KINDS = (INVITATION, REMINDER, MOVED, CANCELLED)
CHANGES = (MOVED, CANCELLED)
GERMAN = "de"
NO_PLACE = "Der Ort wird noch bekannt gegeben."


@dataclass(frozen=True)
class Occasion:
    """What all mails of a conference say alike."""

    conference: Conference
    sender: Sender
    values: dict[str, str]
    facts: dict[str, Any]


def occasion(conference: Conference, language: str = GERMAN) -> Occasion:
    """Return what is said alike; in another language than German only what a change is told by."""
    sender, days = signing.sender(conference), files.days_of(conference)
    title, place = _line(conference.title), german.place(conference.venue) or NO_PLACE
    deadline = _day(closing.last_day(conference))
    agenda = german.agenda(carried.titles(conference))
    values = {
        "konferenz": title,
        "motto": _line(conference.motto or ""),
        "termin": "\n".join(german.appointments(days)),
        "tag": german.dates(days),
        "uhrzeit": german.times(days),
        "ort": place,
        "tagesordnung": "\n".join(["Tagesordnung:", *agenda]) if agenda else "",
        "frist": deadline,
        "absender": sender.name,
    }
    facts = {
        "conference": title,
        "days": german.appointments(days),
        "day": german.dates(days),
        "place": place,
        "deadline": deadline,
        "before": _day(conference.moved_from),
        "signer": {"name": sender.name, "reply_to": sender.reply_to},
        "sequence": conference.sequence,
        "dates": [_kept(day) for day in days],
    }
    if language != GERMAN:
        facts |= _translated(conference, language)
    return Occasion(conference, sender, values, facts)


def _translated(conference: Conference, language: str) -> dict[str, Any]:
    last = closing.last_day(conference)
    with i18n.force_locale(language.replace("-", "_")):
        return {
            "language": language,
            "days": [_appointment(day) for day in files.days_of(conference)],
            "day": ", ".join(i18n.long_date(each.day) for each in conference.days),
            "place": german.place(conference.venue) or _("The place will be told later."),
            "deadline": i18n.long_date(last) if last else "",
            "before": i18n.long_date(conference.moved_from) if conference.moved_from else "",
        }


def _appointment(day: Day) -> str:
    return f"{i18n.long_date(day.day)}, {i18n.clock(day.starts)} – {i18n.clock(day.ends)}"


def invitation(
    told: Occasion, row: Invitation, number: int | None = None, *, concealed: bool = False
) -> dict[str, Any]:
    """Return the facts of an invitation; `concealed` addresses nobody by name.

    `number` is the one it will have, as long as the list is not frozen.
    """
    subject = told.conference.mail_subject or texts.USUAL_SUBJECT
    text = told.conference.mail_text or texts.USUAL_TEXT
    values = told.values | {
        "anrede": address.EVERYBODY if concealed else address.salutation(row),
        "organisation": row.organisation or address.person(row),
        "nummer": str(row.number or number or ""),
        "plaetze": "einen Platz" if row.seats == 1 else f"{row.seats} Plätze",
    }
    said = {"subject": texts.subject(subject, values), "parts": texts.parts(text, values)}
    return told.facts | said


def reminder(told: Occasion, row: Invitation) -> dict[str, Any]:
    """Return the facts of a reminder; it carries no date, so what was known of it stays."""
    said = {"salutation": address.salutation(row)}
    return told.facts | said | {"dates": _known(row) or told.facts["dates"]}


def moved(told: Occasion, row: Invitation) -> dict[str, Any]:
    """Return the facts of what has changed, with the days that are no longer."""
    return told.facts | {
        "salutation": _salutation(told, row),
        "answered": row.reply != Reply.OPEN,
        "dropped": _dropped(told, row),
    }


def cancelled(told: Occasion, row: Invitation) -> dict[str, Any]:
    because = (told.conference.cancelled_because or "").strip()
    said = {"salutation": _salutation(told, row), "because": because}
    return told.facts | said | {"dropped": _dropped(told, row)}


def _salutation(told: Occasion, row: Invitation) -> str:
    """Return how a mail begins; in another language than German it addresses everybody alike."""
    language = str(told.facts.get("language", GERMAN))
    if language == GERMAN:
        return address.salutation(row)
    with i18n.force_locale(language.replace("-", "_")):
        return _("Good day,")


def _dropped(told: Occasion, row: Invitation) -> list[Any]:
    """Return the days that its last mail named beyond those that are left."""
    return _known(row)[len(told.facts["dates"]) :]


def _known(row: Invitation) -> list[Any]:
    return list(row.mail.facts.get("dates", ())) if row.mail else []


def _kept(day: Day) -> list[Any]:
    return [day.number, day.day.isoformat(), day.starts.isoformat(), day.ends.isoformat()]


def _day(value: date | None) -> str:
    return german.day(value) if value else ""


def _line(text: str) -> str:
    return " ".join(text.split())
