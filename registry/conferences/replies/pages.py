"""The page an invitation's link opens: what is invited to, and the answer."""

from datetime import date
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.conferences.groups.telling import queries as telling
from registry.conferences.groups.telling import saying
from registry.conferences.invitations.models import Invitation, Via
from registry.conferences.replies import closing, forms, queries, services, told, views
from registry.conferences.replies.closing import PURPOSE
from registry.conferences.replies.forms import Typed
from registry.conferences.replies.partners import services as partners
from registry.core import i18n, tokens
from registry.core.editing import Outcome, attempt, submitted
from registry.core.errors import NotFound
from registry.core.web import by_link, link_key, opens_nothing, writes

pages = Blueprint("conference_answers", __name__)


@pages.get("/<lang>/conference")
@by_link
def open_(lang: str) -> Any:
    """Show invitation and answer. Nothing is written here: mail scanners follow links, too."""
    try:
        invitation = services.opened(link_key(), request.remote_addr or "")
    except NotFound:
        return opens_nothing()
    return _page(invitation)


@pages.post("/<lang>/conference")
@by_link
@writes
def answered(lang: str) -> Any:
    try:
        invitation = services.opened(link_key(), request.remote_addr or "", answering=True)
    except NotFound:
        return opens_nothing()
    stands = told.standing(invitation, queries.load_participants(invitation))
    typed = forms.read(submitted(), invitation, stands)
    who = services.holder(invitation)
    outcome = attempt(
        lambda: services.answer(
            who, invitation, forms.said(typed, invitation, language=lang), Via.LINK, today()
        )
    )
    if outcome.saved:
        flash(_("Thank you. Your answer has arrived."), "success")
        return redirect(url_for(".open_", lang=lang, key=link_key(), _anchor="answer"))
    again = services.opened(link_key(), request.remote_addr or "")
    return _page(again, typed, outcome), outcome.status


def _page(
    invitation: Invitation, typed: Typed | None = None, outcome: Outcome | None = None
) -> str:
    conference, day = invitation.conference, today()
    participants = queries.load_participants(invitation)
    open_places = telling.is_told(conference) and not conference.cancelled_on
    answering = closing.answering(conference, day)
    open_now = answering == closing.Answering.OPEN
    made = typed or forms.standing(invitation, participants)
    overtaken = bool(outcome and outcome.theirs is not None)
    errors = outcome.errors if outcome else {}
    return render_template(
        "conferences/replies/invitation.html",
        key=link_key(),
        conference=conference,
        answering=answering.value,
        last_day=closing.last_day(conference),
        meant_for=views.meant_for(invitation),
        personal=bool(invitation.family_name),
        stands=views.stands(invitation, participants),
        places=saying.shown(participants, telling.places(conference)) if open_places else [],
        contact=views.contact(conference),
        sheet=forms.sheet(invitation, participants, made, errors, overtaken=overtaken)
        if open_now
        else None,
        asks_partners=partners.is_asked(invitation, day),
    )


def today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, PURPOSE, "conference_answers.open_")
