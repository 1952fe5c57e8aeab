"""Reading what waits for the office's decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.accounts.models import User
from registry.actors.models import Actor
from registry.actors.proposals.models import Proposal, State
from registry.actors.queries import looked_after
from registry.core.db import db
from registry.core.errors import NotFound
from registry.offers.models import Offer


@dataclass(frozen=True)
class WaitingRow:
    """One line of the queue."""

    uuid: UUID
    subject_type: str
    label: str
    verb: str
    author: str
    made_at: datetime
    actor_name: str


def _waiting(who: Who) -> ColumnElement[bool]:
    there = or_(Proposal.subject_type == "actor", exists().where(Offer.uuid == Proposal.subject_id))
    mine = looked_after(who, Permission.ENTRY_REVIEW)
    return and_(Proposal.state == State.WAITING, mine, there)


def queue(who: Who, *, page: int = 1, per_page: int = 50) -> tuple[list[WaitingRow], int]:
    """Return one page of what waits in the regions `who` reviews, oldest first, and the total."""
    names = ("uuid", "subject_type", "label", "verb", "author", "made_at")
    found = db.session.execute(
        select(*(getattr(Proposal, name) for name in names), Actor.name.label("actor_name"))
        .join(Actor, Actor.id == Proposal.actor_id)
        .where(_waiting(who))
        .order_by(Proposal.made_at, Proposal.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [WaitingRow(**values) for values in found.mappings()], count(who)


def count(who: Who) -> int:
    """Count what waits in the regions `who` reviews."""
    query = select(func.count(Proposal.id)).join(Actor, Actor.id == Proposal.actor_id)
    return db.session.scalar(query.where(_waiting(who))) or 0


def load_proposal(who: Who, uuid: UUID) -> Proposal:
    """Return what somebody wishes for an entry that `who` reviews, read anew; else NotFound."""
    query = select(Proposal).join(Actor, Actor.id == Proposal.actor_id)
    mine = looked_after(who, Permission.ENTRY_REVIEW)
    found = db.session.scalar(
        query.where(Proposal.uuid == uuid, mine).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def address_of(user_id: int | None) -> str | None:
    """Return the address of an active account."""
    return db.session.scalar(select(User.email).where(User.id == user_id, User.active))
