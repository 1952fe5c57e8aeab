"""Changing many entries together: all in one transaction, undone row by row for a while."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import queries as actors
from registry.actors.changes import touch
from registry.actors.models import Actor, Status
from registry.actors.proposals import store
from registry.audit.queries import with_state
from registry.audit.services import Event, record_many
from registry.audit.snapshot import differences, snapshot
from registry.core.db import db, now
from registry.core.errors import Invalid, NotAllowed, NotFound
from registry.offers.models import TERM_LISTS, Offer
from registry.privacy import queries as retention
from registry.upkeep.bulk import queries
from registry.upkeep.bulk.actions import ACTIONS, OWNER, STATUS, Action, Change, Refused, Wish
from registry.upkeep.bulk.models import BulkRow, BulkRun, is_fresh
from registry.upkeep.history.states import NAMES
from registry.upkeep.kinds import KINDS, Kind

MAX_ROWS = 2000  # some seconds in one request; a district has hundreds of entries
CHUNK = 250
VERBS = {"confirm": "confirmed", "archive": "archived", "hand_over": "handed_over"}
Fields = Mapping[str, Any]
Order = tuple[Any, Fields]


@dataclass
class Outlook:
    """What a change would do: how many rows, which it passes by and why, what is left behind."""

    changed: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def look_ahead(who: Who, kind: Kind, action: str, uuids: Sequence[UUID], value: Any) -> Outlook:
    """Return what a change would do to these entries, and change nothing."""
    require(who, Permission.ENTRY_REVIEW, None)
    wish, wanted = _wish(who, kind, action, value)
    found = Outlook()
    for rows in _chunks(who, kind, uuids, wanted):
        for row in rows:
            _plan(wanted, row, wish, found)
    return found


def change_many(who: Who, kind: Kind, action: str, uuids: Sequence[UUID], value: Any) -> BulkRun:
    """Change these entries; those that cannot be changed are passed by, as the outlook said."""
    require(who, Permission.ENTRY_REVIEW, None)
    wish, wanted = _wish(who, kind, action, value)
    _forget_old()
    run = BulkRun(kind=kind.name, action=action, user_id=who.user_id)
    db.session.add(run)
    db.session.flush()
    verb = VERBS.get(action, "updated")
    for rows in _chunks(who, kind, uuids, wanted, lock=True):
        planned = [(row, _plan(wanted, row, wish, Outlook())) for row in rows]
        orders = [(row, change.fields) for row, change in planned if change]
        queries.note(run, [row for row, _fields in orders], _done(who, kind, verb, orders))
    return run


def undo(who: Who, uuid: UUID) -> list[str]:
    """Undo a run; return the names of those somebody has changed since, which stay as they are."""
    require(who, Permission.ENTRY_REVIEW, None)
    run = queries.load_run(who, uuid, lock=True)
    if not is_fresh(run):
        raise Invalid({"run": [_("This can no longer be undone.")]})
    run.undone_at = now()
    refused, last = list[str](), 0
    while rows := queries.load_rows(run, after=last, limit=CHUNK):
        last = rows[-1].id
        refused += _undo_rows(who, run, rows)
    return refused


def _undo_rows(who: Who, run: BulkRun, rows: Sequence[BulkRow]) -> list[str]:
    """Undo some rows; return the names of those that were changed since or are out of reach."""
    kind, needs = KINDS[run.kind], ACTIONS[run.action].needs
    uuids = [each.subject_id for each in rows]
    found = queries.load_chosen(who, kind.name, uuids, needs, lock=True)
    present = {row.uuid: row for row in found}
    owners = queries.load_owners(who, [UUID(e.before[OWNER]) for e in rows if OWNER in e.before])
    orders, refused = [], []
    for each in rows:
        row, before = present.get(each.subject_id), _former(each.before, owners)
        if row is None or row.version != each.version or before is None:
            refused.append(str(row) if row else _("an entry that exists no longer"))
        else:
            each.undone = True
            orders.append((row, before))
    _done(who, kind, "undone", orders)
    return refused


def _former(before: Fields, owners: Mapping[UUID, Actor]) -> Fields | None:
    """Return what a row was, its owner loaded; None where that one is out of reach."""
    if OWNER not in before:
        return before
    owner = owners.get(UUID(before[OWNER]))
    return {**before, OWNER: owner} if owner else None


def _wish(who: Who, kind: Kind, name: str, value: Any) -> tuple[Wish, Action]:
    action = ACTIONS.get(name)
    if action is None or kind.name not in action.kinds:
        raise Invalid({"action": [_("Please choose what to do.")]})
    if action.takes == "actor":
        value = _target(who, value)
    return Wish(who, value, date.today()), action


def _target(who: Who, uuid: UUID) -> Actor:
    refused = Invalid({"actor": [_("This organisation does not exist.")]})
    try:
        target = actors.load_actor(who, uuid)
        require(who, Permission.ENTRY_MERGE, target)
    except (NotFound, NotAllowed):
        raise refused from None
    if target.status == Status.ARCHIVED:
        raise refused
    return target


def _chunks(
    who: Who, kind: Kind, uuids: Sequence[UUID], action: Action, *, lock: bool = False
) -> Iterator[list[Any]]:
    """Yield the entries in pieces; one that is not there, or not in reach, is not found."""
    if len(uuids) > MAX_ROWS:
        message = _("Please choose at most %(limit)s entries at once.", limit=MAX_ROWS)
        raise Invalid({"chosen": [message]})
    for begin in range(0, len(uuids), CHUNK):
        wanted = uuids[begin : begin + CHUNK]
        rows = queries.load_chosen(who, kind.name, wanted, action.needs, lock=lock)
        if len(rows) < len(wanted):
            raise NotFound
        yield rows


def _plan(action: Action, row: Any, wish: Wish, outlook: Outlook) -> Change | None:
    try:
        change = action.plan(row, wish)
    except Refused as refused:
        outlook.refused.append((str(row), refused.code))
        return None
    outlook.changed += 1
    outlook.left += [(str(row), name) for name in change.notes]
    return change


def _done(who: Who, kind: Kind, verb: str, orders: Sequence[Order]) -> list[dict[str, Any]]:
    """Change rows, log each, and return for each what has to be done to undo it.

    What `Life.change` does for one row is done here for many in few statements.
    """
    rows = [row for row, _fields in orders]
    states, kept = queries.states(kind, rows), with_state([row.uuid for row in rows])
    was = [_said(row, fields) for row, fields in orders]
    before = [_before(row, fields, states[row.uuid]) for row, fields in orders]
    load = lru_cache(partial(_loaded, kind))  # most are changed in the same way
    with db.session.no_autoflush:
        for row, fields in orders:
            touch(row)
            _set(who, kind, row, fields, load)
    db.session.flush()
    events = list[Event]()
    for (row, fields), said in zip(orders, was, strict=True):
        if changes := differences(said, _said(row, fields)):
            state = states[row.uuid]
            if row.uuid not in kept:
                events.append(Event(f"{kind.name}.kept", row, {}, state))
            made = _after(kind, row, fields, state)
            events.append(Event(f"{kind.name}.{verb}", row, changes, made))
    record_many(who, events)
    store.overtake_all([row for row, fields in orders if STATUS in fields])
    store.hand_over_all({row.uuid: row.actor for row, fields in orders if OWNER in fields})
    return before


def _said(row: Any, fields: Fields) -> dict[str, Any]:
    """Return what the log compares of the fields that are changed."""
    terms = TERM_LISTS if isinstance(row, Offer) else ()
    return snapshot(row, {"term_links" if name in terms else name for name in fields})


def _before(row: Any, fields: Fields, state: Mapping[str, Any]) -> dict[str, Any]:
    if STATUS in fields:
        return {STATUS: str(row.status)}
    before = {name: state[name] for name in fields if name != OWNER}
    return {**before, OWNER: str(row.actor.uuid)} if OWNER in fields else before


def _after(kind: Kind, row: Any, fields: Fields, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state of a row after some of its fields were changed."""
    changed = kind.life.dump_some(row, fields.keys() - {STATUS, OWNER})
    names = {NAMES: kind.names(row)} if OWNER in fields else {}
    return {**state, **changed, **names}


def _loaded(kind: Kind, dumped: str) -> Fields:
    return kind.life.load(json.loads(dumped))


def _set(who: Who, kind: Kind, row: Any, fields: Fields, load: Callable[[str], Fields]) -> None:
    if STATUS in fields:
        row.status = Status(fields[STATUS])
        return
    if OWNER in fields:  # the owner first: places and contacts must be the new one's own
        require(who, Permission.ENTRY_MERGE, row)
        require(who, Permission.ENTRY_MERGE, fields[OWNER])
        row.actor = fields[OWNER]
    dumped = {name: value for name, value in fields.items() if name != OWNER}
    kind.life.apply(who, row, load(json.dumps(dumped, sort_keys=True)))


def _forget_old() -> None:
    for run in queries.load_old(now() - timedelta(days=retention.days()["bulk"])):
        db.session.delete(run)
