"""Reading answers for the office: counts, days, lists."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from registry.conferences.invitations.models import Channel, Invitation, Reply
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, Place
from registry.conferences.rounds import wished
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.core.mail.models import Mail
from registry.upkeep.campaigns.asking import CAME_BACK

SORTS = ("number", "organisation", "category", "reply", "on")
PEOPLE_SORTS = ("name", "organisation", "place")


@dataclass(frozen=True)
class Wanted:
    """Which answers are asked for, "" for all, and their order."""

    reply: str = ""
    category: str = ""
    state: str = ""  # late, waiting, bounced
    sort: str = "number"


@dataclass(frozen=True)
class AnswerRow:
    """An invitation and what became of it. `came_back`: its last mail reached nobody."""

    uuid: UUID
    number: int | None
    organisation: str
    person: str
    category: str
    reply: str
    on: date | None
    via: str | None
    said_by: str | None
    invited: int
    seats: int
    waiting: int
    came_back: bool
    late: bool


@dataclass(frozen=True)
class PersonRow:
    """Somebody who comes, or waits for a seat."""

    invitation: UUID
    number: int | None
    name: str
    title: str
    function: str
    organisation: str
    category: str
    deputy: bool
    place: str
    waiting_since: Any
    wishes: list[list[str]]  # titles, round by round
    listed: bool


def counted(conference: Conference) -> dict[str, Counter[str]]:
    """Return by category how many answered what, and how many have a seat or wait for one."""
    found: dict[str, Counter[str]] = {}
    replies = db.session.execute(
        select(Invitation.category, Invitation.reply, func.count(Invitation.id))
        .where(*_valid(conference))
        .group_by(Invitation.category, Invitation.reply)
    )
    places = db.session.execute(
        select(Invitation.category, Participant.place, func.count(Participant.id))
        .join(Participant, Participant.invitation_id == Invitation.id)
        .where(*_valid(conference), Participant.place != Place.NONE)
        .group_by(Invitation.category, Participant.place)
    )
    for category, what, number in (*replies, *places):
        found.setdefault(category, Counter())[what] += number
    return found


def by_day(conference: Conference) -> Counter[tuple[date, str]]:
    """Return how many answers that still hold came on which day."""
    answered = db.session.execute(
        select(Invitation.replied_at, Invitation.reply).where(
            *_valid(conference), Invitation.replied_at.is_not(None)
        )
    )
    return Counter((at.astimezone(ZONE).date(), reply) for at, reply in answered if at)


def first_sent(conference: Conference) -> date | None:
    query = select(func.min(Invitation.invited_on)).where(*_valid(conference))
    return db.session.scalar(query)


def count_undeliverable(conference: Conference) -> int:
    query = select(func.count(Invitation.id)).outerjoin(Mail, Mail.id == Invitation.mail_id)
    return db.session.scalar(query.where(*_valid(conference), _unanswered(), _came_back())) or 0


def count_by_telephone(conference: Conference) -> int:
    """Count those who owe an answer and can be reached neither by mail nor by letter."""
    reached = Invitation.channel == Channel.NONE
    query = select(func.count(Invitation.id)).where(*_valid(conference), _unanswered(), reached)
    return db.session.scalar(query) or 0


def count_to_remind(conference: Conference, since: date) -> int:
    """Count those invited before a day who owe an answer and were not reminded since."""
    due = or_(Invitation.reminded_on.is_(None), Invitation.reminded_on < since)
    query = select(func.count(Invitation.id)).where(
        *_valid(conference),
        _unanswered(),
        due,
        Invitation.invited_on < since,
        Invitation.email.is_not(None),
    )
    return db.session.scalar(query) or 0


def answers(
    conference: Conference,
    wanted: Wanted,
    *,
    inside: bool,
    page: int = 1,
    per_page: int | None = 50,
) -> tuple[list[AnswerRow], int]:
    """Return one page of answers, all of them without `per_page`, and the total.

    Those outside of the office learn the function of whom an invitation names, unless released.
    """
    conditions = (*_valid(conference), *_conditions(wanted))
    total = _joined(select(func.count(Invitation.id))).where(*conditions)
    query = _joined(select(Invitation, _places(Place.SEAT), _places(Place.WAITING), Mail.state))
    down = wanted.sort.startswith("-")
    for column in _order(wanted.sort.removeprefix("-")):
        query = query.order_by(column.is_(None), column.desc() if down else column)
    query = query.where(*conditions).order_by(Invitation.id)
    if per_page:
        query = query.limit(per_page).offset((page - 1) * per_page)
    found = db.session.execute(query)
    return [_answer(*each, inside=inside) for each in found], db.session.scalar(total) or 0


def _answer(
    row: Invitation, seats: int, waiting: int, mail: str | None, *, inside: bool
) -> AnswerRow:
    names = (row.given_name, row.family_name) if inside or row.released else (row.function,)
    return AnswerRow(
        uuid=row.uuid,
        number=row.number,
        organisation=row.organisation,
        person=" ".join(part for part in names if part),
        category=row.category,
        reply=row.reply,
        on=row.replied_at.astimezone(ZONE).date() if row.replied_at else None,
        via=row.via,
        said_by=row.said_by,
        invited=row.seats,
        seats=seats,
        waiting=waiting,
        came_back=mail in CAME_BACK,
        late=row.late,
    )


def people(
    conference: Conference,
    *,
    place: str = "",
    listed: bool = False,
    sort: str = "name",
    page: int = 1,
    per_page: int | None = 50,
) -> tuple[list[PersonRow], int]:
    """Return one page of those who come or wait, all of them without `per_page`, and the total."""
    mine = (
        Participant.conference_id == conference.id,
        Participant.place == place if place else Participant.place != Place.NONE,
        Participant.listed if listed else true(),
    )
    total = db.session.scalar(select(func.count(Participant.id)).where(*mine)) or 0
    query = (
        select(Participant)
        .join(Invitation, Invitation.id == Participant.invitation_id)
        .where(*mine)
        .options(joinedload(Participant.invitation))
    )
    down = sort.startswith("-")
    for column in _people_order(sort.removeprefix("-")):
        query = query.order_by(column.is_(None), column.desc() if down else column)
    query = query.order_by(Participant.id)
    if per_page:
        query = query.limit(per_page).offset((page - 1) * per_page)
    return [_person(each, conference) for each in db.session.scalars(query)], total


def _person(row: Participant, conference: Conference) -> PersonRow:
    return PersonRow(
        invitation=row.invitation.uuid,
        number=row.invitation.number,
        name=str(row),
        title=row.title or "",
        function=row.function or "",
        organisation=row.invitation.organisation,
        category=row.invitation.category,
        deputy=row.deputy,
        place=row.place,
        waiting_since=row.waiting_since,
        wishes=wished(conference, row.wishes),
        listed=row.listed,
    )


def _valid(conference: Conference) -> tuple[ColumnElement[bool], ...]:
    return Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None)


def _unanswered() -> ColumnElement[bool]:
    return Invitation.reply == Reply.OPEN


def _came_back() -> ColumnElement[bool]:
    return func.coalesce(Mail.state.in_(CAME_BACK), False)


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(Invitation).outerjoin(Mail, Mail.id == Invitation.mail_id)


def _places(place: Place) -> Any:
    return (
        select(func.count(Participant.id))
        .where(Participant.invitation_id == Invitation.id, Participant.place == place)
        .scalar_subquery()
    )


def _conditions(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    states = {
        "waiting": _places(Place.WAITING) > 0,
        "bounced": and_(_unanswered(), _came_back()),
        "telephone": and_(_unanswered(), Invitation.channel == Channel.NONE),
    }
    return (
        Invitation.reply == wanted.reply if wanted.reply else true(),
        Invitation.category == wanted.category if wanted.category else true(),
        states.get(wanted.state, true()),
    )


def _order(name: str) -> Sequence[Any]:
    return {
        "organisation": (func.lower(Invitation.organisation),),
        "category": (Invitation.category, func.lower(Invitation.organisation)),
        "reply": (Invitation.reply, Invitation.number),
        "on": (Invitation.replied_at,),
    }.get(name, (Invitation.number, func.lower(Invitation.organisation)))


def _people_order(name: str) -> Sequence[Any]:
    return {
        "organisation": (func.lower(Invitation.organisation),),
        "place": (Participant.place, Participant.waiting_since),
    }.get(name, (func.lower(Participant.family_name), func.lower(Participant.given_name)))
