"""Reading World Cafés: their tables, who sits where."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import selectinload

from registry.conferences.groups.models import Cafe, CafeTable, TableSeat
from registry.conferences.groups.queries import PersonRow, Round, people
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.conferences.wall.models import Card, Photo
from registry.core.db import db
from registry.core.errors import NotFound


def listed(conference: Conference) -> Sequence[Cafe]:
    query = select(Cafe).where(Cafe.conference_id == conference.id).order_by(Cafe.id)
    return db.session.scalars(query.options(selectinload(Cafe.tables))).all()


def load_cafe(conference: Conference, uuid: UUID) -> Cafe:
    """Return a World Café of a conference, or raise NotFound."""
    query = select(Cafe).where(Cafe.uuid == uuid, Cafe.conference_id == conference.id)
    tables = selectinload(Cafe.tables)
    found = db.session.scalar(query.options(tables.joinedload(CafeTable.host_person)))
    if found is None:
        raise NotFound
    return found


def everybody(conference: Conference) -> list[PersonRow]:
    """Return everybody with a seat, by name."""
    return people(conference, Round(None, ()))


def seating(cafe: Cafe) -> list[dict[int, list[str]]]:
    """Return the public ids of the guests at each table (by number) in each round, by name."""
    numbers = {each.id: each.number for each in cafe.tables}
    found: list[dict[int, list[str]]] = []
    rows = db.session.execute(
        select(TableSeat.round, TableSeat.table_id, Participant.uuid)
        .join(Participant, Participant.id == TableSeat.participant_id)
        .where(TableSeat.table_id.in_(numbers))
        .order_by(TableSeat.round, Participant.family_name, Participant.id)
    )
    for turn, table, guest in rows:
        while len(found) < turn:
            found.append({number: [] for number in numbers.values()})
        found[turn - 1][numbers[table]].append(str(guest))
    return found


def seat(cafe: Cafe, turns: Sequence[dict[int, list[str]]], ids: dict[str, int]) -> None:
    """Replace the whole seating; whoever has no seat at the conference any more is left out."""
    clear(cafe)
    keys = {each.number: each.id for each in cafe.tables}
    rows = [
        {"table_id": keys[number], "participant_id": ids[guest], "round": turn}
        for turn, tables in enumerate(turns, 1)
        for number, guests in tables.items()
        for guest in guests
        if guest in ids
    ]
    if rows:
        db.session.execute(insert(TableSeat), rows)


def clear(cafe: Cafe) -> None:
    keys = [each.id for each in cafe.tables if each.id]
    db.session.execute(delete(TableSeat).where(TableSeat.table_id.in_(keys)))


def with_cards(tables: Sequence[CafeTable]) -> set[int]:
    """Return the internal ids of those tables on whose wall there are cards or photos."""
    keys = [each.id for each in tables]
    cards = select(Card.table_id).where(Card.table_id.in_(keys))
    photos = select(Photo.table_id).where(Photo.table_id.in_(keys))
    return {*db.session.scalars(cards), *db.session.scalars(photos)}
