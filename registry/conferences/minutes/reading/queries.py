"""Who of an invitation was present and may object."""

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from registry.conferences.attendance.queries import Person
from registry.conferences.invitations.models import Invitation
from registry.conferences.minutes.models import Minutes, Objection
from registry.conferences.minutes.queries import present
from registry.conferences.replies.models import Participant
from registry.core.db import db
from registry.core.errors import Invalid


def who_may_object(invitation: Invitation) -> list[Person]:
    """Return those of an invitation who were present."""
    return [each for each in present(invitation.conference) if each.invitation == invitation.uuid]


def load_participant(invitation: Invitation, uuid: UUID | None) -> Participant:
    """Return one of those who may object; where there is only one, nobody needs to be named."""
    may = {each.uuid for each in who_may_object(invitation)}
    wanted = next(iter(may)) if len(may) == 1 else uuid
    query = select(Participant).where(Participant.uuid == wanted)
    found = db.session.scalar(query) if wanted in may else None
    if found is None:
        raise Invalid({"participant": [_("Please say who of those present objects.")]})
    return found


def own_objections(minutes: Minutes, invitation: Invitation) -> list[Objection]:
    """Return what those of an invitation have objected to."""
    query = (
        select(Objection)
        .join(Participant, Participant.id == Objection.participant_id)
        .where(Objection.minutes_id == minutes.id, Participant.invitation_id == invitation.id)
    )
    return list(db.session.scalars(query.order_by(Objection.id)))
