"""Reading what an entry once was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from registry.access.policy import Who
from registry.actors.models import Actor
from registry.actors.queries import visible_to
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import NotFound


@dataclass(frozen=True)
class ChangeRow:
    """One change of an entry; `whole` says whether the state after it is kept."""

    id: int
    at: datetime
    who_id: int | None
    who_label: str
    action: str
    changes: dict[str, Any]
    whole: bool


def changes_of(
    kind: str, subject: UUID, *, page: int = 1, per_page: int = 20
) -> tuple[list[ChangeRow], int]:
    """Return one page of what happened to an entry, newest first, and the total."""
    mine = (AuditEntry.subject_type == kind, AuditEntry.subject_id == subject)
    total = db.session.scalar(select(func.count(AuditEntry.id)).where(*mine)) or 0
    names = ("id", "at", "who_id", "who_label", "action", "changes")
    found = db.session.execute(
        select(
            *(getattr(AuditEntry, name) for name in names),
            AuditEntry.state.is_not(None).label("whole"),
        )
        .where(*mine)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [ChangeRow(**values) for values in found.mappings()], total


def load_change(kind: str, subject: UUID, key: int) -> AuditEntry:
    """Return one change of an entry with the state after it; NotFound where none is kept."""
    query = select(AuditEntry).where(
        AuditEntry.id == key,
        AuditEntry.subject_type == kind,
        AuditEntry.subject_id == subject,
        AuditEntry.state.is_not(None),
    )
    found = db.session.scalar(query.options(undefer(AuditEntry.state)))
    if found is None:
        raise NotFound
    return found


def parent_exists(who: Who, state: dict[str, Any]) -> list[str]:
    """Return the id of the parent organisation that a state names, if `who` may see that one."""
    wanted = state.get("parent")
    if not wanted:
        return []
    query = select(Actor.uuid).where(Actor.uuid == UUID(wanted), visible_to(who))
    return [str(uuid) for uuid in db.session.scalars(query)]
