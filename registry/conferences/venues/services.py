"""Venues: enter one, change it, archive it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.conferences.holders import chosen, known
from registry.conferences.rows import in_order
from registry.conferences.venues import queries
from registry.conferences.venues.models import Room, Venue
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


def create(who: Who, region: str, data: Mapping[str, Any]) -> Venue:
    """Enter a venue of a region."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    made = Venue(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "venue.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Venue:
    """Change a venue that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "venue.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def archive(who: Who, uuid: UUID, version: int, today: date) -> Venue:
    """Take a venue out of the list and the choices; conferences that have it keep it."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "venue.archived", found):
        found.archived_on = today
    return found


def restore(who: Who, uuid: UUID) -> Venue:
    """Bring an archived venue back."""
    found = queries.load_venue(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "venue.updated", found):
        found.archived_on = None
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> Venue:
    found = queries.load_venue(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Venue, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name == "host":
            _set_host(row, value)
        elif name == "rooms":
            row.rooms = in_order(row.rooms, value, Room)
        else:
            setattr(row, name, value)
    if (row.lat is None) != (row.lon is None):
        raise Invalid({"lon": [_("Please give both coordinates, or none.")]})


def _set_host(row: Venue, value: Any) -> None:
    uuid = chosen(value)
    if row.host and row.host.uuid == uuid:
        return
    if not uuid.int:
        row.host = None
        return
    row.host = known(row.region, [value]).get(uuid)
    if row.host is None:
        raise Invalid({"host": [_("This organisation does not exist.")]})
