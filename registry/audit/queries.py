"""Reading the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import false, func, insert, or_, select
from sqlalchemy.sql import ColumnElement

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.audit.models import AuditEntry
from registry.core.db import db


@dataclass(frozen=True)
class AuditRow:
    at: datetime
    who_label: str
    action: str
    subject_type: str
    subject_id: UUID | None
    subject_label: str
    changes: dict[str, Any]


def entries(
    who: Who, *, subject_id: UUID | None = None, page: int = 1, per_page: int = 50
) -> tuple[list[AuditRow], int]:
    """Return one page of what `who` may read, newest first, and the total."""
    conditions = [_visible_to(who)]
    if subject_id:
        conditions.append(AuditEntry.subject_id == subject_id)
    total = db.session.scalar(select(func.count(AuditEntry.id)).where(*conditions)) or 0
    found = db.session.scalars(
        select(AuditEntry)
        .where(*conditions)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return _rows(found.all()), total


def with_state(subjects: Sequence[UUID]) -> set[UUID]:
    """Return those of the subjects of which a whole state stands in the log."""
    query = select(AuditEntry.subject_id).where(
        AuditEntry.subject_id.in_(subjects), AuditEntry.state.is_not(None)
    )
    return {uuid for uuid in db.session.scalars(query.distinct()) if uuid}


def write(rows: Sequence[dict[str, Any]]) -> None:
    """Add entries in few statements."""
    db.session.execute(insert(AuditEntry), rows)


def _visible_to(who: Who) -> ColumnElement[bool]:
    regions = regions_of(who, Permission.AUDIT_READ)
    return or_(false(), *(AuditEntry.region.startswith(region) for region in regions))


def _rows(found: Sequence[AuditEntry]) -> list[AuditRow]:
    names = AuditRow.__dataclass_fields__
    return [AuditRow(**{name: getattr(entry, name) for name in names}) for entry in found]
