"""The optional step after an answer, which asks whether partners are still partners."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.conferences.replies import services as answers
from registry.conferences.replies.pages import today
from registry.conferences.replies.partners import queries, services
from registry.core import tokens
from registry.core.errors import NotFound
from registry.core.web import by_link, link_key, opens_nothing, writes
from registry.network.rounds.answers.forms import WAYS

pages = Blueprint("conference_partners", __name__)


@pages.get("/<lang>/conference/partners")
@by_link
def ask(lang: str) -> Any:
    try:
        invitation = answers.opened(link_key(), request.remote_addr or "")
        if not services.is_asked(invitation, today()):
            raise NotFound
    except NotFound:
        return opens_nothing()
    actor = invitation.actor
    return render_template(
        "conferences/replies/partners.html",
        key=link_key(),
        organisation=invitation.organisation,
        example=invitation.conference.example,
        asked=queries.load_asked(actor) if actor else None,
        known=queries.known(actor) if actor else [],
        words=WAYS,
    )


@pages.post("/<lang>/conference/partners")
@by_link
@writes
def told(lang: str) -> Any:
    """Lead on into the survey that is under way, or take what is not right any more."""
    try:
        invitation = answers.opened(link_key(), request.remote_addr or "", answering=True)
        holder = answers.holder(invitation)
        if link := services.lead_on(holder, invitation, today()):
            return redirect(url_for("network_answers.survey", lang=lang, key=tokens.secret(link)))
        services.correct(holder, invitation, request.form.getlist("ended"), today())
    except NotFound:
        return opens_nothing()
    flash(_("Thank you. Your answer has arrived."), "success")
    return redirect(url_for("conference_answers.open_", lang=lang, key=link_key()))


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
