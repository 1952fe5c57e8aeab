"""Reading what participants need to take part."""

from dataclasses import dataclass

from sqlalchemy import select

from registry.conferences.invitations.address import person
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant, PersonalNeed, Place
from registry.core.db import db


@dataclass(frozen=True)
class NeedRow:
    """What one participant needs; `name` is "" where nobody is named or may be."""

    number: int | None
    organisation: str
    name: str
    waiting: bool
    interpreting: str | None
    step_free: bool
    children: int
    food: str | None
    other: str | None


def needs(conference: Conference, *, inside: bool) -> list[NeedRow]:
    """Return the needs of those who come or wait, by number; without names where not released."""
    query = (
        select(Participant, PersonalNeed, Invitation)
        .join(PersonalNeed, PersonalNeed.participant_id == Participant.id)
        .join(Invitation, Invitation.id == Participant.invitation_id)
        .where(Participant.conference_id == conference.id, Participant.place != Place.NONE)
        .order_by(Invitation.number, Invitation.id, Participant.position)
    )
    return [
        NeedRow(
            row.number,
            row.organisation,
            person(comes) if inside or row.released else "",
            comes.place == Place.WAITING,
            need.interpreting,
            need.step_free,
            need.children,
            need.food,
            need.other,
        )
        for comes, need, row in db.session.execute(query)
    ]
