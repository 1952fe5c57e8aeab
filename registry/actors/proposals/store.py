"""Keeping what waits for the office's decision. Whoever calls has asked for permission."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from registry.access.policy import Who
from registry.actors.models import Actor, Status
from registry.actors.proposals import queries
from registry.actors.proposals.models import Proposal, State, Verb
from registry.core.db import db, now

_FULFILLED = {Status.PUBLISHED: Verb.PUBLISH, Status.ARCHIVED: Verb.ARCHIVE}


def put(
    who: Who,
    row: Any,
    verb: Verb,
    data: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
) -> Proposal:
    """Let a wish for an entry wait; the one of the same kind that waits already is replaced."""
    present = (each for each in queries.load_waiting(row.uuid) if each.verb == verb)
    made = next(present, None) or Proposal(subject_id=row.uuid, verb=verb)
    made.subject_type, made.actor_id = type(row).__name__.lower(), row.owner_id
    made.label, made.base = str(row)[:300], row.version
    made.data, made.before = dict(data or {}), dict(before or {})
    made.author_id, made.author, made.made_at = who.user_id, who.label or who.kind, now()
    db.session.add(made)
    db.session.flush()
    return made


def overtake(subject: UUID, status: Status) -> None:
    """Settle what waits for an entry whose status was just set; proposed changes go on waiting."""
    for each in queries.load_waiting(subject):
        if each.verb != Verb.UPDATE:
            fulfilled = _FULFILLED.get(status) == each.verb
            decide(each, State.ACCEPTED if fulfilled else State.WITHDRAWN)


def overtake_all(rows: Sequence[Any]) -> None:
    """Settle what waits for entries whose status was just set together."""
    statuses = {row.uuid: row.status for row in rows}
    for subject in queries.waited_for(list(statuses)):
        overtake(subject, statuses[subject])


def hand_over_all(owners: Mapping[UUID, Actor]) -> None:
    """Let what waits for entries follow them to other actors."""
    for subject in queries.waited_for(list(owners)):
        hand_over(subject, owners[subject])


def withdraw(subject: UUID) -> None:
    """Take back whatever waits for an entry."""
    for each in queries.load_waiting(subject):
        decide(each, State.WITHDRAWN)


def hand_over(subject: UUID, actor: Actor) -> None:
    """Let what waits for an entry follow it to another actor."""
    for each in queries.load_waiting(subject):
        each.actor = actor
    db.session.flush()


def decide(proposal: Proposal, state: State, reason: str | None = None) -> None:
    proposal.state, proposal.decided_at, proposal.reason = state, now(), reason
    db.session.flush()
