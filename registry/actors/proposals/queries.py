"""Reading what waits for the office's decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from registry.actors.proposals.models import Proposal, State
from registry.core.db import db


@dataclass(frozen=True)
class ProposalRow:
    """A wish as the form of its entry shows it; `data` are the fields that would change."""

    uuid: UUID
    verb: str
    state: str
    base: int
    data: dict[str, Any]
    made_at: datetime
    decided_at: datetime | None
    reason: str | None


def latest(subject: UUID) -> ProposalRow | None:
    """Return the newest wish for an entry, whatever became of it."""
    query = select(Proposal).where(Proposal.subject_id == subject)
    found = db.session.scalars(query.order_by(Proposal.id.desc()).limit(1)).first()
    if found is None:
        return None
    names = ProposalRow.__dataclass_fields__
    return ProposalRow(**{name: getattr(found, name) for name in names})


def load_waiting(subject: UUID) -> Sequence[Proposal]:
    """Return what still waits for an entry."""
    query = select(Proposal).where(Proposal.subject_id == subject, Proposal.state == State.WAITING)
    return db.session.scalars(query.order_by(Proposal.id)).all()


def waited_for(subjects: Sequence[UUID]) -> Sequence[UUID]:
    """Return those of the entries for which something waits."""
    query = select(Proposal.subject_id).where(
        Proposal.subject_id.in_(subjects), Proposal.state == State.WAITING
    )
    return db.session.scalars(query.distinct()).all()
