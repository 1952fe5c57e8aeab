"""Putting a whole programme back, one click after a pattern took its place."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.conferences.holders import chosen
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.programme import arranging, changes
from registry.conferences.programme.replacing import queries
from registry.conferences.topics import queries as topics
from registry.core.db import db


def put_back(
    who: Who,
    uuid: UUID,
    version: int,
    rows: Sequence[Mapping[str, Any]],
    links: Mapping[UUID, UUID],
) -> Conference:
    """Set the items that stood before, each with the id that calendars know it by.

    `links` says which topic (public id) an item was made of. Rooms of another venue are left out.
    """
    found = changes.loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_LEAD, found)
    taken = queries.in_use(row["uuid"] for row in rows if row.get("uuid"))
    with changes.changed(who, found) as days:
        made = [_again(found, row, taken) for row in rows]
        days[:] = arranging.arranged(
            made,
            len(found.days),
            lambda each: changes.number_of(found, each.day),
            lambda each: bool(each.parallel),
        )
    db.session.flush()
    _link(found, links)
    return found


def _again(found: Conference, row: Mapping[str, Any], taken: set[UUID]) -> AgendaItem:
    made = AgendaItem(parallel=bool(row.get("parallel")))
    if row.get("uuid") and row["uuid"] not in taken:
        made.uuid = row["uuid"]
        taken.add(row["uuid"])
    rooms = {each.uuid for each in found.venue.rooms} if found.venue else set()
    room = row.get("room") if chosen(row.get("room")) in rooms else None
    changes.fill(found, made, {**row, "room": room})
    return made


def _link(found: Conference, links: Mapping[UUID, UUID]) -> None:
    items = {each.uuid: each.id for each in found.agenda}
    for topic in topics.load_known(found):
        if topic.item_id is None and links.get(topic.uuid) in items:
            topic.item_id = items[links[topic.uuid]]
    db.session.flush()
