"""What the office does about mail that did not arrive."""

from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.core.db import db, now
from registry.core.errors import Invalid
from registry.core.mail import suppression
from registry.core.mail.models import Mail, State
from registry.outbox import queries

MAX_REASON = 300


def try_again(who: Who, uuid: UUID) -> Mail:
    """Let a mail leave once more that was given up or held."""
    require(who, Permission.MAIL_MANAGE, None)
    mail = _loaded(who, uuid, State.DEAD, State.HELD, State.BOUNCED)
    if suppression.of(db.session(), mail.recipient):
        message = _("This address gets no more mail. Lift that first, with a reason.")
        raise Invalid({"recipient": [message]})
    _wait(mail)
    record(who, "mail.tried_again", mail)
    return mail


def cancel(who: Who, uuid: UUID) -> Mail:
    """Keep a mail from leaving."""
    require(who, Permission.MAIL_MANAGE, None)
    mail = _loaded(who, uuid, State.WAITING, State.HELD, State.DEAD)
    mail.state = State.CANCELLED
    record(who, "mail.cancelled", mail)
    return mail


def lift(who: Who, uuid: UUID, reason: str) -> Mail:
    """Let the address of this mail get mail again; what was held back for it leaves now."""
    require(who, Permission.MAIL_MANAGE, None)
    mail = queries.load_mail(who, uuid)
    if not reason.strip():
        raise Invalid({"reason": [_("Please say why this address may get mail again.")]})
    suppression.lift(db.session(), mail.recipient)
    for held in queries.load_held(who, mail.recipient):
        _wait(held)
    record(who, "mail.lifted", mail, {"reason": [None, reason.strip()[:MAX_REASON]]})
    return mail


def _loaded(who: Who, uuid: UUID, *states: State) -> Mail:
    mail = queries.load_mail(who, uuid)
    if mail.state not in states:
        raise Invalid({"state": [_("The state of this mail has changed meanwhile.")]})
    return mail


def _wait(mail: Mail) -> None:
    mail.state = State.WAITING
    mail.tries, mail.error, mail.due_at = 0, None, now()
