"""Plans: begin a conference, change it, give its duties, set its programme."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.conferences.models import Conference
from registry.conferences.plans import changes, copying
from registry.conferences.queries import load_conference
from registry.conferences.replies.services import fill_seats
from registry.conferences.series.queries import load_last
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound


def create(who: Who, region: str, data: Mapping[str, Any]) -> Conference:
    """Plan a conference of a region, on the base of an earlier one where `template` names it."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    given = dict(data)
    earlier = _template(who, region, given.pop("template", None))
    made = Conference(region=region)
    with db.session.no_autoflush:
        if earlier:
            copying.take_over(made, earlier)
            given = {name: value for name, value in given.items() if _says(value)}
        else:
            made.agenda = changes.default_agenda()
        changes.fill(who, made, given)
        if earlier:
            copying.copy_agenda(made, earlier)
        copying.hand_on_duties(made, earlier or (load_last(made.series) if made.series else None))
    db.session.add(made)
    with recorded(who, "conference.copied" if earlier else "conference.created", made, new=True):
        if earlier:
            copying.copy_rules(made, earlier)
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Conference:
    """Change a plan that still has the given version.

    Once invitations are out, another day, hour or venue is something everybody must be told.
    More seats go to those who wait.
    """
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    was = changes.Announced.of(found)
    with recorded(who, "conference.updated", found), db.session.no_autoflush:
        changes.fill(who, found, data)
        changes.note_change(found, was, today)
        touch(found)
    if {"seats", "overbooking"} & data.keys():
        fill_seats(who, uuid, today)
    return found


def give_duties(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Conference:
    """Say who invites, leads and takes the minutes; that is also a right for this conference."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "conference.updated", found), db.session.no_autoflush:
        changes.set_duties(found, data)
        touch(found)
    return found


def set_programme(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Conference:
    """Set the agenda; whoever has the chair may do so."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    with recorded(who, "conference.updated", found), db.session.no_autoflush:
        changes.set_programme(found, data)
        touch(found)
    return found


def _says(value: Any) -> bool:
    """Return whether a form says something of its own about what is taken over."""
    if isinstance(value, Mapping):
        return any(value.values())
    return isinstance(value, int) or bool(value)


def _template(who: Who, region: str, uuid: UUID | None) -> Conference | None:
    if uuid is None:
        return None
    try:
        found = load_conference(who, uuid)
    except NotFound:
        found = None
    if found is None or found.region != region:
        raise Invalid({"template": [_("This conference does not exist.")]})
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> Conference:
    found = load_conference(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found
