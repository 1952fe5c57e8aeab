"""Taking answers: by link, on the telephone, by letter, from a calendar; all in one way."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record, recorded
from registry.conferences.invitations.models import Form, Invitation, Reply, Via
from registry.conferences.invitations.queries import load_invitation
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies import capacity, closing, notices, queries, told
from registry.conferences.replies.checking import checked
from registry.conferences.replies.closing import PURPOSE, Answering
from registry.conferences.replies.models import Participant, PersonalNeed, Place
from registry.conferences.replies.told import Needs, Seat, Told
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid
from registry.upkeep.campaigns.answers.opening import open_link

BY_THEMSELVES = (Via.LINK, Via.CALENDAR)


def opened(key: str, address: str, *, answering: bool = False) -> Invitation:
    """Return the invitation that a link's secret opens, held for whoever is answering."""
    return open_link(
        PURPOSE,
        lambda uuid: queries.load_by_link(uuid, lock=answering),
        key,
        address,
        answering=answering,
    )


def holder(invitation: Invitation) -> Who:
    """Return whoever holds the link: nobody in particular, for this one invitation."""
    return Who("link", "invitation link", opens=invitation.uuid)


def answer(who: Who, invitation: Invitation, said: Told, via: Via, today: date) -> Invitation:
    """Take an answer, give or free seats, and confirm it by mail; the same again changes nothing.

    Raises Conflict where another answer arrived since the one that `said` was made from, Invalid
    for what cannot be, and where answers are not taken any more: after the deadline only those that
    the office enters.
    """
    require(who, Permission.CONFERENCE_ANSWER, invitation)
    found = queries.hold_invitation(invitation)
    _check_time(found, today, themselves=via in BY_THEMSELVES or who.kind == "link")
    present = queries.load_participants(found)
    stands = told.standing(found, present)
    taken = checked(found, said, stands)
    if told.says_the_same(taken, stands):
        return found
    if said.made_from is not None and said.made_from != told.digest(found, present):
        raise Conflict(found)
    _take(who, found, taken, via, today)
    notices.confirm(found, queries.load_participants(found), taken.language)
    return found


def withdraw(who: Who, uuid: UUID, today: date) -> Invitation:
    """Take an answer back that was entered by mistake: the invitation is open again."""
    found = queries.hold_invitation(load_invitation(who, uuid))
    require(who, Permission.CONFERENCE_INVITE, found)
    if found.reply == Reply.OPEN:
        raise Conflict(found)
    _take(who, found, Told(Reply.OPEN), None, today)
    return found


def undo(who: Who, uuid: UUID, today: date) -> Invitation:
    """Go back to the answer before the last; a seat that somebody else has got is waited for."""
    found = queries.hold_invitation(load_invitation(who, uuid))
    require(who, Permission.CONFERENCE_INVITE, found)
    if found.answer_before is None:
        raise Conflict(found)
    before = found.answer_before
    via = Via(before["via"]) if before["via"] else None
    earlier = replace(told.from_kept(before), said_by=before["said_by"])
    _take(who, found, earlier, via, today)
    found.answer_before = None
    return found


def release(who: Who, invitation: Invitation, today: date) -> list[int]:
    """Free the seats of an invitation that does not hold any more; return whose (positions)."""
    require(who, Permission.CONFERENCE_INVITE, invitation)
    queries.hold(invitation.conference)
    present = queries.load_participants(invitation)
    placed = [each.position for each in present if each.place != Place.NONE]
    _tell(_leave(invitation.conference, present, today))
    return placed


def resume(who: Who, invitation: Invitation, positions: Collection[int], today: date) -> None:
    """Let those come again whose seats were freed; what others have got since is waited for."""
    require(who, Permission.CONFERENCE_INVITE, invitation)
    present = queries.load_participants(invitation)
    coming = [each for each in present if each.position in positions]
    _tell(capacity.seat(invitation.conference, today, coming=coming))


def fill_seats(who: Who, uuid: UUID, today: date) -> int:
    """Give free seats of a conference to those who wait, as after more were put up."""
    found = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, found)
    moved = capacity.seat(found, today)
    _tell(moved)
    if moved:
        record(who, "conference.seats_filled", found, {"count": [None, len(moved)]})
    return len(moved)


def _check_time(invitation: Invitation, today: date, *, themselves: bool) -> None:
    refused = {
        Answering.CANCELLED: _("This conference has been cancelled."),
        Answering.OVER: _("This conference is over."),
    }
    if themselves:
        late = _("The day for answers has passed. Please call, then we enter your answer.")
        refused[Answering.LATE] = late
    message = refused.get(closing.answering(invitation.conference, today))
    if invitation.withdrawn_on:
        message = _("This invitation was withdrawn.")
    if message:
        raise Invalid({"reply": [message]})


def _take(who: Who, found: Invitation, taken: Told, via: Via | None, today: date) -> None:
    present = queries.load_participants(found)
    with recorded(who, "invitation.answered", found):
        found.answer_before = {
            **told.kept(told.standing(found, present)),
            "via": found.via,
            "said_by": found.said_by,
        }
        found.reply, found.via, found.said_by = taken.reply, via, taken.said_by
        found.replied_at = None if taken.reply == Reply.OPEN else now()
    _tell(_place(found, present, taken, today))


def _place(
    found: Invitation, present: Sequence[Participant], taken: Told, today: date
) -> Sequence[Participant]:
    """Fill in who comes, and return who moved up from the waiting list for it."""
    known = {each.position: each for each in present}
    coming = []
    for position, seat in sorted(taken.seats.items()):
        row = known.get(position) or Participant(
            conference=found.conference, invitation=found, position=position, place=Place.NONE
        )
        _fill(row, found, seat)
        coming.append(row)
    leaving = [each for each in present if each.position not in taken.seats]
    return _leave(found.conference, leaving, today, coming)


def _leave(
    conference: Conference,
    leaving: Sequence[Participant],
    today: date,
    coming: Sequence[Participant] = (),
) -> Sequence[Participant]:
    for each in leaving:
        each.need = None
    return capacity.seat(conference, today, coming=coming, leaving=leaving)


def _fill(row: Participant, found: Invitation, seat: Seat) -> None:
    """Set who comes; whoever comes instead of somebody else does not need what that one needed."""
    if seat.forget or not seat.person.is_same(told.person_of(row)):
        row.need = None
    _name(row, found, seat)
    row.deputy, row.listed, row.wishes = seat.deputy, seat.listed, list(seat.wishes)
    if seat.needs:
        _note(row, seat.needs)


def _name(row: Participant, found: Invitation, seat: Seat) -> None:
    """Name somebody as the invitation does, or as was typed: no form of address is guessed."""
    person = seat.person
    row.given_name, row.family_name = person.given_name or None, person.family_name or None
    row.function = person.function or None
    if person.name and person.is_same(told.invited(found)):
        row.form, row.title, row.office_title = found.form, found.title, found.office_title
    else:
        row.form = Form.NEUTRAL if person.family_name else Form.NONE
        row.title = row.office_title = None


def _note(row: Participant, needs: Needs) -> None:
    row.need = row.need or PersonalNeed()
    row.need.interpreting, row.need.step_free = needs.interpreting or None, needs.step_free
    row.need.children, row.need.food = needs.children, needs.food or None
    row.need.other, row.need.consent_at = needs.other or None, now()


def _tell(moved: Sequence[Participant]) -> None:
    for each in moved:
        notices.tell_of_seat(each)
    db.session.flush()
