"""Writing to those who are invited: the invitation, reminders, what has changed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.invitations import queries as invitations
from registry.conferences.invitations.models import Channel, Invitation
from registry.conferences.invitations.services import freeze
from registry.conferences.mailing import checks, choosing, queries, saying, texts
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.conferences.replies import closing
from registry.conferences.replies.notices import ANSWER
from registry.conferences.replies.queries import answered_in
from registry.core import tokens
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter

Facts = Callable[[saying.Occasion, Invitation], dict[str, Any]]


def write(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Conference:
    """Change what the mail says, whether calendars may answer, and when reminders leave."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, found)
    subject, text = data.get("mail_subject") or "", data.get("mail_text") or ""
    checks.text(subject or texts.USUAL_SUBJECT, text or texts.USUAL_TEXT)
    calendar = data.get("calendar") or found.calendar
    if found.frozen_at is not None and calendar != found.calendar:
        message = _("Invitations are out: this can no longer be changed.")
        raise Invalid({"calendar": [message]})
    with recorded(who, "conference.updated", found):
        found.mail_subject = _own(subject, texts.USUAL_SUBJECT)
        found.mail_text = _own(text, texts.USUAL_TEXT)
        found.calendar, found.reminder_days = calendar, data.get("reminder_days") or []
        touch(found)
    return found


def send(who: Who, uuid: UUID, version: int, expected: int, today: date) -> int:
    """Invite everybody by mail who has not been; the first time freezes the list. Return how many.

    `expected` is how many whoever sends was told of.
    """
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, found)
    checks.ready(found, today)
    rows = queries.load_rows(found)
    chosen = choosing.to_invite(rows, invitations.sendable(found)).mails
    if not chosen:
        raise Invalid({"confirmed": [_("There is nobody to write to.")]})
    if len(chosen) != expected:
        message = _("The list has changed meanwhile. Please look at it again.")
        raise Invalid({"confirmed": [message]})
    freeze(who, found)
    _post(found, chosen, saying.INVITATION, saying.invitation)
    for row in chosen:
        row.invited_on, row.told = row.invited_on or today, found.sequence
    touch(found)
    record(who, "conference.mailed", found, {"count": [None, len(chosen)]})
    return len(chosen)


def remind(who: Who, uuid: UUID, picked: Collection[UUID] | None, today: date) -> int:
    """Remind some of those who have not answered, or all; nobody twice a day. Return how many."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    checks.coming(found, today)
    chosen = _pending(found, today)
    return _remind(who, found, [r for r in chosen if picked is None or r.uuid in picked], today)


def remind_all(who: Who, today: date) -> int:
    """Write the reminders that are due by the plan of each conference; return how many."""
    require(who, Permission.CONFERENCE_INVITE, None)
    sent = 0
    for each in queries.load_reminding(who, today):
        found = load_conference(who, each.uuid, lock=True)
        rows = _pending(found, today) if found.reminder_days else []
        due = [row for row in rows if choosing.is_due(row, found, today)]
        sent += _remind(who, found, due, today)
    return sent


def tell(who: Who, uuid: UUID, version: int, today: date) -> int:
    """Tell everybody invited by mail who has not declined what has changed; return how many."""
    found = _loaded(who, uuid, version)
    require(who, Permission.CONFERENCE_INVITE, found)
    rows = queries.load_rows(found)
    chosen = choosing.to_tell(rows, invitations.sendable(found), found).mails
    if found.cancelled_on is None:
        checks.coming(found, today)
        _post(found, chosen, saying.MOVED, saying.moved)
    else:
        _post(found, chosen, saying.CANCELLED, saying.cancelled)
    for row in chosen:
        row.told = found.sequence
    touch(found)
    record(who, "conference.told", found, {"count": [None, len(chosen)]})
    return len(chosen)


def by_post(who: Who, uuid: UUID, picked: Collection[UUID]) -> int:
    """Let those whose mail did not arrive get a letter instead; return how many."""
    found = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_INVITE, found)
    standing = invitations.sendable(found)
    rows = [row for row in queries.load_lost(found, picked) if standing[row.id].post]
    for row in rows:
        with recorded(who, "invitation.by_post", row):
            row.channel = Channel.POST
    return len(rows)


def _own(text: str, usual: str) -> str | None:
    """Return a text that is to be kept; the usual one is not, so that it can change."""
    return text if text and text != usual else None


def _loaded(who: Who, uuid: UUID, version: int) -> Conference:
    found = load_conference(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _pending(found: Conference, today: date) -> Sequence[Invitation]:
    rows = queries.load_rows(found)
    return choosing.to_remind(rows, invitations.sendable(found), today).mails


def _remind(who: Who, found: Conference, rows: Sequence[Invitation], today: date) -> int:
    _post(found, rows, saying.REMINDER, saying.reminder)
    for row in rows:
        row.reminded_on = today
    if rows:
        record(who, "conference.reminded", found, {"count": [None, len(rows)]})
    return len(rows)


def _post(found: Conference, rows: Sequence[Invitation], kind: str, facts: Facts) -> None:
    """Put one mail for each into the outbox, each with a link of its own.

    What has changed is told in the language of the last answer by link, all else in German.
    """
    languages = answered_in(found, ANSWER) if kind in saying.CHANGES else {}
    told = {each: saying.occasion(found, each) for each in {saying.GERMAN, *languages.values()}}
    links = tokens.issue_all(closing.PURPOSE, [row.uuid for row in rows], closing.lasting(found))

    def letter(row: Invitation) -> Letter:
        language = languages.get(row.uuid, saying.GERMAN)
        said = facts(told[language], row)
        return Letter(kind, row.email or "", found.region, said, about=row.uuid, language=language)

    mails = outbox.post_all((letter(row), links[row.uuid]) for row in rows)
    for row, mail in zip(rows, mails, strict=True):
        row.mail = mail
    db.session.flush()
