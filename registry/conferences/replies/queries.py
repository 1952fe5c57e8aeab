"""Reading answers: who comes, who waits, and what may be changed by whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from registry.actors.queries import locked
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, Place
from registry.core.db import db, wait_to_write
from registry.core.errors import NotFound
from registry.core.mail.models import Mail


def hold(conference: Conference) -> None:
    """Let nobody else give seats of a conference until the transaction ends, and read it anew."""
    wait_to_write()
    query = select(Conference).where(Conference.id == conference.id)
    db.session.scalars(locked(query, Conference)).one()


def load_by_link(uuid: UUID, *, lock: bool = False) -> Invitation:
    """Return the invitation that a link opens; one that was withdrawn opens nothing.

    For whoever answers its conference is held, too.
    """
    query = (
        select(Invitation)
        .where(Invitation.uuid == uuid, Invitation.withdrawn_on.is_(None))
        .options(joinedload(Invitation.conference))
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return hold_invitation(found) if lock else found


def hold_invitation(invitation: Invitation) -> Invitation:
    """Return an invitation and its conference as they are now, held until the transaction ends."""
    hold(invitation.conference)
    query = select(Invitation).where(Invitation.id == invitation.id)
    return db.session.scalars(locked(query, Invitation)).one()


def load_participants(invitation: Invitation) -> Sequence[Participant]:
    """Return those of an invitation by position, those who gave their seat back included."""
    return db.session.scalars(
        select(Participant)
        .where(Participant.invitation_id == invitation.id)
        .options(joinedload(Participant.need))
        .order_by(Participant.position)
        .execution_options(populate_existing=True)
    ).all()


def load_waiting(conference: Conference) -> Sequence[Participant]:
    """Return those who wait for a seat, who came first before others."""
    return db.session.scalars(
        select(Participant)
        .where(Participant.conference_id == conference.id, Participant.place == Place.WAITING)
        .options(joinedload(Participant.invitation))
        .order_by(Participant.waiting_since, Participant.id)
        .execution_options(populate_existing=True)
    ).all()


def seats_given(conference: Conference) -> int:
    taken = (Participant.conference_id == conference.id, Participant.place == Place.SEAT)
    return db.session.scalar(select(func.count(Participant.id)).where(*taken)) or 0


def waiting_positions(conference: Conference) -> dict[int, int]:
    """Return the place on the waiting list, from 1, by the internal id of a participant."""
    waiting = (Participant.conference_id == conference.id, Participant.place == Place.WAITING)
    found = db.session.scalars(
        select(Participant.id).where(*waiting).order_by(Participant.waiting_since, Participant.id)
    )
    return {key: number for number, key in enumerate(found, 1)}


def language_of(invitation: Invitation, kind: str) -> str:
    """Return the language of the last mail of a kind about an invitation, else German."""
    query = select(Mail.language).where(Mail.about == invitation.uuid, Mail.kind == kind)
    return db.session.scalar(query.order_by(Mail.id.desc()).limit(1)) or "de"


def answered_in(conference: Conference, kind: str) -> dict[UUID, str]:
    """Return the language of the last mail of a kind by invitation, where there was one."""
    query = select(Mail.about, Mail.language).join(Invitation, Invitation.uuid == Mail.about)
    query = query.where(Invitation.conference_id == conference.id, Mail.kind == kind)
    return {row.about: row.language for row in db.session.execute(query.order_by(Mail.id))}
