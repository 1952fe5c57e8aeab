"""When a mail of a conference leaves: whether it still may, and the files it carries."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from flask import Flask

from registry.conferences.calendars import files
from registry.conferences.calendars.ics import Day
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.invitations.queries import sendable
from registry.conferences.mailing import queries, saying
from registry.conferences.models import CalendarMethod
from registry.core.mail import rendering, sending
from registry.core.mail.models import Mail, State
from registry.core.mail.rendering import File


def guard(mail: Mail) -> State | None:
    """Return what keeps a mail from leaving: whatever has become of the invitation meanwhile."""
    row = queries.load_about(mail)
    if row is None or row.withdrawn_on is not None:
        return State.CANCELLED
    if mail.kind == saying.REMINDER and row.reply != Reply.OPEN:
        return State.CANCELLED
    if row.conference.cancelled_on is not None and mail.kind != saying.CANCELLED:
        return State.CANCELLED
    return None if sendable(row.conference, only=row.id)[row.id].mail else State.HELD


def carried(mail: Mail, at: datetime) -> Iterator[File]:
    """Yield the calendar files of a mail; none where its text names what no longer holds."""
    row = queries.load_about(mail)
    if row is None or row.conference.sequence != mail.facts.get("sequence"):
        return
    asks = row.conference.calendar == CalendarMethod.REQUEST
    gone = [_day(each) for each in mail.facts.get("dropped", ())]
    if mail.kind == saying.CANCELLED:
        gone = [*files.days_of(row.conference), *gone]
    else:
        yield from _inviting(row, at, mail.recipient, asks=asks)
    shown = asks and mail.kind == saying.CANCELLED
    for number, text in enumerate(
        files.cancelling(row, at, gone, mail.recipient if asks else None)
    ):
        yield _file("CANCEL", text, instead=shown and number == 0)


def _inviting(row: Invitation, at: datetime, to: str, *, asks: bool) -> Iterator[File]:
    if not asks:
        yield _file("PUBLISH", files.of_invitation(row, at))
    else:
        for number, text in enumerate(files.asking(row, at, to)):
            yield _file("REQUEST", text, instead=number == 0)  # programs show one of them


def _file(method: str, text: str, *, instead: bool = False) -> File:
    return File(files.NAME, text, files.SUBTYPE, {"method": method}, instead)


def _day(kept: list[Any]) -> Day:
    number, day, starts, ends = kept
    hours = time.fromisoformat(starts), time.fromisoformat(ends)
    return Day(int(number), date.fromisoformat(day), *hours)


def init_app(app: Flask) -> None:
    for kind in saying.KINDS:
        sending.held_back_by(app, kind, guard)
    for kind in (saying.INVITATION, saying.MOVED, saying.CANCELLED):
        rendering.carries(app, kind, carried)
