"""Whom an actor can name, and what they filled in: whom they miss, and what is old."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select, update

from registry.access.policy import Who
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.network.rounds.models import Asked, Round
from registry.network.rounds.queries import joined, mine


@dataclass(frozen=True)
class Partner:
    """An actor as the survey names it; `short` is "" where it has no short name."""

    id: int
    uuid: UUID
    name: str
    short: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.short})" if self.short else self.name


@dataclass(frozen=True)
class Missing:
    """Somebody whom an actor misses in the register."""

    name: str
    asked: UUID
    actor: str
    round: str
    round_uuid: UUID


def partners(asked: Asked) -> dict[str, Partner]:
    """Return by public id and in the order of their names the others of the same register."""
    inside = Actor.region.startswith(asked.round.region, autoescape=True)
    found = db.session.execute(
        select(Actor.id, Actor.uuid, Actor.name, func.coalesce(Actor.short_name, ""))
        .where(inside, Actor.status == Status.PUBLISHED, Actor.id != asked.actor_id)
        .order_by(func.lower(Actor.name), Actor.id)
    )
    return {str(uuid): Partner(key, uuid, name, short) for key, uuid, name, short in found}


def missing(who: Who, *, of: Round | None = None) -> list[Missing]:
    """Return whom actors miss in the register, as long as nobody has seen to it."""
    within = (Round.id == of.id,) if of else ()
    found = db.session.execute(
        joined(select(Asked.missing, Asked.uuid, Actor.name, Round.name, Round.uuid))
        .where(mine(who), *within, cast(Asked.missing, String) != "[]")
        .order_by(Round.id.desc(), func.lower(Actor.name), Asked.id)
    )
    return [Missing(name, *values) for names, *values in found for name in names]


def count_old_drafts(before: datetime) -> int:
    """Count what was filled in, in rounds that ended before a moment."""
    return db.session.scalar(select(func.count(Asked.id)).where(_old_draft(before))) or 0


def clear_old_drafts(before: datetime) -> int:
    """Remove what was filled in, in rounds that ended before a moment; return how many."""
    done: Any = db.session.execute(
        update(Asked).where(_old_draft(before)).values(draft={}, missing=[]),
        execution_options={"synchronize_session": False},
    )
    return int(done.rowcount)


def _old_draft(before: datetime) -> ColumnElement[bool]:
    ended = func.coalesce(Round.closed_on, Round.deadline)
    over = select(Round.id).where(ended < before.date())
    filled = or_(cast(Asked.draft, String) != "{}", cast(Asked.missing, String) != "[]")
    return and_(Asked.round_id.in_(over), filled)
