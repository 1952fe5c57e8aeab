"""The review queue, and the page on which one of its lines is decided."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.proposals.models import State, Verb
from registry.audit.pages import spoken
from registry.audit.wording import SUBJECTS
from registry.core import i18n
from registry.core.editing import Outcome, attempt, version
from registry.core.errors import NotFound
from registry.core.listing import Listing, page_number
from registry.core.text import is_storable
from registry.core.web import writes
from registry.texts.schemas import MINOR
from registry.upkeep.history.pages import problems
from registry.upkeep.history.states import NAMES, compared
from registry.upkeep.kinds import KINDS
from registry.upkeep.reviewing import queries, services

pages = Blueprint("reviewing", __name__)
PER_PAGE = 50
VERBS = {
    Verb.PUBLISH: _l("publish"),
    Verb.UPDATE: _l("change"),
    Verb.ARCHIVE: _l("archive"),
}


@pages.get("/<lang>/office/review")
def queue(lang: str) -> Any:
    require(who(), Permission.ENTRY_REVIEW, None)
    page = page_number()
    rows, total = queries.queue(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "reviewing/queue.html",
        listing=Listing(".queue", rows, total, page, PER_PAGE),
        kinds=SUBJECTS,
        verbs=VERBS,
    )


@pages.get("/<lang>/office/review/<uuid:uuid>")
def decide(lang: str, uuid: UUID) -> Any:
    return _page(uuid)


@pages.post("/<lang>/office/review/<uuid:uuid>/accept")
@writes
def accept(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.accept(who(), uuid, version()))
    if not outcome.saved:
        return _page(uuid, outcome), outcome.status
    flash(_("Accepted: %(name)s", name=outcome.saved), "success")
    return redirect(url_for(".queue", lang=lang))


@pages.post("/<lang>/office/review/<uuid:uuid>/return")
@writes
def send_back(lang: str, uuid: UUID) -> Any:
    reason = request.form.get("reason", "").replace("\r\n", "\n").strip()
    if not is_storable(reason):
        reason = ""
    outcome = attempt(lambda: services.send_back(who(), uuid, reason))
    if not outcome.saved:
        return _page(uuid, outcome, reason), outcome.status
    flash(_("Returned: %(name)s", name=outcome.saved), "success")
    return redirect(url_for(".queue", lang=lang))


def _page(uuid: UUID, outcome: Outcome | None = None, reason: str = "") -> str:
    found = queries.load_proposal(who(), uuid)
    require(who(), Permission.ENTRY_REVIEW, found)
    kind = KINDS.get(found.subject_type)
    if kind is None:
        raise NotFound
    row = kind.load(who(), found.subject_id)
    now = kind.state(row)
    wanted = {**found.data, NAMES: now[NAMES]}
    wanted.pop(MINOR, None)
    overtaken = [name for name, value in found.before.items() if now.get(name) != value]
    return render_template(
        "reviewing/decide.html",
        found=found,
        kind=kind.name,
        row=row,
        open=found.state == State.WAITING,
        verb=VERBS[Verb(found.verb)],
        made_at=found.made_at.astimezone(i18n.ZONE),
        differences=spoken(kind.name, compared(now, wanted)),
        overtaken=spoken(kind.name, compared(_past(found.before, now), _of(now, overtaken))),
        outcome=outcome,
        problems=list(problems(outcome.errors)) if outcome else [],
        reason=reason,
        max_reason=services.MAX_REASON,
    )


def _past(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {**before, NAMES: now[NAMES]}


def _of(state: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    return {name: state[name] for name in (*fields, NAMES)}


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
