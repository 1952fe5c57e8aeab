"""Writing the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from registry.access.policy import Who
from registry.audit.models import AuditEntry
from registry.audit.snapshot import differences, snapshot
from registry.core.db import db


@contextmanager
def recorded(who: Who, action: str, subject: Any, *, new: bool = False) -> Iterator[None]:
    """Log what happens to `subject` inside the block; a change of nothing leaves no entry."""
    before = {} if new else snapshot(subject)
    yield
    db.session.flush()
    if changes := differences(before, snapshot(subject)):
        record(who, action, subject, changes)


def record(who: Who, action: str, subject: Any, changes: dict[str, Any] | None = None) -> None:
    """Log one event; `subject` has `region`, `uuid` and a readable str()."""
    db.session.add(
        AuditEntry(
            who_id=who.user_id,
            who_label=who.label or who.kind,
            region=subject.region,
            action=action,
            subject_type=type(subject).__name__.lower(),
            subject_id=getattr(subject, "uuid", None),
            subject_label=str(subject)[:300],
            changes=changes or {},
        )
    )
