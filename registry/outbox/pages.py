"""The office's mail: a list by state, and one mail with what can be done about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.errors import Invalid
from registry.core.listing import Listing, one_of, page_number
from registry.core.mail import sending
from registry.core.mail.models import State
from registry.core.web import writes
from registry.outbox import queries, services

pages = Blueprint("outbox", __name__)
PER_PAGE = 50
STATES = {
    State.WAITING: _l("waiting"),
    State.SENDING: _l("being sent"),
    State.SENT: _l("sent"),
    State.BOUNCED: _l("came back"),
    State.DEAD: _l("given up"),
    State.HELD: _l("held back"),
    State.CANCELLED: _l("cancelled"),
}
KINDS = {
    "account_invitation": _l("Invitation"),
    "account_address": _l("New address of an account"),
    "account_address_changed": _l("New address of an account"),
    "account_notice": _l("Change to an account"),
    "password_reset": _l("New password"),
    "confirmation_request": _l("Request to confirm"),
    "confirmation_reminder": _l("Reminder to confirm"),
    "partners_request": _l("Survey of the network"),
    "partners_reminder": _l("Reminder of a survey"),
    "conference_invitation": _l("Invitation to a conference"),
    "conference_reminder": _l("Reminder of an invitation"),
    "conference_moved": _l("Change of a conference"),
    "conference_cancelled": _l("Conference called off"),
    "entry_returned": _l("Entry sent back"),
    "suggestion_answered": _l("Answer to a suggestion"),
    "privacy_notice": _l("Privacy notice"),
    "barrier_reported": _l("Report of a barrier"),
}
PROBLEMS = {sending.LINK_ENDED: _l("Its link holds no more.")}
MEANINGS = {
    State.WAITING: _l("Leaves as soon as it is due."),
    State.SENDING: _l("Is being handed to the mail server."),
    State.SENT: _l("The mail server has taken it."),
    State.BOUNCED: _l("Nobody receives mail at this address. It gets no more mail."),
    State.DEAD: _l("The mail server did not take it in several tries."),
    State.HELD: _l("Did not leave, because the address gets no more mail."),
    State.CANCELLED: _l("Will not leave: somebody cancelled it, or its link holds no more."),
}


@pages.get("/<lang>/office/mail")
def listing(lang: str) -> Any:
    require(who(), Permission.MAIL_MANAGE, None)
    page, state = page_number(), one_of("state", STATES)
    rows, total = queries.mails(who(), state=state, page=page, per_page=PER_PAGE)
    return render_template(
        "outbox/list.html",
        listing=Listing(".listing", [_shown(row) for row in rows], total, page, PER_PAGE),
        counts=queries.count(who()),
        state=state,
        states=STATES,
        meaning=MEANINGS[State(state)] if state else "",
    )


@pages.get("/<lang>/office/mail/<uuid:uuid>")
def detail(lang: str, uuid: UUID) -> Any:
    require(who(), Permission.MAIL_MANAGE, None)
    return _page(uuid)


@pages.post("/<lang>/office/mail/<uuid:uuid>/again")
@writes
def again(lang: str, uuid: UUID) -> Any:
    try:
        services.try_again(who(), uuid)
    except Invalid as error:
        return _page(uuid, error.errors), 422
    return _done(lang, uuid, _("The mail waits to be sent."))


@pages.post("/<lang>/office/mail/<uuid:uuid>/cancel")
@writes
def cancel(lang: str, uuid: UUID) -> Any:
    try:
        services.cancel(who(), uuid)
    except Invalid as error:
        return _page(uuid, error.errors), 422
    return _done(lang, uuid, _("The mail will not be sent."))


@pages.post("/<lang>/office/mail/<uuid:uuid>/lift")
@writes
def lift(lang: str, uuid: UUID) -> Any:
    try:
        services.lift(who(), uuid, request.form.get("reason", ""))
    except Invalid as error:
        return _page(uuid, error.errors), 422
    return _done(lang, uuid, _("This address gets mail again. Whatever was held back leaves now."))


def _done(lang: str, uuid: UUID, message: str) -> Any:
    flash(message, "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid), 303)


def _page(uuid: UUID, errors: Mapping[str, Any] | None = None) -> str:
    return render_template(
        "outbox/detail.html",
        mail=_shown(queries.row(who(), uuid)),
        states=STATES,
        errors=errors or {},
        reason=request.form.get("reason", ""),
        longest=services.MAX_REASON,
    )


def _shown(row: queries.MailRow) -> dict[str, Any]:
    """Return a mail in the words and the time of the page."""
    moments = {
        name: moment.astimezone(i18n.ZONE) if moment else None
        for name in ("made_at", "due_at", "sent_at")
        for moment in [getattr(row, name)]
    }
    state = State(row.state)
    return {
        "row": row,
        **moments,
        "kind": KINDS.get(row.kind, row.kind),
        "problem": PROBLEMS.get(row.error or "", row.error or ""),
        "state": STATES[state],
        "meaning": MEANINGS[state],
        "again": state in (State.DEAD, State.HELD, State.BOUNCED) and not row.suppressed,
        "cancel": state in (State.WAITING, State.HELD, State.DEAD),
    }


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
