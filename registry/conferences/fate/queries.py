"""What has already happened with a conference, so that it cannot be taken back."""

from sqlalchemy import select

from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.core.db import db
from registry.core.mail.models import Mail

CANCELLED = "conference_cancelled"  # the mail that says that a conference is called off


def somebody_invited(conference: Conference) -> bool:
    """Return whether anybody was ever invited, whichever way it went out."""
    if conference.frozen_at is not None:
        return True
    query = select(Invitation.id).where(
        Invitation.conference_id == conference.id, Invitation.invited_on.is_not(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def told_of_cancelling(conference: Conference) -> bool:
    """Return whether mail that the conference is called off was handed over, or letters printed."""
    by_mail = (
        select(Mail.id)
        .join(Invitation, Invitation.uuid == Mail.about)
        .where(Invitation.conference_id == conference.id, Mail.kind == CANCELLED)
    )
    on_paper = select(Invitation.id).where(
        Invitation.conference_id == conference.id,
        Invitation.told_on_paper >= conference.sequence,
    )
    asked = [by_mail] if conference.cancelled_on is None else [by_mail, on_paper]
    return any(db.session.scalar(each.limit(1)) is not None for each in asked)
