"""Who gets which mail at this moment, and who does not and why. Pure, apart from reading rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.conferences.invitations.models import Channel, Invitation, Reply
from registry.conferences.invitations.queries import Sendable
from registry.conferences.mailing.saying import INVITATION
from registry.conferences.models import Conference
from registry.core.mail.models import State

BY_MAIL = (Channel.MAIL, Channel.BOTH)
CAME_BACK = (State.BOUNCED, State.DEAD, State.HELD)


class Otherwise(StrEnum):
    """Why a mail is not due, besides what hinders any mail."""

    POST = "post"
    TELEPHONE = "telephone"
    WRITTEN = "written"  # it has the mail already
    ANSWERED = "answered"
    TODAY = "today"  # was written to today
    LOST = "lost"  # the last mail did not arrive
    NOT_INVITED = "not_invited"


@dataclass(frozen=True)
class Chosen:
    """Whom a mail goes to, and of each of the others why it does not (a code)."""

    mails: Sequence[Invitation]
    others: Sequence[tuple[Invitation, str]]


Standing = Mapping[int, Sendable]
Why = Callable[[Invitation], str | None]


def to_invite(rows: Iterable[Invitation], standing: Standing) -> Chosen:
    """Return who gets the invitation: everybody by mail who has not got it."""
    return _chosen(rows, standing, lambda row: Otherwise.WRITTEN if was_told(row) else None)


def to_remind(rows: Iterable[Invitation], standing: Standing, today: date) -> Chosen:
    """Return who can be reminded: who was invited by mail before today and has not answered."""

    def why(row: Invitation) -> str | None:
        if row.reply != Reply.OPEN:
            return Otherwise.ANSWERED
        if not was_told(row):
            return Otherwise.NOT_INVITED
        if (written := last_written(row)) and written >= today:
            return Otherwise.TODAY
        return Otherwise.LOST if is_lost(row) else None

    return _chosen(rows, standing, why)


def to_tell(rows: Iterable[Invitation], standing: Standing, conference: Conference) -> Chosen:
    """Return who has to be told what has changed: once, whoever was invited and comes or may."""
    off = conference.cancelled_on is not None

    def why(row: Invitation) -> str | None:
        if row.reply == Reply.NO:
            return Otherwise.ANSWERED
        if row.invited_on is None:
            return Otherwise.NOT_INVITED
        if row.told is None:  # the letter was all it got
            return Otherwise.POST
        if off and _never_left(row):
            return Otherwise.NOT_INVITED if row.letter_on is None else Otherwise.POST
        return Otherwise.WRITTEN if row.told >= conference.sequence else None

    return _chosen(rows, standing, why)


def to_tell_on_paper(
    rows: Iterable[Invitation], standing: Standing, conference: Conference
) -> list[Invitation]:
    """Return who has to be told what has changed by letter: whoever no mail tells it, or told."""
    known = list(rows)
    by_mail = {row.id for row in to_tell(known, standing, conference).mails}

    def unaware(row: Invitation) -> bool:
        heard = _heard(row)
        return heard is not None and heard < conference.sequence

    return [
        row
        for row in known
        if row.id not in by_mail
        and row.reply != Reply.NO
        and row.invited_on is not None
        and standing[row.id].post
        and unaware(row)
    ]


def knows_on_paper(row: Invitation, conference: Conference) -> bool:
    """Return whether its last letter told how things stand now."""
    return row.told_on_paper is not None and row.told_on_paper >= conference.sequence


def _heard(row: Invitation) -> int | None:
    """Return the `sequence` that somebody knows of, by mail or on paper; None of none."""
    on_paper = row.told_on_paper
    if row.told is None:  # the letter was all it got
        return on_paper or 0
    by_mail: int | None = None if _never_left(row) else row.told
    if by_mail is not None and row.mail is not None and row.mail.state in CAME_BACK:
        by_mail = None if row.mail.kind == INVITATION else row.told - 1
    return max((each for each in (by_mail, on_paper) if each is not None), default=None)


def _chosen(rows: Iterable[Invitation], standing: Standing, why: Why) -> Chosen:
    mails, others = [], []
    for row in rows:
        code = why(row) or _hindered(row, standing[row.id])
        if code is None:
            mails.append(row)
        else:
            others.append((row, code))
    return Chosen(mails, others)


def _hindered(row: Invitation, now: Sendable) -> str | None:
    if row.channel not in BY_MAIL:
        return Otherwise.POST if row.channel == Channel.POST else Otherwise.TELEPHONE
    return None if now.mail else str(now.hindrance)


def was_told(row: Invitation) -> bool:
    return row.told is not None


def last_written(row: Invitation) -> date | None:
    return max((day for day in (row.invited_on, row.reminded_on) if day), default=None)


def is_lost(row: Invitation) -> bool:
    """Return whether its last mail did not arrive at the address it still has."""
    mail = row.mail
    return mail is not None and mail.state in CAME_BACK and mail.recipient == row.email


def _never_left(row: Invitation) -> bool:
    """Return whether its invitation waits, or was kept from leaving."""
    mail = row.mail
    return (
        mail is not None
        and mail.kind == INVITATION
        and mail.state in (State.WAITING, State.CANCELLED)
    )


def is_due(row: Invitation, conference: Conference, today: date) -> bool:
    """Return whether a reminder is due by plan: a day of the plan lies behind its last mail.

    The days count back from the deadline, so they move along with it.
    """
    deadline, last = conference.deadline, last_written(row)
    if deadline is None or last is None or today > deadline:
        return False
    days = (deadline - timedelta(days=number) for number in conference.reminder_days)
    return any(last < day <= today for day in days)
