"""The office's pages for translating: the work list, and German beside the translation."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.editing.desk import standing
from registry.actors.life import waits
from registry.actors.proposals.models import Verb
from registry.core import i18n
from registry.core.editing import Outcome, attempt, submitted, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.translating import queries, services
from registry.translating.comparing import compared
from registry.translating.queries import STATES, Wanted
from registry.translating.units import Unit, units_of
from registry.upkeep.kinds import KINDS, Kind
from registry.vocabulary.models import Term

pages = Blueprint("translating", __name__)
PER_PAGE = 50
STATE_NAMES = {
    "missing": _l("missing"),
    "outdated": _l("older than the German text"),
    "machine": _l("machine translation"),
}


@pages.get("/<lang>/office/translations")
def listing(lang: str) -> Any:
    require(who(), Permission.OFFER_EDIT, None)
    to, state, page = one_of("to", queries.others()), one_of("state", STATES), page_number()
    wanted = _wanted(to, state)
    rows, total = queries.work_list(who(), wanted, page=page, per_page=PER_PAGE)
    return render_template(
        "translating/list.html",
        listing=Listing(
            ".listing", [_line(kind, row, wanted) for kind, row in rows], total, page, PER_PAGE
        ),
        to=to,
        state=state,
        others=_languages(queries.others()),
        states=STATE_NAMES,
        counts=queries.counts(who(), to) if to else {},
    )


@pages.get("/<lang>/office/translations/<kind>/<uuid:uuid>")
def entry(lang: str, kind: str, uuid: UUID) -> Any:
    found, row = _editable(kind, uuid)
    return _entry(found, row, _language(found, row))


@pages.post("/<lang>/office/translations/<kind>/<uuid:uuid>")
@writes
def entry_submitted(lang: str, kind: str, uuid: UUID) -> Any:
    found, row = _editable(kind, uuid)
    to, form = _language(found, row), submitted()
    said = {name[5:]: text.strip() for name, text in form.items() if name.startswith("text-")}
    unsure = [key for key in said if f"asked-{key}" in form and f"fits-{key}" not in form]
    sent = services.Sent(version(), to, said, unsure)
    outcome = attempt(lambda: services.translate(who(), found, uuid, sent))
    if not outcome.saved:
        return _entry(*_editable(kind, uuid), to, said, outcome), outcome.status
    if waits(who(), outcome.saved):
        text = _("Saved. The change waits for the office; until then everyone sees the old state.")
    else:
        text = _("Saved.")
    flash(text, "success")
    return redirect(_onward(lang, found, outcome.saved, to))


def _wanted(to: str, state: str) -> Wanted:
    return Wanted((to,) if to else queries.others(), (state,) if state else STATES)


def _languages(tags: Iterable[str]) -> list[i18n.Language]:
    return [i18n.Language.of(tag) for tag in tags]


def _line(kind: str, row: Any, wanted: Wanted) -> dict[str, Any]:
    """Return an entry of the work list: for each language how many of its texts wait, by state."""
    units = units_of(KINDS[kind], row)
    due = []
    for language in _languages(wanted.languages):
        states = [unit.state(language.tag) for unit in units]
        numbers = {state: states.count(state) for state in wanted.states if state in states}
        due += [(language, numbers)] if numbers else []
    return {"kind": kind, "row": row, "due": due}


def _editable(kind: str, uuid: UUID) -> tuple[Kind, Any]:
    found = KINDS.get(kind) or abort(404)
    row = found.load(who(), uuid)
    require(who(), found.edit, row)
    return found, row


def _language(kind: Kind, row: Any) -> str:
    """Return the language asked for; else the first in which something waits."""
    tags = queries.others()
    given = one_of("to", tags)
    if not tags:
        abort(404)
    units = units_of(kind, row)
    waiting = (tag for tag in tags if any(unit.state(tag) in STATES for unit in units))
    return given or next(waiting, tags[0])


def _entry(
    kind: Kind,
    row: Any,
    to: str,
    typed: Mapping[str, str] | None = None,
    outcome: Outcome | None = None,
) -> str:
    units, proposed = units_of(kind, row), _proposed(row, to)
    bodies = {unit.key: proposed.get(unit.key, unit.body(to)) for unit in units} | dict(typed or {})
    overtaken = outcome is not None and outcome.theirs is not None
    refused = outcome is not None and not overtaken
    return render_template(
        "translating/entry.html",
        kind=kind.name,
        row=row,
        to=i18n.Language.of(to),
        others=[(each, _state_of(units, each.tag)) for each in _languages(queries.others())],
        units=[_shown(unit, to, bodies[unit.key]) for unit in units],
        states=STATE_NAMES,
        errors=dict(outcome.errors) if outcome else {},
        overtaken=overtaken,
        waiting=bool(proposed),
        version=version() if refused else row.version,
        beside=queries.beside(who(), _wanted(to, ""), kind.name, row),
    )


def _shown(unit: Unit, to: str, body: str) -> dict[str, Any]:
    state, earlier = unit.state(to), unit.text.made_from(to)
    changed = compared(earlier, unit.german) if state == "outdated" and earlier is not None else []
    about = unit.about
    if isinstance(about, Term):
        about = about.labels.shown(i18n.current().tag).body
    return {
        "unit": unit,
        "about": i18n.long_date(about) if isinstance(about, date) else about,
        "state": state,
        "changed": changed,
        "saved": unit.body(to),
        "body": body,
    }


def _state_of(units: list[Unit], tag: str) -> str:
    """Return what waits in a language, the most urgent first; empty where nothing does."""
    states = [unit.state(tag) for unit in units]
    return next((state for state in ("outdated", "missing", "machine") if state in states), "")


def _proposed(row: Any, to: str) -> dict[str, str]:
    """Return the wordings that wait for the office, if it is for this person to see them here."""
    now = standing(row)
    if not (now.waits and now.waiting and now.waiting.verb == Verb.UPDATE):
        return {}
    texts = ((name, v) for name, v in now.waiting.data.items() if isinstance(v, dict))
    return {name: bodies[to] for name, bodies in texts if to in bodies}


def _onward(lang: str, kind: Kind, row: Any, to: str) -> str:
    if request.form.get("then") != "next":
        return url_for(".entry", lang=lang, kind=kind.name, uuid=row.uuid, to=to)
    found = queries.beside(who(), _wanted(to, ""), kind.name, row)["next"]
    if found is None:
        return url_for(".listing", lang=lang, to=to)
    return url_for(".entry", lang=lang, kind=found[0], uuid=found[1], to=to)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
