"""World Cafés: set up tables, seat the guests, record what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.groups import queries as groups
from registry.conferences.groups.cafe import queries, seating
from registry.conferences.groups.models import Cafe, CafeTable
from registry.conferences.holders import chosen
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies.queries import hold
from registry.core.db import db
from registry.core.errors import Conflict, Invalid


def create(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Cafe:
    """Set up a World Café."""
    found = groups.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    made = Cafe(conference=found)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "cafe.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, cafe: UUID, version: int, data: Mapping[str, Any]) -> Cafe:
    """Change a World Café; another number of tables or rounds, or another host, unseats all."""
    made = _loaded(who, uuid, cafe, version)
    require(who, Permission.CONFERENCE_LEAD, made)
    before = _shape(made)
    with recorded(who, "cafe.updated", made), db.session.no_autoflush:
        _fill(made, data)
        db.session.flush()
        if _shape(made) != before:
            queries.clear(made)
            made.repeated = None
        touch(made)
    return made


def delete(who: Who, uuid: UUID, cafe: UUID, version: int) -> Conference:
    """Delete a World Café of which nothing was recorded yet."""
    made = _loaded(who, uuid, cafe, version)
    require(who, Permission.CONFERENCE_LEAD, made)
    _check_gone(made.tables)
    conference = made.conference
    record(who, "cafe.deleted", made)
    db.session.delete(made)
    db.session.flush()
    return conference


def seat(who: Who, uuid: UUID, cafe: UUID, seed: int) -> Cafe:
    """Seat everybody who hosts no table; the number of pairs that meet again is kept.

    It is worked out before anything is held, because for many guests that takes seconds.
    """
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    told = _told(found, queries.load_cafe(found, cafe))
    turns = _turns(told, seed)
    hold(found)
    db.session.expire_all()
    made = queries.load_cafe(found, cafe)
    if told != (again := _told(found, made)):
        turns = _turns(again, seed)
    ids = {each.guest.key: each.id for each in queries.everybody(found)}
    with recorded(who, "cafe.seated", made):
        queries.seat(made, turns, ids)
        made.seed, made.repeated = seed, seating.repeated(turns)
        touch(made)
    return made


def seat_late(who: Who, uuid: UUID, cafe: UUID) -> int:
    """Seat those who came later at the smallest tables, and leave everybody else where they are."""
    found = groups.held(who, uuid)
    require(who, Permission.CONFERENCE_LEAD, found)
    made = queries.load_cafe(found, cafe)
    guests, tables, _rounds = _told(found, made)
    ids = {each.guest.key: each.id for each in queries.everybody(found)}
    turns = queries.seating(made)
    there = {key for turn in turns for table in turn.values() for key in table}
    late = [each.key for each in guests if each.key not in there]
    joined = [dict(turn) for turn in seating.joined(turns, tables, late)]
    with recorded(who, "cafe.seated", made):
        queries.seat(made, [{n: list(t) for n, t in turn.items()} for turn in joined], ids)
        made.repeated = seating.repeated(joined)
        touch(made)
    return len(late)


def record_results(
    who: Who, uuid: UUID, cafe: UUID, version: int, results: Mapping[UUID, str | None]
) -> Cafe:
    """Record what came of each table."""
    made = _loaded(who, uuid, cafe, version)
    require(who, Permission.CONFERENCE_LEAD, made)
    with recorded(who, "cafe.updated", made):
        for table in made.tables:
            if table.uuid in results:
                table.result = results[table.uuid]
        touch(made)
    return made


def _loaded(who: Who, uuid: UUID, cafe: UUID, version: int) -> Cafe:
    made = queries.load_cafe(groups.held(who, uuid), cafe)
    if made.version != version:
        raise Conflict(made)
    return made


def _shape(made: Cafe) -> tuple[int, list[tuple[UUID, int | None]]]:
    return made.rounds, [(each.uuid, each.host_id) for each in made.tables]


def _told(found: Conference, made: Cafe) -> tuple[list[seating.Guest], list[int], int]:
    hosts = {each.host_id for each in made.tables if each.host_id}
    guests = [
        seating.Guest(each.guest.key, each.guest.organisation)
        for each in queries.everybody(found)
        if each.id not in hosts
    ]
    return guests, [each.number for each in made.tables], made.rounds


def _turns(
    told: tuple[Sequence[seating.Guest], Sequence[int], int], seed: int
) -> list[dict[int, list[str]]]:
    guests, tables, rounds = told
    return seating.seated(guests, tables, rounds, seed)


def _fill(made: Cafe, data: Mapping[str, Any]) -> None:
    found = made.conference
    made.title, made.rounds, made.minutes = data["title"], data["rounds"], data.get("minutes")
    uuid = chosen(data.get("day"))
    made.day = next((each for each in found.days if each.uuid == uuid), None)
    if uuid.int and made.day is None:
        raise Invalid({"day": [_("This entry does not exist.")]})
    known = {each.uuid: each for each in made.tables}
    people = {each.uuid: each.id for each in queries.everybody(found)}
    kept = []
    for number, values in enumerate(data["tables"]):
        table = known.get(values.get("uuid")) or CafeTable()
        table.topic, table.host = values["topic"], values["host"]
        table.host_id = _host(number, chosen(values.get("host_person")), people)
        kept.append(table)
    hosts = [each.host_id for each in kept if each.host_id]
    if len(set(hosts)) < len(hosts):
        raise Invalid({"tables": [_("One person hosts two tables.")]})
    _set_tables(made, kept)


def _host(number: int, uuid: UUID, people: Mapping[UUID, int]) -> int | None:
    if not uuid.int:
        return None
    if uuid not in people:
        message = _("This person has no seat any more. Please choose anew.")
        raise Invalid({"tables": {number: {"host_person": [message]}}})
    return people[uuid]


def _set_tables(made: Cafe, kept: Sequence[CafeTable]) -> None:
    """Number the tables anew; numbers are unique, so the old ones leave first."""
    _check_gone([each for each in made.tables if each not in kept])
    fresh = not made.tables
    made.tables = list(kept)
    if not fresh:
        for number, table in enumerate(kept):
            table.number = 1000 + number
        db.session.flush()
    for number, table in enumerate(kept, 1):
        table.number = number


def _check_gone(gone: Sequence[CafeTable]) -> None:
    cards = queries.with_cards(gone) if gone else set()
    for each in gone:
        if each.result or each.id in cards:
            message = _("Something was recorded at table %(number)s. It stays.", number=each.number)
            raise Invalid({"tables": [message]})
