"""Officers: enter one for a municipality, change it, delete it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.holders import chosen, known
from registry.conferences.training.models import Officer
from registry.conferences.training.officers import queries
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.regions import queries as regions


def create(who: Who, region: str, data: Mapping[str, Any]) -> Officer:
    """Enter who is charged with integration in a municipality, by function."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    made = Officer(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "officer.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Officer:
    """Change an officer that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "officer.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> Officer:
    """Delete an officer; its data suffice to enter it again."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    record(who, "officer.deleted", found, {"function": [found.function, None]})
    db.session.delete(found)
    db.session.flush()
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> Officer:
    found = queries.load_officer(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Officer, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name == "actor":
            _set_actor(row, value)
        else:
            setattr(row, name, value)
    inside = {each.ags for each in regions.municipalities(row.region[:5])}
    if row.ags not in inside:
        raise Invalid({"ags": [_("Please choose a municipality of this region.")]})
    other = queries.taken(row.region, row.ags, row.function)
    if other is not None and other is not row:
        raise Invalid({"function": [_("This function is entered for the municipality already.")]})


def _set_actor(row: Officer, value: Any) -> None:
    uuid = chosen(value)
    if row.actor and row.actor.uuid == uuid:
        return
    row.actor = known(row.region, [value]).get(uuid) if uuid.int else None
    if uuid.int and row.actor is None:
        raise Invalid({"actor": [_("This organisation does not exist.")]})
