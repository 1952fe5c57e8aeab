"""Noting what is needed: enter, change, delete."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.network.needs import queries
from registry.network.needs.models import Need
from registry.regions import queries as regions
from registry.vocabulary.services import choose

_TERMS = ("field", "language", "target_group")


def enter(who: Who, region: str, data: Mapping[str, Any], *, example: bool = False) -> Need:
    """Note a need in a region's register."""
    require(who, Permission.NETWORK_EDIT, In(region))
    made = Need(region=region, example=example)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "need.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Need:
    """Change a need that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    with recorded(who, "need.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> None:
    """Take a need from the list; the log keeps that it was there."""
    found = _loaded(who, uuid, version)
    require(who, Permission.NETWORK_EDIT, found)
    record(who, "need.deleted", found, {"persons": [found.persons, None]})
    db.session.delete(found)
    db.session.flush()


def _loaded(who: Who, uuid: UUID, version: int) -> Need:
    found = queries.load_need(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: Need, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name in _TERMS:
            chosen = choose(name, [value], name) if value else [None]
            setattr(row, name, chosen[0])
        elif name == "place":
            _set_place(row, value)
        else:
            setattr(row, name, value)
    terms = [getattr(row, name).id if getattr(row, name) else None for name in _TERMS]
    if queries.same(row.region, row.place, terms, row.id):
        raise Invalid({"field": [_("This need is in the list already: change it there.")]})


def _set_place(row: Need, ags: str) -> None:
    """Set the place; what lies outside of the register answers like what does not exist."""
    if not ags.startswith(row.region) or not regions.existing([ags]):
        message = _("This official key (AGS) does not exist: %(ags)s", ags=ags)
        raise Invalid({"place": [message]})
    row.place = ags
