"""Writing the audit log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from registry.access.policy import Who
from registry.audit.models import AuditEntry
from registry.audit.snapshot import differences, snapshot
from registry.core.db import db

# How the whole state of a kind is taken, so that it can be restored; features add themselves.
STATES: dict[type[Any], Callable[[Any], dict[str, Any]]] = {}


@contextmanager
def recorded(who: Who, action: str, *subjects: Any, new: bool = False) -> Iterator[None]:
    """Log what happens to each subject inside the block; a change of nothing leaves no entry."""
    before = [{} if new else snapshot(subject) for subject in subjects]
    yield
    db.session.flush()
    for was, subject in zip(before, subjects, strict=True):
        if changes := differences(was, snapshot(subject)):
            take = STATES.get(type(subject))
            record(who, action, subject, changes).state = take(subject) if take else None


def record(
    who: Who, action: str, subject: Any, changes: dict[str, Any] | None = None
) -> AuditEntry:
    """Log one event; `subject` has `region`, `uuid` and a readable str()."""
    entry = AuditEntry(
        who_id=who.user_id,
        who_label=who.label or who.kind,
        region=subject.region,
        action=action,
        subject_type=type(subject).__name__.lower(),
        subject_id=getattr(subject, "uuid", None),
        subject_label=str(subject)[:300],
        changes=changes or {},
    )
    db.session.add(entry)
    return entry
