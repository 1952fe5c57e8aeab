"""The survey: by a link without an account, and by telephone."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import EXCLUDE

from registry.access.current import who
from registry.core import i18n, tokens
from registry.core.editing import Outcome, attempt, submitted
from registry.core.errors import NotFound
from registry.core.forms import controls, read_form
from registry.core.web import by_link, link_key, opens_nothing, writes
from registry.network.links.models import Via
from registry.network.rounds import queries
from registry.network.rounds.answers import forms, services
from registry.network.rounds.answers.queries import Partner, partners
from registry.network.rounds.models import Asked
from registry.network.rounds.services import PURPOSE
from registry.upkeep.campaigns import asking
from registry.upkeep.campaigns.answers.schemas import CallSchema

pages = Blueprint("network_answers", __name__)
Present = Mapping[str, Partner]


@pages.get("/<lang>/partners")
@by_link
def survey(lang: str) -> Any:
    """Show what was filled in. Nothing is written here: mail scanners follow links, too."""
    try:
        asked = services.opened(link_key(), request.remote_addr or "")
    except NotFound:
        return opens_nothing()
    return _survey_page(asked, partners(asked), forms.standing(asked))


@pages.post("/<lang>/partners")
@by_link
@writes
def survey_submitted(lang: str) -> Any:
    try:
        return _answered(lang)
    except NotFound:
        return opens_nothing()


def _answered(lang: str) -> Any:
    searching = _pressed() == "search"
    asked = services.opened(link_key(), request.remote_addr or "", answering=not searching)
    present = partners(asked)
    typed = _typed(asked, present)
    if searching:
        return _survey_page(asked, present, typed)
    told = typed.told(finished=_pressed() == "finish")
    holder = services.holder(asked)
    outcome = attempt(lambda: services.save_by_link(holder, asked, told, _today()))
    if outcome.saved:
        _tell(typed, thanks=_("Thank you. Your answer has arrived."))
        return redirect(url_for(".survey", lang=lang, key=link_key(), _anchor="partners"))
    again = services.opened(link_key(), request.remote_addr or "")
    return _survey_page(again, present, typed, outcome), outcome.status


def _typed(asked: Asked, present: Present) -> forms.Typed:
    typed = forms.read(submitted(), asked, present)
    if _pressed() != "search":
        forms.take_picked(typed, asked, as_wish=_pressed() == "wish")
    return typed


def _pressed() -> str:
    return request.form.get("do", "")


def _tell(typed: forms.Typed, *, thanks: str) -> None:
    if typed.left_out:
        gone = ngettext(
            "%(num)s organisation is not in the register any more and was left out.",
            "%(num)s organisations are not in the register any more and were left out.",
            typed.left_out,
        )
        flash(gone, "warning")
    finished = _pressed() == "finish"
    flash(*((thanks, "success") if finished else (_("Saved. You can go on later."), "info")))


def _survey_page(
    asked: Asked, present: Present, typed: forms.Typed, outcome: Outcome | None = None
) -> str:
    return render_template(
        "network/rounds/survey.html",
        key=link_key(),
        after_deadline=_today() > asked.round.deadline,
        **_shared(asked, present, typed, outcome),
    )


def _shared(
    asked: Asked, present: Present, typed: forms.Typed, outcome: Outcome | None
) -> dict[str, Any]:
    overtaken = bool(outcome and outcome.theirs is not None)
    errors = outcome.errors if outcome else {}
    return {
        "actor": asked.actor.name,
        "round": asked.round,
        "answered_on": asked.answered_on,
        "survey": forms.survey(asked, present, typed, errors, overtaken=overtaken),
        "wishes_asked": "wish" in asked.round.kinds,
    }


@pages.get("/<lang>/office/network/rounds/asked/<uuid:uuid>")
def call(lang: str, uuid: UUID) -> Any:
    asked = queries.load_asked(who(), uuid)
    told_by = {"day": request.args.get("day") or _today().isoformat(), "said_by": asked.said_by}
    return _call_page(asked, partners(asked), forms.standing(asked), told_by)


@pages.post("/<lang>/office/network/rounds/asked/<uuid:uuid>")
@writes
def call_submitted(lang: str, uuid: UUID) -> Any:
    asked = queries.load_asked(who(), uuid)
    present = partners(asked)
    typed, told_by = _typed(asked, present), read_form(CallSchema(), submitted())
    if _pressed() == "search":
        return _call_page(asked, present, typed, told_by)
    outcome = attempt(lambda: _recorded(uuid, typed, told_by))
    if not outcome.saved:
        again = queries.load_asked(who(), uuid)
        return _call_page(again, present, typed, told_by, outcome), outcome.status
    _tell(typed, thanks=_("The answer is recorded."))
    if _pressed() == "finish":
        return redirect(url_for("network_rounds.detail", lang=lang, uuid=asked.round.uuid))
    day = told_by.get("day")
    return redirect(url_for(".call", lang=lang, uuid=uuid, day=day, _anchor="partners"))


def _recorded(uuid: UUID, typed: forms.Typed, told_by: Mapping[str, Any]) -> Asked:
    data = CallSchema().load(told_by, unknown=EXCLUDE)
    way = services.Way(Via.PHONE, data["day"], data.get("said_by"))
    told = typed.told(finished=_pressed() == "finish")
    return services.save_by_telephone(who(), uuid, told, way, _today())


def _call_page(
    asked: Asked,
    present: Present,
    typed: forms.Typed,
    told_by: Mapping[str, Any],
    outcome: Outcome | None = None,
) -> str:
    errors = outcome.errors if outcome else {}
    return render_template(
        "network/rounds/call.html",
        phones=asking.telephones(asked.actor),
        said_by=asked.said_by,
        via=asked.via,
        controls=controls(CallSchema(), told_by, errors, lambda _kind: ()),
        **_shared(asked, present, typed, outcome),
    )


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, PURPOSE, "network_answers.survey")
