"""Designating contact points: decide on one, change it, end it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import queries as actors
from registry.actors.changes import touch
from registry.actors.models import Actor
from registry.audit.services import recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.ranges import check_ranges
from registry.designations import queries
from registry.designations.models import Designation, DesignationArea
from registry.regions import queries as regions
from registry.vocabulary.services import choose

_TERMS = {"eligibility": "eligibility", "target_groups": "target_group", "languages": "language"}


def designate(who: Who, actor_uuid: UUID, data: Mapping[str, Any]) -> Designation:
    """Make an actor, or the offer of it that `data` names, a contact point."""
    actor = actors.load_actor(who, actor_uuid)
    require(who, Permission.DESIGNATION_MANAGE, actor)
    made = Designation(region=actor.region)
    with db.session.no_autoflush:
        _set_subject(made, actor, data.get("offer"))
        _fill(made, {name: value for name, value in data.items() if name != "offer"})
    db.session.add(made)
    with recorded(who, "designation.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Designation:
    """Change a designation that still has the given version; it stays with its actor."""
    found = queries.load_designation(who, uuid, lock=True)
    require(who, Permission.DESIGNATION_MANAGE, found)
    if found.version != version:
        raise Conflict(found)
    with recorded(who, "designation.updated", found), db.session.no_autoflush:
        if "offer" in data:
            _set_subject(found, found.provider, data["offer"])
        _fill(found, {name: value for name, value in data.items() if name != "offer"})
        touch(found)
    return found


def end(who: Who, uuid: UUID, version: int, day: date) -> Designation:
    """Let a designation end with a day; one that was still to begin ends before it does."""
    found = queries.load_designation(who, uuid, lock=True)
    require(who, Permission.DESIGNATION_MANAGE, found)
    if found.version != version:
        raise Conflict(found)
    with recorded(who, "designation.ended", found):
        found.valid_from = min(found.valid_from, day) if found.valid_from else None
        found.valid_to = day
        touch(found)
    return found


def _set_subject(row: Designation, actor: Actor, value: Any) -> None:
    uuid = value.get("uuid") if isinstance(value, Mapping) else value
    if not uuid:
        row.actor, row.offer = actor, None
        return
    mine = {offer.uuid: offer for offer in queries.load_offers_of(actor)}
    if uuid not in mine and not (row.offer and row.offer.uuid == uuid):
        raise Invalid({"offer": [_("This entry does not belong to the provider.")]})
    row.actor, row.offer = None, mine.get(uuid) or row.offer


def _fill(row: Designation, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name in _TERMS:
            # As they will be read again, so that the audit log sees only real changes.
            found = choose(_TERMS[name], value, name)
            setattr(row, name, sorted(found, key=lambda term: term.position))
        elif name == "service_type":
            [row.service_type] = choose(name, [value], name)
        elif name == "areas":
            _set_areas(row, value)
        else:
            setattr(row, name, value)
    check_ranges(row)


def _set_areas(row: Designation, keys: list[str]) -> None:
    """Set the areas; what lies outside of the register answers like what does not exist."""
    known = {ags for ags in regions.existing(keys) if ags.startswith(row.region)}
    if unknown := sorted(set(keys) - known):
        message = _("This official key (AGS) does not exist: %(ags)s", ags=", ".join(unknown)[:80])
        raise Invalid({"areas": [message]})
    present = {area.ags: area for area in row.areas}
    row.areas = [present.get(ags) or DesignationArea(ags=ags) for ags in sorted(known)]
