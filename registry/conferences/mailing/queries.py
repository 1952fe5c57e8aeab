"""Reading what was written to whom, and where each mail is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from registry.access.policy import Who
from registry.conferences.invitations import address
from registry.conferences.invitations.models import Channel, Invitation, Reply
from registry.conferences.invitations.queries import in_order
from registry.conferences.models import Conference
from registry.conferences.queries import in_the_office, mine
from registry.core.db import db
from registry.core.mail.models import Mail, State


class Way(StrEnum):
    """How far the last mail to an invitation is."""

    UNWRITTEN = "unwritten"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    HELD = "held"
    CANCELLED = "cancelled"


LOST = "lost"  # failed, bounced or held, without an answer: a letter has to be sent
STATES: dict[Way, tuple[State, ...]] = {
    Way.QUEUED: (State.WAITING, State.SENDING),
    Way.SENT: (State.SENT,),
    Way.FAILED: (State.DEAD,),
    Way.BOUNCED: (State.BOUNCED,),
    Way.HELD: (State.HELD,),
    Way.CANCELLED: (State.CANCELLED,),
}
_WAYS = {state: way for way, states in STATES.items() for state in states}


@dataclass(frozen=True)
class MailedRow:
    """An invitation and its last mail; `email` is None where whoever asks may not see it."""

    uuid: UUID
    number: int | None
    name: str
    email: str | None
    channel: str
    reply: str
    invited_on: date | None
    reminded_on: date | None
    way: Way
    sent_at: datetime | None
    error: str | None


def load_about(mail: Mail) -> Invitation | None:
    """Return the invitation that a mail is about."""
    query = select(Invitation).where(Invitation.uuid == mail.about)
    return db.session.scalar(query.options(joinedload(Invitation.conference)))


def load_rows(conference: Conference) -> list[Invitation]:
    """Return the invitations that hold, with their last mails, in the order of the list."""
    query = select(Invitation).where(
        Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None)
    )
    return in_order(db.session.scalars(query.options(selectinload(Invitation.mail))))


def load_reminding(who: Who, today: date) -> Sequence[Conference]:
    """Return the conferences that may have reminders by plan on a day."""
    query = select(Conference).where(
        mine(who),
        Conference.frozen_at.is_not(None),
        Conference.cancelled_on.is_(None),
        Conference.deadline >= today,
    )
    return db.session.scalars(query.order_by(Conference.id)).all()


def count(conference: Conference) -> dict[str, int]:
    """Return the number of invitations in each way, and of those that are lost."""
    query = select(Mail.state, Invitation.told.is_(None), func.count(Invitation.id))
    query = _joined(query, conference).group_by(Mail.state, Invitation.told.is_(None))
    found: dict[str, int] = dict.fromkeys(Way, 0)
    for state, unwritten, number in db.session.execute(query):
        found[_way(state, unwritten=bool(unwritten))] += number
    lost = _joined(select(func.count(Invitation.id)), conference).where(is_lost())
    return {**found, LOST: db.session.scalar(lost) or 0}


def mailed(
    who: Who, conference: Conference, way: str = "", *, page: int = 1, per_page: int = 50
) -> tuple[list[MailedRow], int]:
    """Return one page of invitations by number, and their total."""
    counting = _joined(select(func.count(Invitation.id)), conference).where(_in(way))
    query = _joined(select(Invitation, Mail), conference).where(_in(way))
    order = (Invitation.number.is_(None), Invitation.number)
    query = query.order_by(*order, func.lower(Invitation.organisation), Invitation.id)
    found = db.session.execute(query.limit(per_page).offset((page - 1) * per_page))
    inside = in_the_office(who, conference)
    rows = [_row(row, mail, shown=inside or row.released) for row, mail in found]
    return rows, db.session.scalar(counting) or 0


def load_lost(conference: Conference, uuids: Collection[UUID]) -> Sequence[Invitation]:
    """Return those of some invitations whose mail did not arrive."""
    query = _joined(select(Invitation), conference).where(is_lost(), Invitation.uuid.in_(uuids))
    rows: Sequence[Invitation] = db.session.scalars(query).all()
    return rows


def is_lost() -> ColumnElement[bool]:
    lost = [*STATES[Way.FAILED], *STATES[Way.BOUNCED], *STATES[Way.HELD]]
    by_mail = Invitation.channel.in_([Channel.MAIL, Channel.BOTH])
    return and_(by_mail, Invitation.reply == Reply.OPEN, Mail.state.in_(lost))


def _joined(query: Any, conference: Conference) -> Any:
    return (
        query.select_from(Invitation)
        .outerjoin(Mail, Mail.id == Invitation.mail_id)
        .where(Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None))
    )


def _in(way: str) -> ColumnElement[bool]:
    if way == LOST:
        return is_lost()
    if way == Way.UNWRITTEN:
        return Invitation.told.is_(None)
    if way not in list(Way):
        return true()
    stands: ColumnElement[bool] = Mail.state.in_(STATES[Way(way)])
    if way == Way.SENT:  # the mail itself is deleted in time
        stands = or_(stands, and_(Invitation.told.is_not(None), Mail.id.is_(None)))
    return and_(Invitation.told.is_not(None), stands)


def _way(state: str | None, *, unwritten: bool) -> Way:
    if unwritten:
        return Way.UNWRITTEN
    return _WAYS[State(state)] if state else Way.SENT


def _row(row: Invitation, mail: Mail | None, *, shown: bool) -> MailedRow:
    return MailedRow(
        uuid=row.uuid,
        number=row.number,
        name=row.organisation or (address.person(row) if shown else ""),
        email=row.email if shown else None,
        channel=row.channel,
        reply=row.reply,
        invited_on=row.invited_on,
        reminded_on=row.reminded_on,
        way=_way(mail.state if mail else None, unwritten=row.told is None),
        sent_at=mail.sent_at if mail else None,
        error=mail.error if mail and shown else None,
    )
