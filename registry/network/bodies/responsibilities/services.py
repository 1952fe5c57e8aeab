"""Agreeing on who leads a field of action and who takes part in it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.network.bodies.chosen import actor_of
from registry.network.bodies.models import Responsibility
from registry.network.bodies.queries import load_actors
from registry.network.bodies.responsibilities import queries
from registry.network.bodies.responsibilities.queries import FieldDuties


def agree(
    who: Who, region: str, key: str, version: int, rows: Sequence[Mapping[str, Any]]
) -> FieldDuties:
    """Set who is responsible for a field, if nobody else has meanwhile; two may lead it."""
    require(who, Permission.NETWORK_EDIT, In(region))
    found = queries.load_duties(who, region, key, lock=True)
    if found.version != version:
        raise Conflict(found)
    present = {each.actor.uuid: each for each in found.duties}
    wanted = _wanted(found, rows)
    for uuid, gone in present.items():
        if uuid not in wanted:
            record(who, "responsibility.deleted", gone, {"role": [gone.role, None]})
            db.session.delete(gone)
    for uuid, values in wanted.items():
        _set(who, found, present.get(uuid), values)
    db.session.flush()
    return found


def _wanted(found: FieldDuties, rows: Sequence[Mapping[str, Any]]) -> dict[UUID, dict[str, Any]]:
    """Return what to set by actor; whoever is responsible already stays, even if archived."""
    uuids = [actor_of(each["actor"]) for each in rows]
    known = load_actors(found.region, (uuid for uuid in uuids if uuid))
    known |= {each.actor.uuid: each.actor for each in found.duties}
    wanted: dict[UUID, dict[str, Any]] = {}
    for number, (uuid, values) in enumerate(zip(uuids, rows, strict=True)):
        if uuid is None or uuid not in known:
            message = _("This organisation does not exist.")
        elif uuid in wanted:
            message = _("This organisation is in the list already.")
        else:
            wanted[uuid] = {**values, "actor": known[uuid]}
            continue
        raise Invalid({"duties": {number: {"actor": [message]}}})
    return wanted


def _set(
    who: Who, found: FieldDuties, row: Responsibility | None, values: Mapping[str, Any]
) -> None:
    if row is None:
        made = Responsibility(region=found.region, field=found.field, **values)
        db.session.add(made)
        with recorded(who, "responsibility.created", made, new=True):
            db.session.flush()
    elif any(getattr(row, name) != value for name, value in values.items()):
        with recorded(who, "responsibility.updated", row):
            for name, value in values.items():
                setattr(row, name, value)
            touch(row)
