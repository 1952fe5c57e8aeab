"""Reading what a plan is made from."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from registry.access.policy import Who
from registry.conferences.invitations.models import Invitation, Rule
from registry.conferences.models import Conference
from registry.conferences.queries import FIRST_DAY, mine
from registry.core.db import db

MOST = 50  # earlier conferences that can be taken over


def rules(conference: Conference) -> Sequence[Rule]:
    """Return the rules of a conference in their order."""
    query = select(Rule).where(Rule.conference_id == conference.id)
    return db.session.scalars(query.order_by(Rule.position, Rule.id)).all()


def told_of_present(conference: Conference) -> bool:
    """Return whether mail or letter has told somebody of day, hour and venue as they stand."""
    query = select(Invitation.id).where(
        Invitation.conference_id == conference.id,
        or_(
            Invitation.told == conference.sequence, Invitation.told_on_paper == conference.sequence
        ),
    )
    return db.session.scalar(query.limit(1)) is not None


def invited(conference: Conference) -> Sequence[UUID]:
    query = select(Invitation.uuid).where(Invitation.conference_id == conference.id)
    return db.session.scalars(query.order_by(Invitation.id)).all()


def earlier(who: Who, region: str) -> Sequence[Conference]:
    """Return the conferences of a region that a new one can be made from, the latest first."""
    query = select(Conference).where(
        mine(who), Conference.region == region, Conference.archived_on.is_(None)
    )
    order = (FIRST_DAY.is_(None), FIRST_DAY.desc(), Conference.id.desc())
    return db.session.scalars(query.order_by(*order).limit(MOST)).all()
