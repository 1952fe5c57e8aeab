"""Circulating minutes, deciding on objections, approving, sending, supplements."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record
from registry.conferences import german, signing
from registry.conferences.invitations.models import Invitation
from registry.conferences.invitations.queries import sendable
from registry.conferences.minutes import making, queries, sealing
from registry.conferences.minutes.models import Minutes, MinutesState, Objection, Outcome, Part
from registry.conferences.minutes.services import loaded
from registry.core import tokens
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid
from registry.core.i18n import long_date
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter

PURPOSE = "minutes"  # of the links, which open the minutes for one invitation
LASTING = timedelta(days=366)
DRAFT, APPROVED = "minutes_draft", "minutes_approved"
KINDS = (DRAFT, APPROVED)
SALT = 16  # bytes


def circulate(who: Who, uuid: UUID, version: int, until: date, today: date) -> tuple[int, int]:
    """Send the draft to those who were present; until a day they can object.

    Return how many mails that makes, and how many of those who came have no address.
    """
    found = loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    _check_circulating(found, until, today)
    found.state = MinutesState.CIRCULATED.value
    found.circulated_on, found.object_until, found.posted = today, until, {}
    touch(found)
    came = {each.invitation for each in queries.present(found.conference)}
    rows = [row for row in queries.load_invitations(found.conference) if row.uuid in came]
    mails = _post(found, rows, DRAFT)
    record(who, "minutes.circulated", found, {"object_until": [None, until.isoformat()]})
    return mails, len(rows) - mails


def _check_circulating(found: Minutes, until: date, today: date) -> None:
    if found.state == MinutesState.APPROVED:
        raise Conflict(found)
    first = found.conference.first_day
    if first is None or first > today:
        raise Invalid({"object_until": [_("The conference has not taken place yet.")]})
    if until <= today:
        raise Invalid({"object_until": [_("Please choose a day that is still to come.")]})


def recall(who: Who, uuid: UUID, version: int) -> Minutes:
    """Make minutes that were circulated a draft again; what was objected stays."""
    found = loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.state != MinutesState.CIRCULATED:
        raise Conflict(found)
    found.state, found.object_until = MinutesState.DRAFT.value, None
    touch(found)
    record(who, "minutes.draft", found)
    return found


def decide(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Objection:
    """Say what becomes of an objection; what it changes is written into its part by hand."""
    found = queries.load_objection(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    minutes = queries.hold(found.minutes)
    if found.version != version or minutes.state == MinutesState.APPROVED:
        raise Conflict(found)
    if data["outcome"] == Outcome.REJECTED and not data.get("answer"):
        raise Invalid({"answer": [_("Please say why it is not taken over.")]})
    found.outcome, found.answer = data["outcome"], data.get("answer")
    found.decided_on = today
    touch(found)
    record(who, "minutes.objection_decided", minutes, {"outcome": [None, found.outcome]})
    return found


def approve(who: Who, uuid: UUID, version: int, today: date) -> Minutes:
    """Approve minutes whose time for objections is over: what they say is hashed and stays.

    Whoever approves what is approved already is told so.
    """
    found = queries.load_minutes(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    _check_approving(found, version, today)
    conference = found.conference
    said, salts = sealing.sealed(
        making.drafted(found), queries.names(conference), lambda: secrets.token_hex(SALT)
    )
    found.content, found.salts, found.digest = said, salts, sealing.digest(said)
    found.state, found.approved_at, found.posted = MinutesState.APPROVED.value, now(), {}
    touch(found)
    record(who, "minutes.approved", found, {"digest": [None, found.digest]})
    db.session.flush()
    return found


def _check_approving(found: Minutes, version: int, today: date) -> None:
    if found.state == MinutesState.APPROVED:
        raise Invalid({"": [_("These minutes are approved already.")]})
    if found.version != version:
        raise Conflict(found)
    if found.state != MinutesState.CIRCULATED or found.object_until is None:
        raise Invalid({"": [_("Please send the draft to those who were present first.")]})
    if today <= found.object_until:
        day = long_date(found.object_until)
        raise Invalid({"": [_("Objections are possible until %(date)s.", date=day)]})
    if any(each.outcome == Outcome.OPEN for each in queries.objections(found)):
        raise Invalid({"": [_("Please decide on every objection first.")]})


def send(who: Who, uuid: UUID, version: int, today: date) -> tuple[int, int]:
    """Send approved minutes to everybody who was invited or came; return mails and letters due."""
    found = loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.state != MinutesState.APPROVED or found.sent_on is not None:
        raise Conflict(found)
    rows = queries.load_invitations(found.conference)
    mails = _post(found, rows, APPROVED)
    found.sent_on = today
    touch(found)
    record(who, "minutes.mailed", found, {"count": [None, mails]})
    return mails, len(rows) - mails


def supplement(who: Who, uuid: UUID, data: Mapping[str, Any]) -> Minutes:
    """Begin a supplement to approved minutes: it goes the same way as they did."""
    found = queries.load_minutes(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.state != MinutesState.APPROVED or found.supplements_id is not None:
        raise Conflict(found)
    made = Minutes(conference=found.conference, supplements=found)
    made.parts.append(Part(position=0, **data))
    db.session.add(made)
    db.session.flush()
    record(who, "minutes.supplemented", made)
    return made


def _post(minutes: Minutes, rows: Sequence[Invitation], kind: str) -> int:
    """Put a mail with a link for each invitation that can be written to into the outbox."""
    conference = minutes.conference
    standing = sendable(conference)
    reachable = [row for row in rows if row.email and standing[row.id].mail]
    links = tokens.issue_all(PURPOSE, [row.uuid for row in reachable], LASTING)
    facts = _facts(minutes)
    outbox.post_all(
        (
            Letter(kind, row.email or "", conference.region, facts, about=row.uuid),
            links[row.uuid],
        )
        for row in reachable
    )
    db.session.flush()
    return len(reachable)


def _facts(minutes: Minutes) -> dict[str, Any]:
    conference, sender = minutes.conference, signing.sender(minutes.conference)
    until = minutes.object_until
    return {
        "conference": " ".join(conference.title.split()),
        "day": german.dates(conference.days),
        "until": german.day(until) if until else "",
        "supplement": minutes.supplements_id is not None,
        "signer": {"name": sender.name, "reply_to": sender.reply_to},
    }
