"""Groups: set them, arrange people by their wishes, say who moderates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.assignment import Assignment, Costs, Impossible, assign
from registry.conferences.groups import changes, placing, queries
from registry.conferences.groups.models import Run
from registry.conferences.groups.queries import PersonRow, Round
from registry.conferences.groups.wording import shortfall
from registry.conferences.models import Conference, Group
from registry.conferences.queries import load_conference
from registry.conferences.replies.queries import hold
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid


@dataclass(frozen=True)
class How:
    """How people are assigned: what their wishes cost, and the seed among equally good ways.

    `stay` takes that of them by which fewest leave the group they are in.
    """

    costs: tuple[int, ...]
    unlisted: int
    seed: int
    stay: bool = False


def set_groups(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Conference:
    """Set the groups of a conference; each keeps its id, by which people have wished for it."""
    found = queries.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    if found.version != version:
        raise Conflict(found)
    with recorded(who, "conference.updated", found), db.session.no_autoflush:
        changes.set_groups(found, data["groups"])
        touch(found)
    return found


def arrange(who: Who, uuid: UUID, round_key: str, how: How) -> Run:
    """Put everybody with a seat into groups by their wishes; whoever was moved by hand stays.

    Computing takes long for many people, so others go on meanwhile: where they changed something,
    it is computed again. Raises Invalid with what would help where a minimum cannot be met.
    """
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    wanted = queries.load_round(found, round_key)
    told = queries.people(found, wanted), wanted.bounds
    made = _assigned(*told, how, wanted)
    hold(found)
    db.session.expire_all()
    wanted = queries.load_round(found, round_key)
    if told != (again := (queries.people(found, wanted), wanted.bounds)):
        told, made = again, _assigned(*again, how, wanted)
    _fill(told[0], made, wanted)
    run = _note(found, wanted, made, how)
    facts = {"seed": [None, how.seed], "total_cost": [None, made.total_cost]}
    record(who, "conference.arranged", found, facts)
    db.session.flush()
    return run


def _assigned(rows: list[PersonRow], bounds: list[Any], how: How, wanted: Round) -> Assignment:
    guests = [each.guest for each in rows]
    groups = placing.bounds(bounds, guests)
    try:
        persons = placing.people(guests, groups, stay=how.stay)
        return assign(persons, groups, Costs(how.costs, how.unlisted), seed=how.seed)
    except Impossible as error:
        titles = {str(each.uuid): each.title for each in wanted.groups}
        lines = [shortfall(each, titles[each.group]) for each in error.shortfalls]
        raise Invalid({"impossible": lines}) from None


def _fill(rows: list[PersonRow], made: Assignment, wanted: Round) -> None:
    known = {each.guest.key: each for each in rows}
    keys = {str(each.uuid): each.id for each in wanted.groups}
    queries.clear(wanted.groups)
    queries.insert_members(
        [
            {
                "participant_id": known[each.person].id,
                "group_id": keys[each.group],
                "rank": each.rank,
                "by_hand": False,
            }
            for each in made.placed
            if not known[each.person].guest.by_hand
        ]
    )


def _note(found: Conference, wanted: Round, made: Assignment, how: How) -> Run:
    run = queries.run_of(found, wanted) or Run(conference=found, day=wanted.day)
    run.seed, run.costs, run.unlisted = how.seed, list(how.costs), how.unlisted
    run.total_cost, run.ran_at = made.total_cost, now()
    run.unplaced = [{"participant": key, "reason": why} for key, why in made.unplaced.items()]
    db.session.add(run)
    return run


def set_moderator(who: Who, uuid: UUID, group: UUID, version: int, person: UUID | None) -> Group:
    """Let a participant moderate a group, which they then are in; None lets nobody."""
    found = queries.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    row = queries.load_group(found, group)
    if found.version != version:
        raise Conflict(found)
    wanted = queries.round_of(found, row)
    known = {each.uuid: each for each in queries.people(found, wanted)}
    if person is not None and person not in known:
        raise Invalid({"person": [_("This person has no seat any more. Please choose anew.")]})
    chosen = queries.load_person(found, person) if person else None
    if chosen and any(e.moderator_id == chosen.id for e in wanted.groups if e is not row):
        raise Invalid({"person": [_("This person moderates another group.")]})
    row.moderator_id = chosen.id if chosen else None
    if chosen:
        changes.put(chosen, row, queries.load_membership(chosen, wanted))
    touch(found)
    facts = {"moderator": [None, str(chosen) if chosen else None], "group": [None, row.title]}
    record(who, "conference.updated", found, facts)
    db.session.flush()
    return row
