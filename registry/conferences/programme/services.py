"""The programme: add items, change, move and delete them, begin with a pattern, publish it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.plans.schemas import MAX_ITEMS
from registry.conferences.programme import arranging, changes, patterns
from registry.conferences.programme.patterns import Planned
from registry.core.errors import Invalid, NotFound


def add(
    who: Who, uuid: UUID, version: int, data: Mapping[str, Any], after: UUID | None = None
) -> AgendaItem:
    """Add an item behind another one, or at the end of its day."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    if len(found.agenda) >= MAX_ITEMS:
        message = _("A programme has at most %(limit)s items.", limit=MAX_ITEMS)
        raise Invalid({"title": [message]})
    made = AgendaItem()
    with changes.changed(who, found) as days:
        before = _known(found, after) if after else None
        changes.fill(found, made, data)
        at = changes.number_of(found, made.day)
        if before is not None and (made.day is None or arranging.find(days, before)[0] == at):
            arranging.put_after(days, made, before, beside=bool(data.get("parallel")))
        else:
            days[at or 0].append([made])
            if data.get("parallel"):
                arranging.joined(days, made)
    return made


def change(who: Who, uuid: UUID, version: int, item: UUID, data: Mapping[str, Any]) -> AgendaItem:
    """Change an item; on another day it stands at the end."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    row = _known(found, item)
    with changes.changed(who, found) as days:
        was = bool(row.parallel)
        changes.fill(found, row, data)
        day = changes.number_of(found, row.day)
        if day is not None and day != arranging.find(days, row)[0]:
            arranging.put_before(days, row, day, None)
            was = False
        if (beside := bool(data.get("parallel", was))) != was:
            (arranging.joined if beside else arranging.left)(days, row)
    return row


def step(who: Who, uuid: UUID, version: int, item: UUID, by: int) -> None:
    """Move an item one step up or down."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    row = _known(found, item)
    with changes.changed(who, found) as days:
        arranging.stepped(days, row, 1 if by > 0 else -1)


def place(
    who: Who, uuid: UUID, version: int, item: UUID, day: UUID | None, before: UUID | None
) -> None:
    """Put an item in front of another one, or at the end of a day."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    row = _known(found, item)
    target = _known(found, before) if before else None
    with changes.changed(who, found) as days:
        number = changes.number_of(found, changes.day_of(found, day)) or 0
        arranging.put_before(days, row, number, target)


def delete(who: Who, uuid: UUID, version: int, item: UUID) -> Conference:
    """Take an item out of the programme."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    row = _known(found, item)
    with changes.changed(who, found) as days:
        arranging.taken(days, row)
    return found


def begin_with(who: Who, uuid: UUID, version: int, pattern: str, *, replace: bool) -> Conference:
    """Set a pattern in place of the agenda; one that has items is replaced on purpose only."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    if pattern not in patterns.PATTERNS:
        raise Invalid({"pattern": [_("Please choose.")]})
    if found.agenda and not replace:
        raise Invalid({"replace": [_("Please tick that the items there are go.")]})
    if len(found.days) < patterns.DAYS[pattern]:
        raise Invalid({"pattern": [_("The conference has fewer days than this programme.")]})
    with changes.changed(who, found) as days:
        for stretches in days:
            stretches.clear()
        for each in patterns.PATTERNS[pattern]:
            made = _as_planned(found, each)
            if each.parallel:
                days[each.day][-1] += made
            else:
                days[each.day].append(made)
    return found


def publish(who: Who, uuid: UUID, version: int, *, public: bool) -> Conference:
    """Show the programme on the web, or no longer."""
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_EDIT, found)
    with recorded(who, "conference.updated", found):
        found.programme_public = public
        touch(found)
    return found


def _as_planned(found: Conference, planned: Planned) -> list[AgendaItem]:
    """Return the items of a pattern's line: one, or one for each working group."""
    given = {
        name: getattr(planned, name)
        for name in ("title", "minutes", "block", "speaker", "institution", "description")
    }
    given |= {"format": planned.format.value, "kind": planned.kind.value}
    if not planned.each_group:
        return [AgendaItem(**given)]
    if not found.groups:
        titles = [f"{planned.title} {number}" for number in (1, 2, 3)]
        return [AgendaItem(**{**given, "title": title}) for title in titles]
    return [
        AgendaItem(
            **{
                **given,
                "title": each.title,
                "description": each.description,
                "speaker": each.moderator or planned.speaker,
                "institution": each.unit,
            },
            room=each.room,
        )
        for each in found.groups
    ]


def _known(found: Conference, uuid: UUID) -> AgendaItem:
    for each in found.agenda:
        if each.uuid == uuid:
            return each
    raise NotFound
