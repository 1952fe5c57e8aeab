"""Writing the audit log."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from registry.access.policy import Who
from registry.audit import queries
from registry.audit.models import AuditEntry
from registry.audit.snapshot import differences, snapshot
from registry.core.db import db

# How the whole state of a kind is taken, so that it can be restored; features add themselves.
STATES: dict[type[Any], Callable[[Any], dict[str, Any]]] = {}


@contextmanager
def recorded(who: Who, action: str, *subjects: Any, new: bool = False) -> Iterator[None]:
    """Log what happens to each subject inside the block; a change of nothing leaves no entry.

    Of an entry that came in without its whole state, as by an import, that is kept before.
    """
    before = [{} if new else snapshot(subject) for subject in subjects]
    unkept = {} if new else _unkept(subjects)
    yield
    db.session.flush()
    for was, subject in zip(before, subjects, strict=True):
        if changes := differences(was, snapshot(subject)):
            if getattr(subject, "uuid", None) in unkept:
                record(who, f"{_kind(subject)}.kept", subject).state = unkept[subject.uuid]
            take = STATES.get(type(subject))
            record(who, action, subject, changes).state = take(subject) if take else None


def _unkept(subjects: Sequence[Any]) -> dict[UUID, dict[str, Any]]:
    """Return the present states of those of which the log holds none yet."""
    of_kind = [subject for subject in subjects if type(subject) in STATES]
    kept = queries.with_state([subject.uuid for subject in of_kind]) if of_kind else set()
    return {
        subject.uuid: STATES[type(subject)](subject)
        for subject in of_kind
        if subject.uuid not in kept
    }


def record(
    who: Who, action: str, subject: Any, changes: dict[str, Any] | None = None
) -> AuditEntry:
    """Log one event; `subject` has `region`, `uuid` and a readable str()."""
    entry = AuditEntry(**_values(who, Event(action, subject, changes or {})))
    db.session.add(entry)
    return entry


@dataclass(frozen=True)
class Event:
    """Something to be logged; `state` is the whole subject after it, where that is known."""

    action: str
    subject: Any
    changes: dict[str, Any]
    state: dict[str, Any] | None = None


def record_many(who: Who, events: Sequence[Event]) -> None:
    """Log many events in their order, in few statements."""
    if events:
        queries.write([{**_values(who, event), "state": event.state} for event in events])


def _values(who: Who, event: Event) -> dict[str, Any]:
    return {
        "who_id": who.user_id,
        "who_label": who.label or who.kind,
        "region": event.subject.region,
        "action": event.action,
        "subject_type": _kind(event.subject),
        "subject_id": getattr(event.subject, "uuid", None),
        "subject_label": str(event.subject)[:300],
        "changes": event.changes,
    }


def _kind(subject: Any) -> str:
    return type(subject).__name__.lower()
