"""Reading conferences: those of the own regions, and those where the own actor has a duty."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, or_, select

from registry.access.permissions import Permission, Role
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.conferences.models import Conference, Duty
from registry.core.db import db
from registry.core.errors import NotFound


def mine(who: Who) -> ColumnElement[bool]:
    """Return the condition for conferences that `who` may see at all.

    What may be done there is the policy's to say, with the conference as the subject.
    """
    held = regions_of(who, Permission.CONFERENCE_READ)
    kept = [g.actor_id for g in who.grants if g.role is Role.ACTOR_EDITOR and g.actor_id]
    return or_(
        false(),
        *(Conference.region.startswith(region, autoescape=True) for region in held),
        exists().where(Duty.conference_id == Conference.id, Duty.actor_id.in_(kept)),
    )


def load_conference(who: Who, uuid: UUID, *, lock: bool = False) -> Conference:
    """Return a conference that `who` may see, or raise NotFound."""
    query = select(Conference).where(Conference.uuid == uuid, mine(who))
    found = db.session.scalar(locked(query, Conference) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_conferences(who: Who) -> Sequence[Conference]:
    """Return all conferences that `who` may see, the newest first."""
    query = select(Conference).where(mine(who))
    return db.session.scalars(query.order_by(Conference.id.desc())).all()
