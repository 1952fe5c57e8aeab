"""Rules, limits and picks: changing them, and applying them to the list."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, may, require
from registry.actors.changes import touch
from registry.actors.models import Tier
from registry.audit.services import record, recorded
from registry.conferences.criteria import Last
from registry.conferences.invitations.choosing import queries
from registry.conferences.invitations.choosing.queries import Planned
from registry.conferences.invitations.models import Beside, Effect, Invitation, Pick, Reply, Rule
from registry.conferences.invitations.queries import last_number
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies.services import release, resume
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid
from registry.network.findings.rules import RULES
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary

MOMENT = timedelta(microseconds=1)  # who stayed is marked by the moment after
RULED = ("seats", "reasons")  # what rules decide of an invitation


@dataclass(frozen=True)
class Applied:
    """What applying the rules did; `moment` is what undoes it."""

    moment: datetime
    added: int
    gone: int
    changed: int


def add_rule(who: Who, conference_uuid: UUID, data: Mapping[str, Any]) -> Rule:
    """Add a rule behind those there are."""
    conference = _held(who, conference_uuid)
    require(who, Permission.CONFERENCE_INVITE, conference)
    made = Rule(conference=conference, position=len(queries.load_rules(conference)))
    _fill(who, made, data)
    db.session.add(made)
    with recorded(who, "rule.created", made, new=True):
        db.session.flush()
    return made


def change_rule(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Rule:
    """Change a rule that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, found)
    with recorded(who, "rule.updated", found):
        _fill(who, found, data)
        touch(found)
    return found


