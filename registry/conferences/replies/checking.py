"""Whether an answer can be: who may come on which seat, which working groups there are."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference
from registry.conferences.replies.told import Person, Seat, Told, invited
from registry.core.errors import Invalid

FIRST = 0  # the seat of whoever the invitation names


def checked(invitation: Invitation, said: Told, stands: Told) -> Told:
    """Return the answer as it counts: whoever comes instead of the one who was invited is a deputy.

    Raises Invalid with the messages of each seat.
    """
    if said.reply == Reply.NO:
        return replace(said, seats={})
    told_of = said.seats or stands.seats or {FIRST: Seat()}
    errors: dict[str, Any] = {}
    seats = {}
    for position, seat in told_of.items():
        if not (0 <= position < invitation.seats or position in stands.seats):
            raise Invalid({"reply": [_("This invitation has fewer seats.")]})
        wrong: dict[str, list[str]] = {}
        seats[position] = _seat(invitation, position, seat, said.reply, wrong)
        if wrong:
            errors[f"seat-{position}"] = wrong
    if errors:
        raise Invalid(errors)
    deputies = any(seat.deputy for seat in seats.values())
    return replace(said, seats=seats, reply=Reply.DEPUTY if deputies else Reply.YES)


def _seat(
    invitation: Invitation, position: int, seat: Seat, reply: Reply, wrong: dict[str, list[str]]
) -> Seat:
    named = invited(invitation) if position == FIRST else Person()
    person = seat.person
    if named.name and not person.name:
        person = Person(named.given_name, named.family_name, person.function or named.function)
    another = bool(named.name) and not person.is_same(named)
    meant = reply == Reply.DEPUTY and position == FIRST
    if meant and not another and (named.name or not person.family_name):
        wrong["family_name"] = [_("Please say who comes instead.")]
    elif (another or meant) and not invitation.conference.deputies:
        personal = _("This invitation is meant for this person. Please call us if that cannot be.")
        wrong["family_name"] = [personal]
    wishes = _wishes(invitation.conference, seat.wishes, wrong)
    return replace(seat, person=person, deputy=another or meant, wishes=wishes)


def _wishes(
    conference: Conference, asked: tuple[str, ...], wrong: dict[str, list[str]]
) -> tuple[str, ...]:
    known = {str(group.uuid) for group in conference.groups}
    if any(key not in known for key in asked):
        wrong["wishes"] = [_("This working group does not exist any more. Please choose anew.")]
    return tuple(dict.fromkeys(asked))
