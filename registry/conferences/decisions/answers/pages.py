"""The page that a link about tasks opens: what an organisation has to do, and its answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.actors.models import Actor
from registry.conferences.decisions import queries as decisions
from registry.conferences.decisions.answers import queries, services
from registry.conferences.decisions.answers.schemas import ProgressSchema, PromiseSchema
from registry.conferences.decisions.asking.services import PURPOSE
from registry.conferences.decisions.models import Commitment, Task
from registry.conferences.decisions.queries import TaskRow
from registry.conferences.decisions.wording import LIGHTS, STATES
from registry.core import i18n, tokens
from registry.core.editing import Outcome, attempt, submitted, version
from registry.core.errors import NotFound
from registry.core.forms import Control, RecordSchema, controls, read_form
from registry.core.listing import as_uuid
from registry.core.web import by_link, link_key, opens_nothing, writes

pages = Blueprint("conference_task_answers", __name__)


@dataclass(frozen=True)
class Asked:
    """A task with the form in which its organisation answers."""

    row: TaskRow
    inputs: list[Control]
    others: tuple[str, ...] = ()
    overtaken: bool = False


@pages.get("/<lang>/tasks")
@by_link
def open_(lang: str) -> Any:
    """Show the tasks. Nothing is written here: mail scanners follow links, too."""
    try:
        actor = services.opened(link_key(), request.remote_addr or "")
    except NotFound:
        return opens_nothing()
    return _page(actor)


@pages.post("/<lang>/tasks")
@by_link
@writes
def answered(lang: str) -> Any:
    uuid = as_uuid(request.form.get("task"))
    try:
        actor = services.opened(link_key(), request.remote_addr or "", answering=True)
        holder = services.holder(actor, uuid)
    except NotFound:
        return opens_nothing()
    outcome = attempt(lambda: _take(holder, actor))
    if outcome.saved:
        flash(_("Thank you. Your answer has arrived."), "success")
        return redirect(url_for(".open_", lang=lang, key=link_key(), _anchor=f"task-{uuid}"))
    again = services.opened(link_key(), request.remote_addr or "")
    return _page(again, uuid, outcome), outcome.status


def _take(holder: Any, actor: Actor) -> Any:
    promising = "commitment" in request.form
    schema = _schema(promising=promising)
    told = schema.load(_typed(schema, holder.opens))
    if promising:
        return services.promise(holder, actor, version(), told, _today())
    return services.report(holder, actor, version(), told)


def _typed(schema: RecordSchema, uuid: UUID | None) -> dict[str, Any]:
    typed = read_form(schema, submitted(), f"{uuid}.")
    if "commitment" in request.form:
        typed["commitment"] = request.form["commitment"]
    return typed


def _schema(*, promising: bool) -> RecordSchema:
    return (PromiseSchema if promising else ProgressSchema)(audience="office")


def _page(actor: Actor, uuid: UUID | None = None, outcome: Outcome | None = None) -> str:
    rows = decisions.standings(queries.load_tasks(actor), _today())
    return render_template(
        "conferences/decisions/answers.html",
        key=link_key(),
        organisation=actor.name,
        asked=[_asked(row, outcome if row.task.uuid == uuid else None) for row in rows],
        states=STATES,
        lights=LIGHTS,
        problems=outcome is not None,
    )


def _asked(row: TaskRow, outcome: Outcome | None) -> Asked:
    task: Task = row.task
    schema = _schema(promising=task.commitment != Commitment.YES)
    schema.load_fields.pop("commitment", None)
    data = _typed(schema, task.uuid) if outcome else {}
    errors = outcome.errors if outcome else {}
    inputs = controls(schema, data, errors, lambda _kind: (), f"{task.uuid}.")
    others = tuple(text for key in ("commitment", "") for text in errors.get(key, ()))
    return Asked(row, inputs, others, outcome is not None and outcome.theirs is not None)


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    tokens.opens(app, PURPOSE, "conference_task_answers.open_")
