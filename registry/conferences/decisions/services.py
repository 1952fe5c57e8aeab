"""Decisions and tasks: entered, changed, ended; how far a task is, as somebody told the office."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.decisions import changes, queries
from registry.conferences.decisions.changes import noted
from registry.conferences.decisions.models import Commitment, Decision, Ending, Task, TaskReport
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


def decide(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Decision:
    """Enter what a conference decided."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    _check_recorded(found)
    made = Decision(conference=found, number=queries.next_number(Decision, found))
    with db.session.no_autoflush:
        changes.fill_decision(made, data)
    db.session.add(made)
    with recorded(who, "decision.created", made, new=True):
        db.session.flush()
    return made


def change_decision(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Decision:
    found = queries.load_decision(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    _check_version(found, version)
    _check_recorded(found.conference)
    with recorded(who, "decision.updated", found), db.session.no_autoflush:
        changes.fill_decision(found, data)
        touch(found)
    return found


def delete_decision(who: Who, uuid: UUID, version: int) -> Conference:
    """Delete what was entered by mistake; tasks that came from it stay. Return its conference."""
    found = queries.load_decision(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    _check_version(found, version)
    conference = found.conference
    _check_recorded(conference)
    record(who, "decision.deleted", found)
    db.session.delete(found)
    db.session.flush()
    return conference


def add_task(who: Who, uuid: UUID, data: Mapping[str, Any], today: date) -> Task:
    """Enter a task of a conference."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    made = Task(conference=found, number=queries.next_number(Task, found))
    with db.session.no_autoflush:
        changes.fill_task(made, data, today)
    db.session.add(made)
    with recorded(who, "task.created", made, new=True):
        db.session.flush()
    return made


def change_task(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Task:
    """Change a task; another organisation, day or measure takes the promise back."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    with recorded(who, "task.updated", found), db.session.no_autoflush:
        changes.fill_task(found, data, today)
        touch(found)
    return found


def delete_task(who: Who, uuid: UUID, version: int) -> Conference:
    """Delete a task that was entered by mistake, as long as nobody has promised it."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.commitment == Commitment.YES or queries.load_reports(found):
        raise Invalid({"": [_("This task has been promised: close it instead of deleting it.")]})
    conference = found.conference
    record(who, "task.deleted", found)
    db.session.delete(found)
    db.session.flush()
    return conference


def report(who: Who, uuid: UUID, data: Mapping[str, Any]) -> TaskReport:
    """Enter how far a task is, as its organisation told the office."""
    found = queries.load_task(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.ending:
        raise Invalid({"light": [_("This task is closed.")]})
    return noted(who, found, data)


def end(who: Who, uuid: UUID, version: int, ending: str, reason: str | None, today: date) -> Task:
    """Close a task: done, or given up with a reason."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.ending:
        raise Conflict(found)
    if ending == Ending.DROPPED and not reason:
        raise Invalid({"reason": [_("Please say why the task is given up.")]})
    with recorded(who, "task.ended", found):
        found.ending, found.ended_on, found.ended_because = ending, today, reason
        touch(found)
    return found


def reopen(who: Who, uuid: UUID) -> Task:
    """Open a closed task again."""
    found = queries.load_task(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    with recorded(who, "task.reopened", found):
        found.ending = found.ended_on = found.ended_because = None
        touch(found)
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> Task:
    found = queries.load_task(who, uuid, lock=True)
    _check_version(found, version)
    return found


def _check_version(row: Decision | Task, version: int) -> None:
    if row.version != version:
        raise Conflict(row)


def _check_recorded(conference: Conference) -> None:
    """Refuse to change decisions that approved minutes hold."""
    if queries.is_recorded(conference):
        message = _("The minutes are approved: what changes now belongs into a supplement.")
        raise Invalid({"": [message]})
