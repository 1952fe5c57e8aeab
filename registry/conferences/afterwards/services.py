"""After a conference: ask what people thought, thank them, forget what is not needed any more."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences import german
from registry.conferences.afterwards import queries
from registry.conferences.afterwards.models import Deletion, Evaluation, Opinion
from registry.conferences.afterwards.queries import PURPOSE
from registry.conferences.invitations import queries as invitations
from registry.conferences.invitations.address import salutation
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import throttle, tokens
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotFound
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter
from registry.core.throttle import Limit
from registry.core.tokens import Link

THANKS = "conference_thanks"
SPARE = timedelta(days=1)  # whoever began on the last day may finish
WRONG = Limit("evaluation link that opens nothing", 30, timedelta(minutes=15))
ANSWERS = Limit("evaluations from one address", 60, timedelta(hours=1))


def ask(who: Who, uuid: UUID, version: int, data: Mapping[str, Any], today: date) -> Evaluation:
    """Set until when people may say what they thought, and what else is asked.

    `version` is 0 where nothing has been asked yet. An end in the past closes it.
    """
    conference = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, conference)
    found = queries.load_evaluation(conference, lock=True)
    if (found.version if found else 0) != version:
        raise Conflict(found)
    if found is None:
        found = Evaluation(conference=conference)
        db.session.add(found)
        with recorded(who, "evaluation.created", found, new=True):
            _fill(found, data)
            db.session.flush()
    else:
        with recorded(who, "evaluation.updated", found):
            _fill(found, data)
            touch(found)
    _link(found, today)
    return found


def opened(key: str, address: str, *, answering: bool = False) -> Evaluation:
    """Return the evaluation that a link's secret opens; NotFound for every other text."""
    throttle.check((WRONG, address), (ANSWERS, address))
    if answering:
        throttle.note((ANSWERS, address))
    link = tokens.find(PURPOSE, key)
    found = queries.load_by_link(link.record) if link else None
    if found is None:
        throttle.note((WRONG, address))
        raise NotFound
    return found


def holder(evaluation: Evaluation) -> Who:
    """Return whoever holds the link: nobody in particular."""
    return Who("link", "evaluation link", opens=evaluation.uuid)


def answer(who: Who, evaluation: Evaluation, data: Mapping[str, Any], today: date) -> Opinion:
    """Take what somebody thought; nothing says who, and no log tells when."""
    require(who, Permission.CONFERENCE_ANSWER, evaluation)
    if evaluation.open_until is None or today > evaluation.open_until:
        raise Invalid({"": [_("The evaluation is closed.")]})
    said = {name: value for name, value in data.items() if value not in (None, "")}
    if not said:
        raise Invalid({"": [_("Please answer at least one question.")]})
    made = Opinion(conference_id=evaluation.conference_id, day=today, answers=said)
    db.session.add(made)
    db.session.flush()
    return made


def thank(who: Who, uuid: UUID, text: str, expected: int, today: date) -> int:
    """Write to everybody who was there; return how many. `expected` is how many were promised."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    rows = recipients(who, found)
    if not rows:
        raise Invalid({"confirmed": [_("There is nobody to write to.")]})
    if len(rows) != expected:
        message = _("The list has changed meanwhile. Please look at it again.")
        raise Invalid({"confirmed": [message]})
    evaluation = queries.load_evaluation(found)
    asks = evaluation is not None and evaluation.open_until is not None
    link = _link(evaluation, today) if evaluation and asks else None
    until = evaluation.open_until if evaluation and link else None
    shared = {
        "conference": found.title,
        "text": text,
        "until": german.day(until) if until else "",
    }
    outbox.post_all(
        (
            Letter(
                THANKS,
                row.email or "",
                found.region,
                {**shared, "salutation": salutation(row)},
                about=row.uuid,
            ),
            link,
        )
        for row in rows
    )
    record(who, "conference.thanked", found, {"count": [None, len(rows)]})
    return len(rows)


def recipients(who: Who, conference: Conference) -> list[Invitation]:
    """Return whom thanks go to now: who was there, has an address and has not objected."""
    require(who, Permission.CONFERENCE_INVITE, conference)
    standing = invitations.sendable(conference)
    return [row for row in queries.thanked(conference) if standing[row.id].mail]


def forget(who: Who, uuid: UUID, today: date) -> Deletion:
    """Delete at once what the daily retention deletes some days after a conference, and note it."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    if found.state(today) not in ("held", "cancelled"):
        raise Invalid({"": [_("The conference is not over yet.")]})
    number = sum(queries.held(found).values())
    made = queries.clear(found)
    record(who, "conference.forgotten", found, {"count": [None, number]})
    return made


def _fill(row: Evaluation, data: Mapping[str, Any]) -> None:
    row.open_until = data.get("open_until")
    row.questions = [each["text"] for each in data.get("questions") or ()]


def _link(evaluation: Evaluation, today: date) -> Link | None:
    """Return the link while answers are taken; a longer time needs another one."""
    if evaluation.open_until is None or evaluation.open_until < today:
        return None
    lasting = evaluation.open_until - today + SPARE
    found = queries.newest_link(evaluation)
    if found and found.expires_at >= now() + lasting - SPARE:
        return found
    return tokens.issue(PURPOSE, evaluation.uuid, lasting + SPARE)
