"""Findings: look anew, and decide what becomes of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid
from registry.core.text import is_storable
from registry.network.findings import queries
from registry.network.findings.models import Decision, Finding
from registry.network.findings.rules import Found, find
from registry.network.state import State

MAX_REASON = 1000


@dataclass(frozen=True)
class Renewed:
    """How many findings there are now, how many of them were not there, how many are gone."""

    found: int
    new: int
    gone: int


def renew(who: Who, region: str, day: date) -> Renewed:
    """Let the rules look at the network of a day; what was decided stays decided.

    What is no longer found is gone from that day on, and back as it was when found again.
    """
    require(who, Permission.NETWORK_EDIT, In(region))
    known = queries.load_findings(region)
    inputs = queries.inputs(region, day)
    found = {each.key: each for each in find(inputs)}
    for key, each in found.items():
        row = known.get(key) or Finding(region=region, key=key, kind=each.kind, found_on=day)
        row.facts = _facts(each, inputs.state)
        row.seen_on, row.gone_on = day, None
        db.session.add(row)
    missing = [row for key, row in known.items() if key not in found and row.gone_on is None]
    for row in missing:
        row.gone_on = day
    db.session.flush()
    return Renewed(len(found), len(found.keys() - known.keys()), len(missing))


def accept(who: Who, uuid: UUID, version: int) -> Finding:
    """Make a finding a topic to be talked about."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    return _decided(who, found, Decision.TOPIC)


def dismiss(who: Who, uuid: UUID, version: int, reason: str) -> Finding:
    """Put a finding aside; others read why."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    _check(reason)
    return _decided(who, found, Decision.DISMISSED, reason.strip())


def reopen(who: Who, uuid: UUID, version: int) -> Finding:
    """Take back what was decided on a finding."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    return _decided(who, found, Decision.NEW)


VERBS = {Decision.TOPIC: "accepted", Decision.DISMISSED: "rejected", Decision.NEW: "reopened"}


def _loaded(who: Who, uuid: UUID, version: int) -> Finding:
    found = queries.load_finding(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _decided(who: Who, found: Finding, state: Decision, reason: str | None = None) -> Finding:
    with recorded(who, f"finding.{VERBS[state]}", found):
        found.state, found.reason = state.value, reason
        found.decided_at = None if state is Decision.NEW else now()
        touch(found)
    return found


def _check(reason: str) -> None:
    if not reason.strip() or not is_storable(reason):
        raise Invalid({"reason": [_("Please give a reason.")]})
    if len(reason.strip()) > MAX_REASON:
        message = _("Please use at most %(limit)s characters.", limit=MAX_REASON)
        raise Invalid({"reason": [message]})


def _facts(found: Found, state: State) -> dict[str, Any]:
    actors = [state.nodes[key].key for key in found.actors]
    return {**found.facts, "actors": actors}
