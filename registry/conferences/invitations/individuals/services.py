"""People invited in person: entered with their consent, which they can withdraw."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record
from registry.conferences.invitations.individuals import queries
from registry.conferences.invitations.models import Form, Individual, Invitation
from registry.conferences.queries import load_conference
from registry.core.db import db
from registry.core.errors import Conflict, Invalid

NAMES = ("title", "office_title", "given_name", "family_name", "function")
DETAILS = (*NAMES, "unit", "street", "postcode", "city", "email", "phone", "remark")


def enter(who: Who, region: str, data: Mapping[str, Any], today: date) -> Individual:
    """Enter somebody who has consented; what was entered stays out of the log."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    made = Individual(region=region)
    _fill(made, data, today)
    db.session.add(made)
    db.session.flush()
    record(who, "individual.created", made)
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Individual:
    """Change somebody's details; the log names which, not what they say."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    changed = [name for name, value in data.items() if getattr(found, name) != value]
    _fill(found, data, today)
    touch(found)
    record(who, "individual.updated", found, {"details": [None, changed]})
    return found


def withdraw_consent(who: Who, uuid: UUID, version: int, today: date) -> Individual:
    """Note that somebody has withdrawn consent: nothing goes out any more, by no channel."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    found.withdrawn_on = today
    touch(found)
    record(who, "individual.withdrawn", found)
    return found


def consent_again(who: Who, uuid: UUID, version: int) -> Individual:
    """Undo the withdrawal, where it was noted by mistake."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    found.withdrawn_on = None
    touch(found)
    record(who, "individual.consented", found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> None:
    """Delete somebody everywhere: what was sent stays as an invitation without a name."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    rows = queries.invitations_of(found)
    for each in {row.conference.uuid for row in rows}:
        load_conference(who, each, lock=True)
    for participant in queries.themselves(rows):
        _blank(participant, NAMES)
    for row in rows:
        _forget(row)
    for pick in queries.picks_of(found):
        db.session.delete(pick)
    record(who, "individual.deleted", found).subject_label = found.category
    db.session.delete(found)
    db.session.flush()


def _forget(row: Invitation) -> None:
    if row.number is None and row.invited_on is None:
        db.session.delete(row)
        return
    _blank(row, DETAILS)
    row.organisation = ""  # the function, where nobody was named
    touch(row)


def _blank(row: Any, names: tuple[str, ...]) -> None:
    row.form = Form.NONE.value
    for name in names:
        setattr(row, name, None)


def _loaded(who: Who, uuid: UUID, version: int) -> Individual:
    found = queries.load_individual(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Individual, data: Mapping[str, Any], today: date) -> None:
    for name, value in data.items():
        setattr(row, name, value)
    if not row.family_name and not row.given_name and not row.function:
        raise Invalid({"family_name": [_("Please enter a name or a function.")]})
    if row.consent_on > today:
        raise Invalid({"consent_on": [_("This day is still to come.")]})
