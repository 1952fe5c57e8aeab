"""Reading who is expected, who is there, and who was excused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from registry.actors.models import Actor, Status
from registry.actors.queries import locked
from registry.conferences.attendance.models import Presence
from registry.conferences.groups.models import Membership
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference, Day
from registry.conferences.replies.models import Participant, Place
from registry.core.db import db, wait_to_write
from registry.core.errors import NotFound
from registry.core.text import fold


@dataclass(frozen=True)
class Came:
    """When and how somebody was found to be there on a day."""

    at: datetime
    via: str


@dataclass(frozen=True)
class Person:
    """A participant as the door, the lists and the minutes know one.

    `stands_for` names whom a deputy came instead of; `groups` are public ids, in order; `days`
    says on which days somebody was there.
    """

    uuid: UUID
    invitation: UUID
    number: int | None
    form: str
    title: str
    given_name: str
    family_name: str
    function: str
    organisation: str
    category: str
    deputy: bool
    stands_for: str
    walk_in: bool
    place: str
    groups: tuple[UUID, ...] = ()
    days: Mapping[date, Came] = field(default_factory=dict)

    @property
    def name(self) -> str:
        parts = (self.title, self.given_name, self.family_name)
        return " ".join(part for part in parts if part)

    @property
    def came(self) -> bool:
        return bool(self.days)

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """Return the place in a list by name; those of whom no name is known stand last."""
        named = (fold(self.family_name), fold(self.given_name))
        return (not any(named), *named, fold(self.organisation), str(self.uuid))


@dataclass(frozen=True)
class Excused:
    """Who let us know that nobody comes, or that somebody else does (`deputy`)."""

    organisation: str
    name: str
    function: str
    deputy: str = ""


@dataclass(frozen=True)
class Attended:
    """Who took part in a conference.

    Where nothing was `recorded` nobody knows who was there: `present` is empty then, and
    `expected` are those who had a seat.
    """

    recorded: bool
    present: Sequence[Person]
    missing: Sequence[Person]
    excused: Sequence[Excused]
    expected: Sequence[Person]


def roll(conference: Conference, *, inside: bool = True) -> list[Person]:
    """Return everybody who has a seat, waits for one, or came, by name.

    Whom an invitation names is not told to those outside of the office unless it is released.
    """
    participants = db.session.scalars(
        select(Participant)
        .where(Participant.conference_id == conference.id)
        .options(joinedload(Participant.invitation), joinedload(Participant.stands_for))
    ).all()
    came, groups = _came(conference), _groups(conference)
    people = [
        _person(each, groups.get(each.id, ()), came.get(each.id, {}), inside=inside)
        for each in participants
        if each.place != Place.NONE or each.id in came
    ]
    return sorted(people, key=lambda each: each.order)


def attended(conference: Conference, *, inside: bool = True) -> Attended:
    """Return who was present, missing or excused; the minutes are made of it."""
    people = roll(conference, inside=inside)
    present = [each for each in people if each.came]
    expected = [each for each in people if each.place == Place.SEAT]
    came = {each.invitation for each in present}
    replaced = [
        Excused(each.organisation, each.stands_for, "", each.name)
        for each in present
        if each.stands_for
    ]
    declined = [
        Excused(row.organisation, _name(row) if inside or row.released else "", row.function or "")
        for row in _declined(conference)
        if row.uuid not in came
    ]
    return Attended(
        recorded=bool(present),
        present=present,
        missing=[each for each in expected if not each.came] if present else [],
        excused=sorted(
            [*declined, *replaced], key=lambda each: fold(f"{each.organisation} {each.name}")
        ),
        expected=expected,
    )


def _came(conference: Conference) -> dict[int, dict[date, Came]]:
    query = (
        select(Presence.participant_id, Day.day, Presence.at, Presence.via)
        .join(Day, Day.id == Presence.day_id)
        .where(Day.conference_id == conference.id)
        .order_by(Day.day)
    )
    found: dict[int, dict[date, Came]] = defaultdict(dict)
    for participant, day, at, via in db.session.execute(query):
        found[participant][day] = Came(at, via)
    return found


def _groups(conference: Conference) -> dict[int, tuple[UUID, ...]]:
    """Return the groups of each participant (internal id), in the order of the programme."""
    keys = {each.id: each.uuid for each in conference.groups}
    query = select(Membership.participant_id, Membership.group_id)
    found: dict[int, set[int]] = defaultdict(set)
    for participant, group in db.session.execute(query.where(Membership.group_id.in_(keys))):
        found[participant].add(group)
    return {who: tuple(keys[key] for key in keys if key in some) for who, some in found.items()}


def _declined(conference: Conference) -> Sequence[Invitation]:
    query = select(Invitation).where(
        Invitation.conference_id == conference.id,
        Invitation.reply == Reply.NO,
        Invitation.withdrawn_on.is_(None),
    )
    return db.session.scalars(query).all()


def _name(row: Invitation | Participant) -> str:
    return " ".join(part for part in (row.title, row.given_name, row.family_name) if part)


def _person(
    row: Participant, groups: tuple[UUID, ...], days: Mapping[date, Came], *, inside: bool
) -> Person:
    invitation = row.invitation
    return Person(
        uuid=row.uuid,
        invitation=invitation.uuid,
        number=invitation.number,
        form=row.form,
        title=row.title or "",
        given_name=row.given_name or "",
        family_name=row.family_name or "",
        function=row.function or "",
        organisation=invitation.organisation,
        category=invitation.category,
        deputy=row.deputy,
        stands_for=_replaced(row, inside=inside) if row.deputy else "",
        walk_in=row.walk_in,
        place=row.place,
        groups=groups,
        days=days,
    )


def _replaced(row: Participant, *, inside: bool) -> str:
    """Return whom a deputy came instead of: at the door, or of the person who was invited.

    Whose name nobody knows is called by function.
    """
    if row.stands_for:
        return _name(row.stands_for) or row.stands_for.function or ""
    return _name(row.invitation) if inside or row.invitation.released else ""


def load_day(conference: Conference, day: date) -> Day:
    """Return a day of a conference, or raise NotFound."""
    found = next((each for each in conference.days if each.day == day), None)
    if found is None:
        raise NotFound
    return found


def load_participant(conference: Conference, uuid: UUID, *, lock: bool = False) -> Participant:
    """Return a participant of a conference, or raise NotFound."""
    query = select(Participant).where(
        Participant.uuid == uuid, Participant.conference_id == conference.id
    )
    if lock:
        wait_to_write()
    found = db.session.scalar(locked(query, Participant) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_by_badge(uuid: UUID) -> Participant:
    """Return whose badge carries a public id, or raise NotFound."""
    query = select(Participant).where(Participant.uuid == uuid)
    found = db.session.scalar(query.options(joinedload(Participant.conference)))
    if found is None:
        raise NotFound
    return found


def load_presences(participant: Participant) -> list[Presence]:
    query = select(Presence).where(Presence.participant_id == participant.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def load_places(participant: Participant) -> list[Membership]:
    """Return the rows that say in which groups somebody is."""
    query = select(Membership).where(Membership.participant_id == participant.id)
    return list(db.session.scalars(query))


def invited_as(conference: Conference, name: str) -> Invitation | None:
    """Return the one invitation that stands for an organisation of this name."""
    query = select(Invitation).where(
        Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None)
    )
    found = [row for row in db.session.scalars(query) if fold(row.organisation) == fold(name)]
    return found[0] if found else None


def known_as(conference: Conference, name: str) -> Actor | None:
    """Return the one published actor of this name, None where there is none or several."""
    query = select(Actor).where(
        Actor.region.startswith(conference.region, autoescape=True),
        Actor.status == Status.PUBLISHED,
    )
    found = [row for row in db.session.scalars(query) if fold(row.name) == fold(name)]
    return found[0] if len(found) == 1 else None


def names(conference: Conference) -> list[str]:
    """Return what organisations are called that somebody may come for, invited ones first."""
    invited = select(Invitation.organisation).where(
        Invitation.conference_id == conference.id, Invitation.withdrawn_on.is_(None)
    )
    others = select(Actor.name).where(
        Actor.region.startswith(conference.region, autoescape=True),
        Actor.status == Status.PUBLISHED,
    )
    known = [sorted(db.session.scalars(each), key=fold) for each in (invited, others)]
    return list(dict.fromkeys(name for some in known for name in some if name))
