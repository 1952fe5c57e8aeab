"""Moves by hand, which a new arrangement leaves as they are, and exclusions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.conferences.groups import queries
from registry.conferences.groups.models import Exclusion, Membership
from registry.conferences.groups.queries import Round
from registry.conferences.models import Conference, Group
from registry.conferences.replies.models import Participant
from registry.conferences.rounds import rank
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound


def move(who: Who, uuid: UUID, person: UUID, data: Mapping[str, Any], seen: str) -> Participant:
    """Put somebody into a group by hand, or say that they stay there; `seen` is where they were.

    The reason is kept and a new arrangement leaves them there.
    """
    found = queries.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    row, group = queries.load_person(found, person), _group(found, data["group"], "group")
    wanted = queries.round_of(found, group)
    present = queries.load_membership(row, wanted)
    if (str(present.group.uuid) if present else "") != seen:
        raise Conflict(row)
    _check_move(found, wanted, row, group, present)
    before = present.group.title if present else None
    member = present or Membership(participant=row)
    member.group, member.by_hand, member.reason = group, True, data["reason"]
    member.rank = rank(row.wishes, wanted.groups, str(group.uuid))
    db.session.add(member)
    told = {"group": [before, group.title], "reason": [None, data["reason"]]}
    record(who, "participant.group_changed", row, told)
    db.session.flush()
    return row


def _check_move(
    found: Conference, wanted: Round, row: Participant, group: Group, present: Membership | None
) -> None:
    leads = next((each for each in wanted.groups if each.moderator_id == row.id), group)
    if leads is not group:
        raise Invalid({"group": [_leading()]})
    if queries.load_exclusion(row, group):
        raise Invalid({"group": [_("This person must not be in this group, see below.")]})
    inside = sum(each.guest.group == str(group.uuid) for each in queries.people(found, wanted))
    staying = present is not None and present.group is group
    if group.maximum is not None and inside >= group.maximum and not staying:
        words = _("This group is full. Please move somebody out of it first, or raise its maximum.")
        raise Invalid({"group": [words]})


def take_back(who: Who, uuid: UUID, person: UUID, round_key: str) -> Participant:
    """Let the next arrangement decide again about somebody who was moved by hand."""
    found = queries.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    row = queries.load_person(found, person)
    member = queries.load_membership(row, queries.load_round(found, round_key))
    if member is None or not member.by_hand:
        raise Conflict(row)
    told = {"by_hand": [True, False], "reason": [member.reason, None]}
    member.by_hand, member.reason = False, None
    record(who, "participant.group_changed", row, told)
    db.session.flush()
    return row


def exclude(who: Who, uuid: UUID, person: UUID, data: Mapping[str, Any]) -> Participant:
    """Say that somebody must not be in a group, and take them out of it."""
    found = queries.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    row, group = queries.load_person(found, person), _group(found, data["excluded"], "excluded")
    if group.moderator_id == row.id:
        raise Invalid({"excluded": [_leading()]})
    made = queries.load_exclusion(row, group) or Exclusion(participant=row, group=group)
    made.reason = data["because"]
    db.session.add(made)
    member = queries.load_membership(row, queries.round_of(found, group))
    if member and member.group is group:
        db.session.delete(member)
    told = {"excluded": [None, group.title], "reason": [None, data["because"]]}
    record(who, "participant.group_changed", row, told)
    db.session.flush()
    return row


def allow(who: Who, uuid: UUID, person: UUID, group: UUID) -> Participant:
    """Take an exclusion back."""
    found = queries.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    row, named = queries.load_person(found, person), queries.load_group(found, group)
    if made := queries.load_exclusion(row, named):
        db.session.delete(made)
        record(who, "participant.group_changed", row, {"excluded": [named.title, None]})
        db.session.flush()
    return row


def _leading() -> str:
    return _("Whoever moderates a group stays in it. Please choose somebody else for it first.")


def _group(found: Conference, uuid: UUID, name: str) -> Group:
    """Return the group that a form chose; one of elsewhere does not exist."""
    try:
        return queries.load_group(found, uuid)
    except NotFound:
        message = _("This working group does not exist any more. Please choose anew.")
        raise Invalid({name: [message]}) from None
