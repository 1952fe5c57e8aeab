"""Reading groups: the rounds of a conference, who is in which group, who moderates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import joinedload

from registry.access.policy import Who
from registry.conferences.assignment import Group as Bounds
from registry.conferences.groups.models import Exclusion, Membership, Run
from registry.conferences.groups.placing import Guest, Led
from registry.conferences.invitations.models import Invitation
from registry.conferences.marks import Mark, marks
from registry.conferences.models import Conference, Day, Group
from registry.conferences.queries import load_conference
from registry.conferences.replies.models import Participant, Place
from registry.conferences.replies.queries import hold
from registry.conferences.rounds import rounds_of
from registry.conferences.wall.models import Card, Photo
from registry.core.db import db
from registry.core.errors import NotFound


@dataclass(frozen=True)
class Round:
    """Groups that meet at one time: those of the whole conference, or the forums of a day."""

    day: Day | None
    groups: tuple[Group, ...]

    @property
    def key(self) -> str:
        return str(self.day.uuid) if self.day else ""

    @property
    def bounds(self) -> list[Bounds]:
        return [
            Bounds(str(each.uuid), each.minimum, each.maximum, each.share) for each in self.groups
        ]


@dataclass(frozen=True)
class PersonRow:
    """Somebody with a seat: what is computed with, and what lists show besides."""

    guest: Guest
    id: int
    uuid: UUID
    function: str
    deputy: bool
    number: int | None  # of the invitation
    reason: str  # of a move by hand
    excluded: dict[str, str]  # groups they must not be in, and why


@dataclass(frozen=True)
class Moderator:
    """The participant who moderates a group; `seated` is whether they still come.

    `role` is their function and whom they come for, which may be made public.
    """

    uuid: UUID
    name: str
    seated: bool
    role: str = ""

    def __str__(self) -> str:
        return self.name or self.role or "–"


def rounds(conference: Conference) -> list[Round]:
    """Return the rounds that have groups: first that of the whole conference, then by day."""
    return [Round(day, groups) for day, groups in rounds_of(conference)]


def held(who: Who, uuid: UUID) -> Conference:
    """Return a conference as it is now, held until the transaction ends."""
    found = load_conference(who, uuid)
    hold(found)
    db.session.expire_all()
    return found


def load_round(conference: Conference, key: str) -> Round:
    """Return the round of a day's public id, "" for that of the whole conference."""
    wanted = next((each for each in rounds(conference) if each.key == key), None)
    if wanted is None:
        raise NotFound
    return wanted


def round_of(conference: Conference, group: Group) -> Round:
    return next(each for each in rounds(conference) if group in each.groups)


