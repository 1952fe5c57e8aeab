"""Opening minutes by link, and objecting to them; the link is the permission."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.conferences.invitations.models import Invitation
from registry.conferences.minutes import queries
from registry.conferences.minutes.approving.services import PURPOSE
from registry.conferences.minutes.models import Minutes, MinutesState, Objection
from registry.conferences.minutes.reading.queries import load_participant
from registry.core.db import db, now
from registry.core.errors import Invalid, NotFound
from registry.core.i18n import long_date
from registry.upkeep.campaigns.answers.opening import open_link


def opened(key: str, address: str, *, answering: bool = False) -> Invitation:
    """Return the invitation for which a link opens minutes; nothing where there are none yet."""
    found = open_link(PURPOSE, queries.load_invitation, key, address, answering=answering)
    if not queries.told(found.conference):
        raise NotFound
    return found


def holder(invitation: Invitation) -> Who:
    return Who("link", "minutes link", opens=invitation.uuid)


def object_to(
    who: Who, invitation: Invitation, uuid: UUID | None, said: Mapping[str, Any], today: date
) -> Objection:
    """Take what somebody who was present wants changed; the same again changes nothing.

    Raises NotFound for minutes of elsewhere, Invalid after the last day for objections.
    """
    require(who, Permission.CONFERENCE_ANSWER, invitation)
    minutes = _minutes(invitation, uuid)
    _check_time(minutes, today)
    participant = load_participant(invitation, said["participant"])
    part = next((each for each in minutes.parts if each.uuid == said.get("part")), None)
    for each in queries.objections(minutes):
        if each.participant_id == participant.id and each.text == said["text"]:
            return each
    made = Objection(
        minutes=minutes, participant=participant, part=part, text=said["text"], raised_at=now()
    )
    db.session.add(made)
    db.session.flush()
    record(who, "minutes.objected", minutes)
    return made


def _minutes(invitation: Invitation, uuid: UUID | None) -> Minutes:
    known = {each.uuid: each for each in queries.told(invitation.conference)}
    found = known.get(uuid) if uuid else None
    if found is None:
        raise NotFound
    return queries.hold(found)


def _check_time(minutes: Minutes, today: date) -> None:
    if minutes.state != MinutesState.CIRCULATED or minutes.object_until is None:
        raise Invalid({"text": [_("Objections are not possible any more.")]})
    if today > minutes.object_until:
        day = long_date(minutes.object_until)
        message = _("Objections were possible until %(date)s. Please call the office.", date=day)
        raise Invalid({"text": [message]})
