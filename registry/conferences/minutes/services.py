"""Writing minutes: begun from what is known, then part by part, by several people at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record
from registry.conferences.minutes import queries
from registry.conferences.minutes.models import LONGEST, Minutes, MinutesState, Part
from registry.conferences.models import Conference, ItemFormat
from registry.conferences.queries import load_conference
from registry.core.db import db
from registry.core.errors import Conflict, Invalid

TOGETHER = {ItemFormat.GROUP, ItemFormat.WORLD_CAFE, ItemFormat.FORUM}


def begin(who: Who, uuid: UUID) -> Minutes:
    """Begin the minutes of a conference, or add the items and groups that have no part yet."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    known = queries.of_conference(found)
    made = known[0] if known else Minutes(conference=found)
    if made.state == MinutesState.APPROVED:
        raise Conflict(made)
    new = [*_of_items(found, made), *_of_groups(found, made)]
    db.session.add(made)
    made.parts.extend(new)
    _in_order(found, made)
    db.session.flush()
    if not known:
        record(who, "minutes.created", made)
    return made


def _of_items(conference: Conference, minutes: Minutes) -> list[Part]:
    """Return parts for what is on the agenda; an item that is a group is that group's part."""
    there = {each.item_id for each in minutes.parts}
    groups = {each.title for each in conference.groups}
    return [
        Part(title=each.title, item_id=each.id, text="")
        for each in conference.agenda
        if each.id not in there and not (each.format in TOGETHER and each.title in groups)
    ]


def _of_groups(conference: Conference, minutes: Minutes) -> list[Part]:
    there = {each.group_id for each in minutes.parts}
    return [
        Part(title=each.title, group_id=each.id, text="")
        for each in conference.groups
        if each.id not in there
    ]


def _in_order(conference: Conference, minutes: Minutes) -> None:
    """Put parts in the order of the agenda; groups follow the item in which they met."""
    places = {each.id: float(number) for number, each in enumerate(conference.agenda)}
    together = [
        float(number)
        for number, each in enumerate(conference.agenda)
        if each.format in TOGETHER or "gruppe" in each.title.casefold()
    ]
    met = (together[0] if together else len(places)) + 0.5
    groups = {each.id: met + number / 1000 for number, each in enumerate(conference.groups)}
    last = float(len(places) + len(groups))

    def place(part: Part) -> float:
        own = places.get(part.item_id or 0)
        return own if own is not None else groups.get(part.group_id or 0, last)

    for number, part in enumerate(sorted(minutes.parts, key=place)):
        part.position = number


def change_head(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Minutes:
    """Change who takes the minutes."""
    found = loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    check_open(found)
    for name, value in data.items():
        setattr(found, name, value)
    touch(found)
    record(who, "minutes.updated", found)
    return found


def write_part(
    who: Who, uuid: UUID, version: int, data: Mapping[str, Any], *, both: bool = False
) -> Part:
    """Change one part that still has the given version; others can be written meanwhile.

    With `both` the text comes below the one that is there.
    """
    found = queries.load_part(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found.minutes)
    check_open(queries.hold(found.minutes))
    if found.version != version:
        raise Conflict(found)
    before = found.text.strip()
    for name, value in data.items():
        setattr(found, name, value)
    if both and before:
        found.text = f"{before}\n\n{found.text.strip()}"
        if len(found.text) > LONGEST:
            message = _("Both texts are too long for one part. Please add a part for one of them.")
            raise Invalid({"text": [message]})
    touch(found)
    record(who, "minutes.written", found.minutes, {"part": [None, found.title]})
    return found


def add_part(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Part:
    """Add a part that belongs to no item and no group."""
    found = queries.load_minutes(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    check_open(found)
    made = Part(minutes=found, position=queries.next_position(found), **data)
    db.session.add(made)
    db.session.flush()
    record(who, "minutes.written", found, {"part": [None, made.title]})
    return made


def delete_part(who: Who, uuid: UUID, version: int) -> Minutes:
    """Delete a part; one of an item or group can be begun anew."""
    found = queries.load_part(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found.minutes)
    minutes = queries.hold(found.minutes)
    check_open(minutes)
    if found.version != version:
        raise Conflict(found)
    record(who, "minutes.written", minutes, {"part": [found.title, None]})
    minutes.parts.remove(found)
    db.session.flush()
    return minutes


def loaded(who: Who, uuid: UUID, version: int) -> Minutes:
    """Return minutes that still have the given version, held until the transaction ends."""
    found = queries.load_minutes(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_READ, found)
    if found.version != version:
        raise Conflict(found)
    return found


def check_open(minutes: Minutes) -> None:
    """Refuse to change what is approved."""
    if minutes.state == MinutesState.APPROVED:
        message = _("The minutes are approved: what changes now belongs into a supplement.")
        raise Invalid({"": [message]})