def load_group(conference: Conference, uuid: UUID) -> Group:
    found = next((each for each in conference.groups if each.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found


def letters(conference: Conference) -> dict[str, Mark]:
    """Return letter and colour of each group by its public id."""
    return {str(key): mark for key, mark in marks(conference.groups).items()}


def people(conference: Conference, wanted: Round) -> list[PersonRow]:
    """Return everybody with a seat by name, and where they are in a round."""
    keys = {each.id: str(each.uuid) for each in wanted.groups}
    leads = {each.moderator_id: keys[each.id] for each in wanted.groups if each.moderator_id}
    member = {
        row.participant_id: (keys[row.group_id], row.by_hand, row.reason or "")
        for row in db.session.execute(
            select(
                Membership.participant_id,
                Membership.group_id,
                Membership.by_hand,
                Membership.reason,
            ).where(Membership.group_id.in_(keys))
        )
    }
    excluded: dict[int, dict[str, str]] = {}
    for row in db.session.execute(
        select(Exclusion.participant_id, Exclusion.group_id, Exclusion.reason).where(
            Exclusion.group_id.in_(keys)
        )
    ):
        excluded.setdefault(row.participant_id, {})[keys[row.group_id]] = row.reason
    known = set(keys.values())
    return [
        _person(row, known, member.get(row.id, ("", False, "")), excluded.get(row.id, {}), leads)
        for row in db.session.execute(_seated(conference))
    ]


def _seated(conference: Conference) -> Select[Any]:
    names = ("id", "uuid", "title", "given_name", "family_name", "function", "deputy", "wishes")
    return (
        select(
            *(getattr(Participant, name) for name in names),
            Invitation.organisation,
            Invitation.number,
        )
        .join(Invitation, Invitation.id == Participant.invitation_id)
        .where(Participant.conference_id == conference.id, Participant.place == Place.SEAT)
        .order_by(
            Participant.family_name.is_(None),
            func.lower(Participant.family_name),
            func.lower(Participant.given_name),
            func.lower(Invitation.organisation),
            Participant.id,
        )
    )


def _person(
    row: Any,
    known: set[str],
    member: tuple[str, bool, str],
    excluded: dict[str, str],
    leads: dict[int, str],
) -> PersonRow:
    group, by_hand, reason = member
    guest = Guest(
        key=str(row.uuid),
        name=" ".join(filter(None, (row.title, row.given_name, row.family_name))),
        organisation=row.organisation,
        wishes=tuple(dict.fromkeys(key for key in row.wishes if key in known)),
        never=frozenset(excluded),
        leads=leads.get(row.id, ""),
        group=group,
        by_hand=by_hand,
    )
    return PersonRow(
        guest, row.id, row.uuid, row.function or "", row.deputy, row.number, reason, excluded
    )


def moderators(groups: Sequence[Group]) -> dict[UUID, Moderator]:
    """Return the participants who moderate, by the public id of their group."""
    keys = {each.moderator_id for each in groups if each.moderator_id}
    query = select(Participant).where(Participant.id.in_(keys))
    query = query.options(joinedload(Participant.invitation))
    known = {each.id: each for each in db.session.scalars(query)} if keys else {}
    return {
        each.uuid: Moderator(row.uuid, str(row), row.place == Place.SEAT, _role(row))
        for each in groups
        if each.moderator_id and (row := known.get(each.moderator_id))
    }


def _role(row: Participant) -> str:
    return ", ".join(part for part in (row.function, row.invitation.organisation) if part)


def led(wanted: Round) -> list[Led]:
    """Return the groups of a round with who moderates them."""
    known = moderators(wanted.groups)
    return [
        _led(each, bounds, known) for each, bounds in zip(wanted.groups, wanted.bounds, strict=True)
    ]


def _led(group: Group, bounds: Bounds, known: dict[UUID, Moderator]) -> Led:
    found = known.get(group.uuid)
    if found and not found.seated:
        return Led(bounds, group.title, gone=str(found))
    return Led(bounds, group.title, moderator=str(found) if found else group.moderator or "")


def run_of(conference: Conference, wanted: Round) -> Run | None:
    """Return the last assignment of a round."""
    day = Run.day_id == wanted.day.id if wanted.day else Run.day_id.is_(None)
    return db.session.scalar(select(Run).where(Run.conference_id == conference.id, day))


def load_person(conference: Conference, uuid: UUID) -> Participant:
    """Return somebody with a seat, or raise NotFound."""
    query = select(Participant).where(
        Participant.uuid == uuid,
        Participant.conference_id == conference.id,
        Participant.place == Place.SEAT,
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def load_membership(person: Participant, wanted: Round) -> Membership | None:
    keys = [each.id for each in wanted.groups]
    query = select(Membership).where(
        Membership.participant_id == person.id, Membership.group_id.in_(keys)
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def load_exclusion(person: Participant, group: Group) -> Exclusion | None:
    query = select(Exclusion).where(
        Exclusion.participant_id == person.id, Exclusion.group_id == group.id
    )
    return db.session.scalar(query)


def clear(groups: Sequence[Group], *, by_hand: bool = False) -> None:
    """Delete who is in these groups; those moved by hand only if asked to."""
    mine = Membership.group_id.in_([each.id for each in groups])
    query = delete(Membership).where(mine)
    db.session.execute(query if by_hand else query.where(Membership.by_hand.is_(False)))


def insert_members(rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(Membership), [{"uuid": uuid4(), **row} for row in rows])


def with_cards(groups: Sequence[Group]) -> set[int]:
    """Return the internal ids of those groups on whose wall there are cards or photos."""
    keys = [each.id for each in groups]
    cards = select(Card.group_id).where(Card.group_id.in_(keys))
    photos = select(Photo.group_id).where(Photo.group_id.in_(keys))
    return {*db.session.scalars(cards), *db.session.scalars(photos)}
