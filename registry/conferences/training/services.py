"""Training programmes: make and change one, set what is taught, invite who may come."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.conferences.criteria import Last
from registry.conferences.invitations.choosing import services as choosing
from registry.conferences.invitations.choosing.queries import load_rules
from registry.conferences.models import Conference
from registry.conferences.rows import in_order
from registry.conferences.training import queries
from registry.conferences.training.models import Training, TrainingModule, TrainingPart
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


def create(who: Who, region: str, data: Mapping[str, Any]) -> Training:
    """Begin a training programme of a region."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    made = Training(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "training.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Training:
    """Change a programme that still has the given version; parts keep their modules."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "training.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def archive(who: Who, uuid: UUID, version: int, today: date) -> Training:
    """Take a programme out of the list; its conferences stay."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "training.archived", found):
        found.archived_on = today
    return found


def restore(who: Who, uuid: UUID) -> Training:
    """Bring an archived programme back."""
    found = queries.load_training(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "training.updated", found):
        found.archived_on = None
    return found


def set_modules(
    who: Who, uuid: UUID, version: int, rows: Sequence[Mapping[str, Any]]
) -> TrainingPart:
    """Say what is taught in a part, if nobody else changed the programme meanwhile."""
    found = queries.load_part(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_EDIT, found.training)
    if found.training.version != version:
        raise Conflict(found.training)
    with recorded(who, "training.updated", found.training):
        found.modules = in_order(found.modules, rows, TrainingModule)
        touch(found.training)
    return found


def invite_cohort(who: Who, uuid: UUID) -> Conference:
    """Give the conference of a part the rule that invites whoever was at the part before."""
    part = queries.load_part(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, part.conference)
    if queries.before(part.conference) is None:
        raise Invalid({"part": [_("Everyone may come to this part.")]})
    criteria = {"last": [Last.ATTENDED.value]}
    if all(rule.criteria != criteria for rule in load_rules(part.conference)):
        choosing.add_rule(who, part.conference.uuid, {"criteria": criteria})
    return part.conference


def _loaded(who: Who, uuid: UUID, version: int) -> Training:
    found = queries.load_training(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Training, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name == "parts":
            _set_parts(row, value)
        else:
            setattr(row, name, value)


def _set_parts(row: Training, rows: Sequence[Mapping[str, Any]]) -> None:
    known = {each.uuid: each for each in queries.eligible(row.region, row)}
    known |= {each.conference.uuid: each.conference for each in row.parts}
    wanted: list[dict[str, Any]] = []
    for number, each in enumerate(rows):
        chosen = each["conference"]
        uuid = chosen["uuid"] if isinstance(chosen, Mapping) else chosen
        if uuid not in known:
            message = _("This conference does not exist.")
        elif any(known[uuid] is earlier["conference"] for earlier in wanted):
            message = _("This conference is in the list already.")
        else:
            wanted.append({**each, "conference": known[uuid]})
            continue
        raise Invalid({"parts": {number: {"conference": [message]}}})
    row.parts = in_order(row.parts, wanted, TrainingPart)
