"""Move a conference, call it off and take that back, archive it, delete a plan."""

from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.fate import queries
from registry.conferences.models import Conference
from registry.conferences.plans import changes
from registry.conferences.queries import load_conference
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


def move(
    who: Who, uuid: UUID, version: int, first_day: date, deadline: date | None, today: date
) -> Conference:
    """Move all days of a conference; the deadline moves along unless one is given."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    _check_move(found, first_day, today)
    was, by = changes.Announced.of(found), _distance(found, first_day)
    with recorded(who, "conference.moved", found), db.session.no_autoflush:
        changes.set_days(found, [(day + by, starts, ends) for day, starts, ends in was.days])
        found.deadline = deadline or (found.deadline + by if found.deadline else None)
        changes.check_deadline(found)
        changes.note_change(found, was, today)
        touch(found)
    return found


def _check_move(found: Conference, first_day: date, today: date) -> None:
    if not found.days:
        raise Invalid({"first_day": [_("This conference has no day yet.")]})
    if first_day < today:
        raise Invalid({"first_day": [_("This day is over.")]})
    if found.cancelled_on is not None:
        raise Invalid({"first_day": [_("This conference is called off.")]})


def _distance(found: Conference, first_day: date) -> timedelta:
    return first_day - (found.first_day or first_day)


def cancel(who: Who, uuid: UUID, version: int, reason: str, today: date) -> Conference:
    """Call a conference off. Telling it is a step of its own; until then it can be undone."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    if found.state(today) == "held":
        raise Invalid({"reason": [_("This conference has taken place.")]})
    with recorded(who, "conference.called_off", found):
        found.cancelled_on, found.cancelled_because = today, reason
        if found.frozen_at is not None:
            found.sequence += 1
        touch(found)
    return found


def reinstate(who: Who, uuid: UUID) -> Conference:
    """Take back that a conference is called off, unless somebody has been told."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_EDIT, found)
    if queries.told_of_cancelling(found):
        raise Invalid(
            {"reason": [_("Somebody has been told by e-mail or letter that it is called off.")]}
        )
    with recorded(who, "conference.undone", found):
        found.cancelled_on, found.cancelled_because = None, None
        found.sequence -= found.frozen_at is not None  # nobody has been told of it
        touch(found)
    return found


def archive(who: Who, uuid: UUID, version: int, today: date) -> Conference:
    """Take a conference out of the list; not while people are invited to it."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    if found.state(today) == "inviting":
        raise Invalid({"": [_("People are invited to this conference: call it off first.")]})
    with recorded(who, "conference.archived", found):
        found.archived_on = today
        touch(found)
    return found


def restore(who: Who, uuid: UUID) -> Conference:
    """Bring an archived conference back."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "conference.updated", found):
        found.archived_on = None
        touch(found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> None:
    """Delete an archived plan that nobody was invited to, with all that hangs on it."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    if found.archived_on is None or queries.somebody_invited(found):
        raise Invalid({"": [_("Only an archived plan that nobody was invited to is deleted.")]})
    record(who, "conference.deleted", found)
    db.session.delete(found)
    db.session.flush()


def _loaded(who: Who, uuid: UUID, version: int) -> Conference:
    found = load_conference(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found