def delete_rule(who: Who, uuid: UUID, version: int) -> Rule:
    """Delete a rule; its data suffice to enter it again."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, found)
    record(who, "rule.deleted", found, {"criteria": [found.criteria, None]})
    db.session.delete(found)
    db.session.flush()
    return found


def move_rule(who: Who, uuid: UUID, by: int) -> Rule:
    """Move a rule by one place, up (-1) or down (1): the first that fits decides."""
    found = queries.load_rule(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    held = _held(who, found.conference.uuid)
    rows = list(queries.load_rules(held))
    place = rows.index(found)
    rows.insert(max(0, place + by), rows.pop(place))
    for position, row in enumerate(rows):
        row.position = position
    return found


def set_limits(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Conference:
    """Set how many seats are offered to each, together, and by category."""
    held = _held(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, held)
    if held.version != version:
        raise Conflict(held)
    rows = data.get("limits") or []
    keys = [row["category"] for row in rows]
    _check_known("limits", keys, _categories())
    if len(keys) != len(set(keys)):
        raise Invalid({"limits": [_("Each category once, please.")]})
    with recorded(who, "conference.limits", held):
        held.seats_each = data["seats_each"]
        held.invited_most = data.get("invited_most")
        held.quotas = {
            row["category"]: {"most": row.get("most"), "priority": row.get("priority") or 1}
            for row in rows
        }
        touch(held)
    return held


def pick(who: Who, conference_uuid: UUID, key: str, data: Mapping[str, Any]) -> Pick | None:
    """Choose somebody by hand, in or out; without an effect the rules decide again."""
    held = _held(who, conference_uuid)
    require(who, Permission.CONFERENCE_INVITE, held)
    column, subject = queries.find_subject(who, held, key)
    found = queries.load_pick(held, key)
    effect = data.get("effect")
    said = {name: data.get(name) for name in ("effect", "seats", "reason")}
    record(who, "conference.picked", held, {str(subject): [_told(found), effect and said]})
    if not effect:
        if found:
            db.session.delete(found)
        db.session.flush()
        return None
    if found is None:
        found = Pick(conference_id=held.id, **{column: subject.id})
        db.session.add(found)
    found.effect, found.seats, found.reason = effect, data.get("seats"), data.get("reason")
    db.session.flush()
    return found


def _told(found: Pick | None) -> Any:
    names = ("effect", "seats", "reason")
    return {name: getattr(found, name) for name in names} if found else None


def apply(who: Who, uuid: UUID, seen: str, today: date) -> Applied:
    """Make the list what the rules say. `seen` is the digest of the difference looked at.

    Where another difference has come about since, nothing is done.
    """
    held = _held(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, held)
    planned = queries.planned(held, today)
    difference, moment = planned.difference, now()
    if difference.digest != seen:
        raise Conflict(held)
    numbers = count(last_number(held) + 1)
    for key in _in_order(planned):
        _add(held, planned, key, moment, numbers)
    for key in difference.gone:
        row = planned.present[key]
        row.withdrawn_on, row.updated_at = today, moment
        row.version += 1
        row.before_rules = None
        if row.reply != Reply.OPEN:
            row.before_rules = {"places": release(who, row, today)}
    for key, columns in difference.changed.items():
        row = planned.present[key]
        row.before_rules = {name: getattr(row, name) for name in RULED if name in columns}
        _set(row, planned.wanted[key], columns)
        row.version, row.updated_at = row.version + 1, moment + MOMENT
    done = Applied(moment, *map(len, (difference.added, difference.gone, difference.changed)))
    counts = {name: [None, getattr(done, name)] for name in ("added", "gone", "changed")}
    record(who, "conference.rules_applied", held, counts)
    db.session.flush()
    return done


def undo(who: Who, uuid: UUID, moment: datetime, today: date) -> None:
    """Take back what applying the rules at a moment decided, as far as nothing went out.

    Who was added goes and who was taken out comes back, with what had been edited by hand and the
    seats there still are; who stayed gets seats and reasons back. What the register says stays.
    """
    held = _held(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, held)
    for row in queries.applied_at(held, moment, moment + MOMENT):
        if row.invited_on or row.letter_on:
            continue
        before, stayed = row.before_rules or {}, row.updated_at == moment + MOMENT
        added, row.before_rules = row.created_at == moment, None
        _set(row, before, [name for name in RULED if name in before and name not in row.edited])
        if not stayed:
            row.withdrawn_on = today if added else None
        touch(row)
        if added:
            release(who, row, today)
        elif before.get("places"):
            resume(who, row, before["places"], today)
    record(who, "conference.rules_undone", held)
    db.session.flush()


def _held(who: Who, uuid: UUID) -> Conference:
    """Return a conference whose rules and list nobody else changes meanwhile."""
    return load_conference(who, uuid, lock=True)


def _loaded(who: Who, uuid: UUID, version: int) -> Rule:
    found = queries.load_rule(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _in_order(planned: Planned) -> list[str]:
    added = set(planned.difference.added)
    return [v.candidate.key for v in planned.plan.invited if v.candidate.key in added]


def _add(
    held: Conference, planned: Planned, key: str, moment: datetime, numbers: Iterator[int]
) -> None:
    """Add an invitation, or bring back one that was taken out, with what was edited in it."""
    frozen, entry = held.frozen_at is not None, planned.entries[key]
    row = planned.present.get(key)
    if row is None:
        row = Invitation(conference_id=held.id, **{entry.column: entry.id}, edited=[])
        db.session.add(row)
    else:
        row.version += 1
    wanted = planned.wanted[key]
    _set(row, wanted, [name for name in wanted if name not in row.edited])
    row.withdrawn_on, row.created_at, row.updated_at = None, moment, moment
    if frozen and row.number is None:
        row.late, row.number = True, next(numbers)


def _set(row: Invitation, wanted: Mapping[str, Any], columns: Iterable[str]) -> None:
    for name in columns:
        setattr(row, name, wanted[name])


def _fill(who: Who, row: Rule, data: Mapping[str, Any]) -> None:
    told = dict(data.get("criteria", {}))
    if not may(who, Permission.NETWORK_READ, row):
        told["findings"] = (row.criteria or {}).get("findings")  # neither seen nor changed
    asked = {name: values for name, values in told.items() if values}
    _check_known("categories", asked.get("categories", ()), _categories())
    _check_known("fields", asked.get("fields", ()), set(vocabulary.keys("field")))
    places = asked.get("municipalities", ())
    inside = {ags for ags in places if ags.startswith(row.conference.region)}
    _check_known("municipalities", places, regions.existing(inside))
    _check_known("tiers", asked.get("tiers", ()), set(Tier))
    _check_known("last", asked.get("last", ()), set(Last))
    _check_known("findings", asked.get("findings", ()), set(RULES))
    row.criteria = asked
    row.effect = data.get("effect") or Effect.INVITE.value
    row.seats, row.priority = data.get("seats"), data.get("priority") or 1


def _categories() -> set[str]:
    return {*vocabulary.keys("category"), *(each.value for each in Beside)}


def _check_known(name: str, given: Iterable[str], known: Collection[str]) -> None:
    if unknown := sorted(set(given).difference(known)):
        raise Invalid({name: [_("Unknown value: %(value)s", value=", ".join(unknown)[:100])]})
