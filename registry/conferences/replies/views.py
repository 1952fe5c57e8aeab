"""What pages say of an answer: who has been told of, with a seat or where on the waiting list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.conferences import signing
from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.models import Conference, Duty
from registry.conferences.replies import queries
from registry.conferences.replies.models import Participant, Place
from registry.conferences.rounds import rounds_of, wished
from registry.core.i18n import ZONE


@dataclass(frozen=True)
class Comes:
    """One of an invitation's people; `waiting` is the place on the waiting list, from 1."""

    name: str
    function: str
    deputy: bool
    waiting: int | None
    wishes: list[tuple[Any, list[str]]]  # by day (None: the whole conference), those with any
    listed: bool
    noted: bool


@dataclass(frozen=True)
class Stands:
    """An answer as it stands."""

    reply: str
    on: date | None
    via: str | None
    said_by: str | None
    people: list[Comes]

    @property
    def answered(self) -> bool:
        return self.reply != Reply.OPEN


@dataclass(frozen=True)
class ToCall:
    """Whom to call about an invitation."""

    name: str
    function: str
    phone: str
    email: str


def stands(invitation: Invitation, participants: Sequence[Participant]) -> Stands:
    waiting = queries.waiting_positions(invitation.conference)
    people = [
        _comes(each, waiting.get(each.id)) for each in participants if each.place != Place.NONE
    ]
    on = invitation.replied_at
    return Stands(
        invitation.reply,
        on.astimezone(ZONE).date() if on else None,
        invitation.via,
        invitation.said_by,
        people,
    )


def _comes(row: Participant, waiting: int | None) -> Comes:
    days = [day.day if day else None for day, _groups in rounds_of(row.conference)]
    told = zip(days, wished(row.conference, row.wishes), strict=True)
    wishes = [(day, titles) for day, titles in told if titles]
    noted = row.need is not None
    return Comes(str(row), row.function or "", row.deputy, waiting, wishes, row.listed, noted)


def contact(conference: Conference) -> ToCall | None:
    """Return whom to call: whoever has the duty to invite, None where only the imprint knows."""
    duty = signing.duty(conference)
    if duty is None or not (duty.phone or duty.email):
        return None
    return _to_call(duty)


def _to_call(duty: Duty) -> ToCall:
    name = duty.actor.name if duty.actor else ""
    return ToCall(name, duty.function or "", duty.phone or "", duty.email or "")


def meant_for(invitation: Invitation, *, named: bool = True) -> list[str]:
    """Return the lines that say for whom an invitation is; unless `named`, no person."""
    names = (invitation.title, invitation.given_name, invitation.family_name)
    person = " ".join(part for part in names if part and named)
    lines = (invitation.organisation, invitation.unit, person, invitation.function)
    return list(dict.fromkeys(line for line in lines if line))
