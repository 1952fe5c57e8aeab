"""Noting who is there: by list, name or badge, from any number of devices at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.conferences.attendance import queries
from registry.conferences.attendance.codes import code_of
from registry.conferences.attendance.models import Door, Presence
from registry.conferences.invitations.models import Form, Invitation
from registry.conferences.invitations.services import add_walk_in
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies import capacity
from registry.conferences.replies.models import Participant, Place
from registry.conferences.replies.queries import hold, load_participants
from registry.conferences.replies.told import Person, person_of
from registry.core.db import db, now
from registry.core.errors import Invalid, NotFound


@dataclass(frozen=True)
class Arrival:
    """Somebody who is there; `again`: that had been noted before, at `presence.at`."""

    participant: Participant
    presence: Presence
    again: bool = False


def arrive(who: Who, uuid: UUID, participant: UUID, day: date, via: Door = Door.LIST) -> Arrival:
    """Note that somebody is there on a day; whoever says so a second time changes nothing."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    return _arrive(who, found, participant, day, via)


def arrive_by_badge(who: Who, uuid: UUID, said: str, day: date) -> Arrival:
    """Note that the bearer of a badge is there; `said` is what its code says, read or typed."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    try:
        return _arrive(who, found, code_of(said), day, Door.BADGE)
    except (ValueError, NotFound):
        raise Invalid({"code": [_("This is no badge of this conference.")]}) from None


def leave(who: Who, uuid: UUID, participant: UUID, day: date) -> None:
    """Take back that somebody is there, as when the wrong line was touched.

    Who was entered at the door and is not there on any day was entered by mistake.
    """
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    row = queries.load_participant(found, participant, lock=True)
    that_day = queries.load_day(found, day)
    presences = queries.load_presences(row)
    for each in presences:
        if each.day_id == that_day.id:
            db.session.delete(each)
            _note(who, found, "left", row, day)
    db.session.flush()
    if all(each.day_id == that_day.id for each in presences):
        _forget(row)


def walk_in(who: Who, uuid: UUID, organisation: str, person: Person, day: date) -> Arrival:
    """Enter somebody who comes without having said so, and note that they are there.

    They come for the organisation's invitation; without one there is a late one from now on.
    """
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    if not (person.name or organisation.strip()):
        raise Invalid({"family_name": [_("Please enter a name or an organisation.")]})
    hold(found)
    invitation = queries.invited_as(found, organisation) if organisation.strip() else None
    if invitation is None:
        actor = queries.known_as(found, organisation)
        invitation = add_walk_in(who, found, actor, organisation.strip())
    known = [each for each in load_participants(invitation) if person.is_same(person_of(each))]
    if known and person.name:
        return _arrive(who, found, known[0].uuid, day, Door.NAME)
    row = _new(invitation, person)
    row.walk_in = True
    capacity.admit(found, row)
    return _arrive(who, found, row.uuid, day, Door.NAME)


def stand_in(who: Who, uuid: UUID, participant: UUID, person: Person, day: date) -> Arrival:
    """Let somebody come instead of a participant, whose seat and groups they get."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    if not person.name:
        raise Invalid({"family_name": [_("Please enter the name of the deputy.")]})
    hold(found)
    absent = queries.load_participant(found, participant, lock=True)
    if queries.load_presences(absent):
        raise Invalid({"family_name": [_("This person is already here.")]})
    row = _new(absent.invitation, person)
    row.deputy, row.stands_for, row.wishes = True, absent, list(absent.wishes)
    absent.need = None
    capacity.admit(found, row, leaving=[absent])
    for place in queries.load_places(absent):
        place.participant = row
    return _arrive(who, found, row.uuid, day, Door.NAME)


def _arrive(who: Who, found: Conference, participant: UUID, day: date, via: Door) -> Arrival:
    that_day = queries.load_day(found, day)
    row = queries.load_participant(found, participant, lock=True)
    for each in queries.load_presences(row):
        if each.day_id == that_day.id:
            return Arrival(row, each, again=True)
    if row.place != Place.SEAT:
        capacity.admit(found, row)
    made = Presence(participant=row, day=that_day, at=now(), via=via.value)
    db.session.add(made)
    _note(who, found, "arrived", row, day)
    db.session.flush()
    return Arrival(row, made)


def _note(who: Who, found: Conference, what: str, row: Participant, day: date) -> None:
    """Log it without a name: the list of participants knows whose id it is."""
    record(who, f"conference.{what}", found, {"participant": [None, f"{row.uuid} {day}"]})


def _new(invitation: Invitation, person: Person) -> Participant:
    positions = [each.position for each in load_participants(invitation)]
    return Participant(
        conference=invitation.conference,
        invitation=invitation,
        position=max(positions, default=-1) + 1,
        given_name=person.given_name or None,
        family_name=person.family_name or None,
        function=person.function or None,
        form=(Form.NEUTRAL if person.family_name else Form.NONE).value,
        wishes=[],
    )


def _forget(row: Participant) -> None:
    """Take somebody out who was entered at the door, and give a seat back that was taken over."""
    if row.stands_for is not None:
        for place in queries.load_places(row):
            place.participant = row.stands_for
        capacity.admit(row.conference, row.stands_for, leaving=[row])
    elif not row.walk_in:
        return
    invitation = row.invitation
    db.session.delete(row)
    db.session.flush()
    came_along = [each.get("code") for each in invitation.reasons] == ["walk_in"]
    if came_along and not load_participants(invitation):
        db.session.delete(invitation)
        db.session.flush()
