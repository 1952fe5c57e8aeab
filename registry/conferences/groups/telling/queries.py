"""Reading where everybody is, what they were told of it, and who reads mail."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import contains_eager

from registry.conferences.groups import queries as groups
from registry.conferences.groups.cafe import queries as cafes
from registry.conferences.groups.models import Cafe, TableSeat
from registry.conferences.groups.queries import Round
from registry.conferences.groups.telling.models import PlaceTold
from registry.conferences.groups.telling.places import Hours, Place, hours, in_turn
from registry.conferences.invitations.models import Invitation
from registry.conferences.mailing.choosing import CAME_BACK
from registry.conferences.models import Conference, ItemFormat
from registry.conferences.programme import timetable
from registry.conferences.replies import models as replies
from registry.conferences.replies.models import Participant
from registry.core.db import db, now
from registry.core.mail.models import Mail

DIVIDED = (ItemFormat.GROUP, ItemFormat.FORUM)
Places = dict[int, list[Place]]


def places(conference: Conference) -> Places:
    """Return where each participant with a seat is, by internal id."""
    found: Places = {row.id: [] for row in groups.people(conference, Round(None, ()))}
    for wanted in groups.rounds(conference):
        _add_groups(conference, wanted, found)
    for cafe in cafes.listed(conference):
        _add_tables(cafe, found)
    return {key: in_turn(each) for key, each in found.items()}


def _add_groups(conference: Conference, wanted: Round, found: Places) -> None:
    letters, known = groups.letters(conference), _hours(conference, DIVIDED)
    day = wanted.day.day if wanted.day else _only_day(conference)
    of_group = {}
    for each in wanted.groups:
        when = hours(each.title, day, known)
        of_group[str(each.uuid)] = Place(
            each.title,
            letters[str(each.uuid)].letter,
            None,
            each.room.name if each.room else "",
            when.day,
            when.starts,
            when.ends,
        )
    for row in groups.people(conference, wanted):
        if row.guest.group in of_group:
            role = "moderates" if row.guest.leads else ""
            found[row.id].append(_as(of_group[row.guest.group], role))


def _add_tables(cafe: Cafe, found: Places) -> None:
    """Add the table of the first round, and that of whoever hosts one for all of them."""
    if cafe.repeated is None:
        return
    day = cafe.day.day if cafe.day else _only_day(cafe.conference)
    when = hours(cafe.title, day, _hours(cafe.conference, (ItemFormat.WORLD_CAFE,)))
    of_table = {
        each.id: Place(each.topic, "", each.number, "", when.day, when.starts, when.ends)
        for each in cafe.tables
    }
    first = select(TableSeat.participant_id, TableSeat.table_id).where(
        TableSeat.table_id.in_(of_table), TableSeat.round == 1
    )
    for person, table in db.session.execute(first):
        if person in found:
            found[person].append(of_table[table])
    for each in cafe.tables:
        if each.host_id in found:
            found[each.host_id].append(_as(of_table[each.id], "hosts"))


def _as(place: Place, role: str) -> Place:
    return Place(**{**place.__dict__, "role": role}) if role else place


def _only_day(conference: Conference) -> Any:
    return conference.days[0].day if len(conference.days) == 1 else None


def _hours(conference: Conference, formats: Collection[str]) -> list[Hours]:
    return [
        Hours(line.item.title, sheet.day.day if sheet.day else None, line.starts, line.ends)
        for sheet in timetable.of(conference)
        for line in sheet.lines
        if line.item.format in formats
    ]


def told(conference: Conference) -> dict[int, list[Any]]:
    """Return what each participant was told the last time."""
    query = (
        select(PlaceTold.participant_id, PlaceTold.places)
        .join(Participant, Participant.id == PlaceTold.participant_id)
        .where(Participant.conference_id == conference.id)
    )
    return dict(iter(db.session.execute(query)))


def is_told(conference: Conference) -> bool:
    """Return whether participants of a conference have been told where they are."""
    query = select(
        exists().where(
            Participant.id == PlaceTold.participant_id,
            Participant.conference_id == conference.id,
        )
    )
    return bool(db.session.scalar(query))


def lost(conference: Conference) -> set[int]:
    """Return the participants whom the mail about their places did not reach."""
    query = (
        select(PlaceTold.participant_id)
        .join(Participant, Participant.id == PlaceTold.participant_id)
        .join(Mail, Mail.id == PlaceTold.mail_id)
        .where(Participant.conference_id == conference.id, Mail.state.in_(CAME_BACK))
    )
    return set(db.session.scalars(query))


def note(rows: Sequence[dict[str, Any]]) -> None:
    """Note what participants have been told now."""
    if not rows:
        return
    keys = [row["participant_id"] for row in rows]
    db.session.execute(delete(PlaceTold).where(PlaceTold.participant_id.in_(keys)))
    at = now()
    db.session.execute(insert(PlaceTold), [{"told_at": at, **row} for row in rows])


def load_seated(conference: Conference) -> dict[Invitation, list[Participant]]:
    """Return those with a seat by their invitation, in the order of the list."""
    query = (
        select(Participant)
        .join(Participant.invitation)
        .where(
            Participant.conference_id == conference.id,
            Participant.place == replies.Place.SEAT,
        )
        .options(contains_eager(Participant.invitation))
        .order_by(Invitation.number.is_(None), Invitation.number, Invitation.id)
        .order_by(Participant.position, Participant.id)
    )
    found: dict[Invitation, list[Participant]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.invitation, []).append(row)
    return found


def languages(kind: str, rows: Sequence[Invitation]) -> dict[Any, str]:
    """Return the language of the last mail of a kind about each invitation, by its public id."""
    query = select(Mail.about, Mail.language).where(
        Mail.kind == kind, Mail.about.in_([each.uuid for each in rows])
    )
    return dict(iter(db.session.execute(query.order_by(Mail.id))))


def is_overtaken(mail: Mail) -> bool:
    """Return whether a later mail tells the same people where they are."""
    later = exists().where(Mail.kind == mail.kind, Mail.about == mail.about, Mail.id > mail.id)
    return bool(db.session.scalar(select(later)))
