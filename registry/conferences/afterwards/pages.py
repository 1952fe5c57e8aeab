"""After a conference: the office's page, the look back, and what people thought by link."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.afterwards import queries, services
from registry.conferences.afterwards.models import Evaluation
from registry.conferences.afterwards.schemas import (
    MARKS,
    QUESTIONS,
    SECTIONS,
    EvaluationSchema,
    ThanksSchema,
    opinion_schema,
)
from registry.conferences.afterwards.summary import OWN, RATED, summary
from registry.conferences.choices import Choices
from registry.conferences.decisions import queries as decisions
from registry.conferences.decisions.wording import STATES
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import i18n, tokens
from registry.core.editing import Outcome, attempt, given, sheet, submitted, typed, version
from registry.core.errors import NotFound
from registry.core.forms import controls, load_form, read_form
from registry.core.web import by_link, link_key, opens_nothing, writes

pages = Blueprint("conference_afterwards", __name__)
ADDRESS = "/<lang>/office/conferences/<uuid:uuid>/afterwards"


@pages.get(ADDRESS)
def overview(lang: str, uuid: UUID) -> Any:
    """Show what is to be done when it is over, what people thought, and what is still kept."""
    return _page(load_conference(who(), uuid))


@pages.post(f"{ADDRESS}/evaluation")
@writes
def ask(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.ask(who(), uuid, version(), given(_schema()), _today()))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".overview", lang=lang, uuid=uuid))
    return _page(load_conference(who(), uuid), asked=outcome), outcome.status


@pages.post(f"{ADDRESS}/thanks")
@writes
def thank(lang: str, uuid: UUID) -> Any:
    def send() -> int:
        text = given(ThanksSchema(audience="office"))["text"]
        return services.thank(who(), uuid, text, version("confirmed"), _today())

    outcome = attempt(send)
    if outcome.saved:
        flash(_("Put into the outbox: %(count)s e-mails", count=outcome.saved), "success")
        return redirect(url_for(".overview", lang=lang, uuid=uuid))
    return _page(load_conference(who(), uuid), thanks=outcome), outcome.status


@pages.post(f"{ADDRESS}/forget")
@writes
def forget(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.forget(who(), uuid, _today()))
    if not outcome.saved:
        flash(" ".join(outcome.errors.get("", ())), "danger")
    return redirect(url_for(".overview", lang=lang, uuid=uuid, _anchor="kept"))


@pages.get("/<lang>/office/conferences/<uuid:uuid>/look-back")
def look_back(lang: str, uuid: UUID) -> Any:
    """Show what has become of the last conference: the first item of this one's agenda."""
    conference, today = load_conference(who(), uuid), _today()
    last = queries.earlier(conference)
    tasks = decisions.rows_of(last, today) if last else []
    return render_template(
        "conferences/afterwards/look_back.html",
        conference=conference,
        last=last,
        numbers=queries.numbers(last) if last else None,
        decisions=decisions.load_decisions(last) if last else [],
        tasks=tasks,
        states=STATES,
        gone=queries.findings_gone(last, last.last_day) if last and last.last_day else [],
        today=today,
    )


@pages.get("/<lang>/evaluation")
@by_link
def open_(lang: str) -> Any:
    """Show the questions. Nothing is written here."""
    try:
        evaluation = services.opened(link_key(), request.remote_addr or "")
    except NotFound:
        return opens_nothing()
    return _questions(evaluation)


@pages.post("/<lang>/evaluation")
@by_link
@writes
def answered(lang: str) -> Any:
    try:
        evaluation = services.opened(link_key(), request.remote_addr or "", answering=True)
    except NotFound:
        return opens_nothing()
    schema, holder = opinion_schema(evaluation.questions), services.holder(evaluation)

    def save() -> Any:
        said = load_form(schema, submitted())
        marks = {name: int(said[name]) for name in RATED if said.get(name)}
        return services.answer(holder, evaluation, {**said, **marks}, _today())

    outcome = attempt(save)
    if outcome.saved:
        return render_template("conferences/afterwards/thanks.html")
    again = services.opened(link_key(), request.remote_addr or "")
    return _questions(again, outcome), outcome.status


def _questions(evaluation: Evaluation, outcome: Outcome | None = None) -> str:
    schema = opinion_schema(evaluation.questions)
    data = read_form(schema, submitted()) if outcome else {}
    errors = outcome.errors if outcome else {}
    until = evaluation.open_until
    return render_template(
        "conferences/afterwards/evaluation.html",
        key=link_key(),
        conference=evaluation.conference,
        inputs=controls(schema, data, errors, lambda _kind: ()),
        others=errors.get("", ()),
        open_now=until is not None and _today() <= until,
        until=until,
    )


def _page(
    conference: Conference, asked: Outcome | None = None, thanks: Outcome | None = None
) -> str:
    require(who(), Permission.CONFERENCE_READ, conference)
    mine, today = may("conference.invite", conference), _today()
    evaluation = queries.load_evaluation(conference)
    found = summary(queries.answers(conference))
    link = queries.newest_link(evaluation) if evaluation and mine else None
    open_now = bool(evaluation and evaluation.open_until and evaluation.open_until >= today)
    return render_template(
        "conferences/afterwards/overview.html",
        conference=conference,
        numbers=queries.numbers(conference),
        evaluation=evaluation,
        open_now=open_now,
        address=tokens.address(link, i18n.current().tag) if link and open_now else "",
        summary=found,
        questions=_worded(evaluation),
        marks=dict(MARKS),
        sheet=_form(conference, evaluation, asked) if mine else None,
        thanks=_thanks(thanks) if mine else None,
        recipients=len(services.recipients(who(), conference)) if mine else 0,
        held=queries.held(conference),
        deletions=queries.deletions(conference),
        over=conference.state(today) in ("held", "cancelled"),
        mine=mine,
    )


def _form(conference: Conference, evaluation: Evaluation | None, outcome: Outcome | None) -> Any:
    schema = _schema()
    stands: Mapping[str, Any] = {}
    if evaluation:
        rows = [{"text": text} for text in evaluation.questions]
        stands = {"open_until": evaluation.open_until, "questions": rows}
    data = typed(schema) if outcome else schema.dump(stands)
    return sheet(schema, SECTIONS, data, Choices(who(), conference.region, data), outcome)


def _thanks(outcome: Outcome | None) -> dict[str, Any]:
    schema = ThanksSchema(audience="office")
    data = typed(schema) if outcome else {"text": _("Thank you for taking part.")}
    errors = outcome.errors if outcome else {}
    return {
        "inputs": controls(schema, data, errors, lambda _kind: ()),
        "others": [*errors.get("", ()), *errors.get("confirmed", ())],
    }


def _worded(evaluation: Evaluation | None) -> dict[str, Any]:
    own = evaluation.questions if evaluation else []
    return {**QUESTIONS, **{f"{OWN}{number}": text for number, text in enumerate(own)}}


def _schema() -> EvaluationSchema:
    return EvaluationSchema(audience="office")


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, queries.PURPOSE, "conference_afterwards.open_")
