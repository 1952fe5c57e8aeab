"""Putting loaded data into the groups of a conference."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask_babel import gettext as _

from registry.conferences.groups import queries
from registry.conferences.groups.models import Membership
from registry.conferences.holders import chosen
from registry.conferences.models import Conference, Day, Group
from registry.conferences.replies.models import Participant
from registry.conferences.rounds import rank
from registry.conferences.rows import in_order
from registry.conferences.venues.models import Room
from registry.core.db import db
from registry.core.errors import Invalid

Chosen = TypeVar("Chosen", Day, Room)


def set_groups(row: Conference, given: Sequence[Mapping[str, Any]]) -> None:
    """Set the groups; whoever was in one that is on another day now has to be placed anew."""
    before = list(row.groups)
    days = {each.uuid: each.day_id for each in before}
    rooms = [*(row.venue.rooms if row.venue else ()), *(e.room for e in before if e.room)]
    rows = [_values(number, each, row.days, rooms) for number, each in enumerate(given)]
    row.groups = in_order(before, rows, Group)
    _check_gone([each for each in before if each not in row.groups])
    moved = [
        e for e in row.groups if e.uuid in days and days[e.uuid] != (e.day.id if e.day else None)
    ]
    if moved:
        queries.clear(moved, by_hand=True)


def _values(
    number: int, given: Mapping[str, Any], days: Sequence[Day], rooms: Sequence[Room]
) -> dict[str, Any]:
    values = {**given, "minimum": given.get("minimum") or 0}
    values["day"] = _one(days, given.get("day"), number, "day")
    values["room"] = _one(rooms, given.get("room"), number, "room")
    if values.get("maximum") is not None and values["maximum"] < values["minimum"]:
        message = _("The largest number lies below the smallest.")
        raise Invalid({"groups": {number: {"maximum": [message]}}})
    return values


def _one(rows: Sequence[Chosen], value: Any, number: int, name: str) -> Chosen | None:
    uuid = chosen(value)
    if not uuid.int:
        return None
    found = next((each for each in rows if each.uuid == uuid), None)
    if found is None:
        raise Invalid({"groups": {number: {name: [_("This entry does not exist.")]}}})
    return found


def _check_gone(gone: Sequence[Group]) -> None:
    kept = queries.with_cards(gone) if gone else set()
    titles = [each.title for each in gone if each.id in kept]
    if titles:
        message = _(
            "There are cards or photos on the wall of “%(title)s”. It cannot be removed.",
            title=titles[0],
        )
        raise Invalid({"groups": [message]})


def put(person: Participant, group: Group, present: Membership | None) -> None:
    """Put somebody into a group as its moderator."""
    member = present or Membership(participant=person)
    member.group, member.by_hand, member.reason = group, False, None
    together = queries.round_of(person.conference, group).groups
    member.rank = rank(person.wishes, together, str(group.uuid))
    db.session.add(member)
