"""The office enters what a conference decided, and who does what until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.choices import Choices
from registry.conferences.decisions import queries, services
from registry.conferences.decisions.asking import leaving
from registry.conferences.decisions.asking import queries as asking
from registry.conferences.decisions.asking import services as asking_services
from registry.conferences.decisions.models import Commitment, Decision, Task
from registry.conferences.decisions.schemas import TASK, DecisionSchema, TaskSchema
from registry.conferences.decisions.wording import LACKS, RESULTS, STATES, TOLD, WAYS
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import Option
from registry.core.listing import as_uuid
from registry.core.web import writes

pages = Blueprint("conference_tasks", __name__)
ROOM = "/<lang>/office/conferences"
ADDRESS = f"{ROOM}/<uuid:uuid>/tasks"
SHORT = 80  # of a decision or card in a select


@pages.get(ADDRESS)
def overview(lang: str, uuid: UUID) -> Any:
    return _overview(load_conference(who(), uuid))


@pages.post(f"{ADDRESS}/ask")
@writes
def ask(lang: str, uuid: UUID) -> Any:
    """Ask organisations by mail whether they promise their tasks."""
    outcome = attempt(lambda: asking_services.ask(who(), uuid, _today()))
    if not outcome.saved:
        return _overview(load_conference(who(), uuid), outcome), outcome.status
    mails, calls = outcome.saved
    told = ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", mails)
    flash(told, "success")
    if calls:
        words = ngettext(
            "%(num)s organisation has no address that works: please call.",
            "%(num)s organisations have no address that works: please call.",
            calls,
        )
        flash(words, "info")
    return redirect(url_for(".overview", lang=lang, uuid=uuid))


@pages.get(f"{ROOM}/<uuid:uuid>/decisions/new")
def new_decision(lang: str, uuid: UUID) -> Any:
    return _decision(_mine(uuid), None, {"item": as_uuid(request.args.get("item"))})


@pages.post(f"{ROOM}/<uuid:uuid>/decisions/new")
@writes
def new_decision_submitted(lang: str, uuid: UUID) -> Any:
    schema = DecisionSchema(audience="office")
    outcome = attempt(lambda: services.decide(who(), uuid, given(schema)))
    if outcome.saved:
        return _back(lang, outcome.saved.conference)
    return _decision(load_conference(who(), uuid), None, typed(schema), outcome), outcome.status


@pages.get(f"{ROOM}/decisions/<uuid:uuid>")
def decision(lang: str, uuid: UUID) -> Any:
    found = queries.load_decision(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return _decision(found.conference, found, DecisionSchema(audience="office").dump(found))


@pages.post(f"{ROOM}/decisions/<uuid:uuid>")
@writes
def decision_submitted(lang: str, uuid: UUID) -> Any:
    schema = DecisionSchema(audience="office")
    outcome = attempt(lambda: services.change_decision(who(), uuid, version(), given(schema)))
    if outcome.saved:
        return _back(lang, outcome.saved.conference)
    found = queries.load_decision(who(), uuid)
    return _decision(found.conference, found, typed(schema), outcome), outcome.status


@pages.post(f"{ROOM}/decisions/<uuid:uuid>/delete")
@writes
def delete_decision(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.delete_decision(who(), uuid, version()))
    if not outcome.saved:
        return _overview(queries.load_decision(who(), uuid).conference, outcome), outcome.status
    flash(_("Deleted."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=outcome.saved.uuid))


@pages.get(f"{ADDRESS}/new")
def new_task(lang: str, uuid: UUID) -> Any:
    """Begin a task: of nothing, of a card of the wall, of a decision."""
    found = _mine(uuid)
    card, began = as_uuid(request.args.get("card")), as_uuid(request.args.get("decision"))
    made_of = queries.load_card(found, card) if card else None
    data: dict[str, Any] = {"commitment": Commitment.OPEN.value, "decision": began}
    if made_of:
        data |= {"card": made_of.uuid, "title": made_of.text[:300]}
        data["group"] = made_of.group.uuid if made_of.group else None
    return _task(found, None, data)


@pages.post(f"{ADDRESS}/new")
@writes
def new_task_submitted(lang: str, uuid: UUID) -> Any:
    schema = TaskSchema(audience="office")
    outcome = attempt(lambda: services.add_task(who(), uuid, given(schema), _today()))
    if outcome.saved:
        return redirect(url_for(".task", lang=lang, uuid=outcome.saved.uuid))
    return _task(load_conference(who(), uuid), None, typed(schema), outcome), outcome.status


@pages.get(f"{ROOM}/tasks/<uuid:uuid>/edit")
def edit_task(lang: str, uuid: UUID) -> Any:
    found = queries.load_task(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return _task(found.conference, found, TaskSchema(audience="office").dump(found))


@pages.post(f"{ROOM}/tasks/<uuid:uuid>/edit")
@writes
def edit_task_submitted(lang: str, uuid: UUID) -> Any:
    schema, before = TaskSchema(audience="office"), queries.load_task(who(), uuid).commitment
    outcome = attempt(lambda: services.change_task(who(), uuid, version(), given(schema), _today()))
    if not outcome.saved:
        found = queries.load_task(who(), uuid)
        return _task(found.conference, found, typed(schema), outcome), outcome.status
    if before != Commitment.OPEN and outcome.saved.commitment == Commitment.OPEN:
        flash(_("What was promised has changed, so the promise is asked for anew."), "info")
    return redirect(url_for(".task", lang=lang, uuid=uuid))


def _overview(found: Conference, outcome: Outcome | None = None) -> str:
    left, postponed = queries.open_before(found)
    return render_template(
        "conferences/decisions/overview.html",
        conference=found,
        outcome=outcome,
        decisions=queries.load_decisions(found),
        rows=queries.rows_of(found, _today()),
        cards=queries.load_measures(found),
        left=queries.standings(left, _today()),
        postponed=postponed,
        unpromised=len(asking.load_unpromised(found)),
        recorded=queries.is_recorded(found),
        mine=may(Permission.CONFERENCE_MINUTES.value, found),
        results=RESULTS,
        states=STATES,
        lacks=LACKS,
    )


def _decision(
    found: Conference,
    row: Decision | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
) -> str:
    schema = DecisionSchema(audience="office")
    choices = _choices(found, data)
    made = sheet(schema, {"": ""}, data, choices, outcome)
    if row:
        made = beside(made, schema, row, choices, outcome)
    return render_template(
        "conferences/decisions/decision.html", conference=found, row=row, sheet=made
    )


def _task(
    found: Conference, row: Task | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    schema = TaskSchema(audience="office")
    held = (row.actor, *row.partners) if row else ()
    choices = _choices(found, data, held)
    made = sheet(schema, TASK, data, choices, outcome)
    if row:
        made = beside(made, schema, row, choices, outcome)
    return render_template("conferences/decisions/edit.html", conference=found, row=row, sheet=made)


def _choices(found: Conference, data: Mapping[str, Any], held: Any = ()) -> Choices:
    via = data.get("committed_via")
    told = TOLD if via in (None, "", *TOLD) else WAYS
    card = as_uuid(str(data.get("card") or ""))
    made_of = queries.load_card(found, card) if card else None
    decided = queries.load_decisions(found)
    others: tuple[tuple[str, tuple[Option, ...]], ...] = (
        ("item", tuple((str(each.uuid), each.title) for each in found.agenda)),
        ("group", tuple((str(each.uuid), each.title) for each in found.groups)),
        ("decision", tuple((str(each.uuid), _short(each.code, each.text)) for each in decided)),
        ("card", ((str(made_of.uuid), _short("", made_of.text)),) if made_of else ()),
        ("told", tuple(told.items())),
    )
    return Choices(who(), found.region, data, held=tuple(held), others=others)


def _short(code: str, text: str) -> str:
    line = " ".join(f"{code} {text}".split())
    return line if len(line) <= SHORT else f"{line[:SHORT]} …"


def _back(lang: str, conference: Conference) -> Any:
    flash(_("Saved."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=conference.uuid))


def _mine(uuid: UUID) -> Conference:
    found = load_conference(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found)
    return found


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    leaving.init_app(app)
