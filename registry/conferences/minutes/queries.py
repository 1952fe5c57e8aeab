"""Reading minutes: their parts, what they are made of, who may object, who gets them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from registry.access.policy import Who
from registry.actors.queries import locked
from registry.conferences.attendance.queries import Person, attended
from registry.conferences.invitations.models import Invitation
from registry.conferences.minutes.models import Minutes, MinutesState, Objection, Part
from registry.conferences.models import Conference, Group
from registry.conferences.queries import mine
from registry.conferences.replies.models import Participant
from registry.conferences.wall.models import Card, Dots
from registry.core.db import db
from registry.core.errors import NotFound


def of_conference(conference: Conference) -> list[Minutes]:
    """Return the minutes of a conference and their supplements, in the order they were begun."""
    query = select(Minutes).where(Minutes.conference_id == conference.id)
    query = query.options(selectinload(Minutes.parts), joinedload(Minutes.supplements))
    return list(db.session.scalars(query.order_by(Minutes.id)))


def load_minutes(who: Who, uuid: UUID, *, lock: bool = False) -> Minutes:
    """Return minutes of a conference that `who` may see, or raise NotFound."""
    query = select(Minutes).join(Conference, Conference.id == Minutes.conference_id)
    query = query.where(Minutes.uuid == uuid, mine(who))
    found = db.session.scalar(locked(query, Minutes) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_part(who: Who, uuid: UUID, *, lock: bool = False) -> Part:
    """Return a part of minutes that `who` may see, or raise NotFound."""
    query = (
        select(Part)
        .join(Minutes, Minutes.id == Part.minutes_id)
        .join(Conference, Conference.id == Minutes.conference_id)
        .where(Part.uuid == uuid, mine(who))
    )
    found = db.session.scalar(locked(query, Part) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_objection(who: Who, uuid: UUID, *, lock: bool = False) -> Objection:
    """Return an objection to minutes that `who` may see, or raise NotFound."""
    query = (
        select(Objection)
        .join(Minutes, Minutes.id == Objection.minutes_id)
        .join(Conference, Conference.id == Minutes.conference_id)
        .where(Objection.uuid == uuid, mine(who))
    )
    found = db.session.scalar(locked(query, Objection) if lock else query)
    if found is None:
        raise NotFound
    return found


def objections(minutes: Minutes) -> Sequence[Objection]:
    """Return what is objected to minutes, in the order it came."""
    query = select(Objection).where(Objection.minutes_id == minutes.id)
    query = query.options(
        joinedload(Objection.participant).joinedload(Participant.invitation),
        joinedload(Objection.part),
    )
    return db.session.scalars(query.order_by(Objection.id)).all()


def next_position(minutes: Minutes) -> int:
    return max((each.position for each in minutes.parts), default=-1) + 1


def cards(conference: Conference) -> tuple[dict[int, list[Card]], dict[int, int]]:
    """Return the cards of each group (internal id), and how many dots each card has."""
    query = select(Card).where(Card.conference_id == conference.id)
    query = query.options(joinedload(Card.table)).order_by(Card.position, Card.id)
    found: dict[int, list[Card]] = {}
    for card in db.session.scalars(query):
        if card.group_id:
            found.setdefault(card.group_id, []).append(card)
    given = (
        select(Dots.card_id, func.sum(Dots.number))
        .join(Card, Card.id == Dots.card_id)
        .where(Card.conference_id == conference.id)
        .group_by(Dots.card_id)
    )
    return found, {card: int(number) for card, number in db.session.execute(given)}


def cards_of(group: Group) -> tuple[list[Card], dict[int, int]]:
    """Return the cards of one group and their dots."""
    found, dots = cards(group.conference)
    return found.get(group.id, []), dots


def names(conference: Conference) -> dict[str, tuple[str, str, str]]:
    """Return (title, given name, family name) of everybody who comes or is invited by name.

    By public id, those who come first.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for kind in (Participant, Invitation):
        columns = (kind.uuid, kind.title, kind.given_name, kind.family_name)
        query = select(*columns).where(kind.conference_id == conference.id).order_by(kind.id)
        for uuid, *parts in db.session.execute(query):
            title, given, family = (part or "" for part in parts)
            if given or family:
                found[str(uuid)] = (title, given, family)
    return found


def present(conference: Conference) -> list[Person]:
    """Return who was there: those who may object. Where nobody noted it, who had a seat."""
    found = attended(conference, inside=False)
    return list(found.present if found.recorded else found.expected)


def load_invitation(uuid: UUID) -> Invitation | None:
    """Return the invitation whose link opens minutes."""
    query = select(Invitation).where(Invitation.uuid == uuid, Invitation.withdrawn_on.is_(None))
    return db.session.scalar(query.options(joinedload(Invitation.conference)))


def load_invitations(conference: Conference) -> Sequence[Invitation]:
    """Return whom the minutes go to: everybody invited, and whoever came."""
    query = select(Invitation).where(
        Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None)
    )
    return db.session.scalars(query.order_by(Invitation.number, Invitation.id)).all()


def told(conference: Conference) -> list[Minutes]:
    """Return what those outside of the office may read: whatever is no draft any more."""
    return [each for each in of_conference(conference) if each.state != MinutesState.DRAFT]


def hold(minutes: Minutes) -> Minutes:
    """Return minutes as they are now, held until the transaction ends."""
    query = select(Minutes).where(Minutes.id == minutes.id)
    return db.session.scalars(locked(query, Minutes)).one()


def salted() -> list[Any]:
    """Return the minutes that hold salts: those in which people can still be found."""
    query = select(Minutes).where(Minutes.salts.is_not(None))
    return list(db.session.scalars(query))
