"""The history of one entry, for the office and for whoever keeps it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.policy import require
from registry.actors.life import waits
from registry.actors.models import Actor
from registry.audit.pages import spoken
from registry.audit.services import STATES
from registry.audit.wording import VERBS
from registry.core import i18n
from registry.core.editing import Outcome, attempt, version
from registry.core.listing import Listing, page_number
from registry.core.web import writes
from registry.offers.models import Offer
from registry.upkeep.history import queries, services
from registry.upkeep.history.queries import ChangeRow
from registry.upkeep.kinds import ACTOR, KINDS, OFFER, Kind

pages = Blueprint("history", __name__)
PER_PAGE = 20


@pages.get("/<lang>/office/history/<kind>/<uuid:uuid>")
def entry(lang: str, kind: str, uuid: UUID) -> Any:
    found = _kind(kind)
    row = found.load(who(), uuid)
    require(who(), found.read, row)
    page = page_number()
    rows, total = queries.changes_of(kind, uuid, page=page, per_page=PER_PAGE)
    return render_template(
        "history/entry.html",
        kind=kind,
        row=row,
        editable=may(found.edit.value, row),
        listing=Listing(
            ".entry", [_shown(kind, row, each) for each in rows], total, page, PER_PAGE
        ),
    )


@pages.get("/<lang>/office/history/<kind>/<uuid:uuid>/<int(max=2147483647):key>")
def state(lang: str, kind: str, uuid: UUID, key: int) -> Any:
    return _state(_kind(kind), uuid, key)


@pages.post("/<lang>/office/history/<kind>/<uuid:uuid>/<int(max=2147483647):key>")
@writes
def restore(lang: str, kind: str, uuid: UUID, key: int) -> Any:
    outcome = attempt(lambda: services.go_back(who(), _kind(kind), uuid, key, version()))
    if not outcome.saved:
        return _state(_kind(kind), uuid, key, outcome), outcome.status
    if waits(who(), outcome.saved):
        flash(_("The earlier state has been proposed to the office."), "success")
    else:
        flash(_("The earlier state has been brought back."), "success")
    return redirect(url_for(f"{kind}s_editing.edit", lang=lang, uuid=uuid))


def _state(kind: Kind, uuid: UUID, key: int, outcome: Outcome | None = None) -> str:
    found = services.look_back(who(), kind, uuid, key)
    return render_template(
        "history/state.html",
        kind=kind.name,
        found=found,
        differences=spoken(kind.name, found.differences),
        outcome=outcome,
        problems=list(problems(outcome.errors)) if outcome else [],
        waits=waits(who(), found.row),
        editable=may(kind.edit.value, found.row),
        at=found.at.astimezone(i18n.ZONE),
    )


def problems(errors: Any) -> Iterator[str]:
    """Yield every message of nested errors, wherever it would stand in a form."""
    if isinstance(errors, Mapping | list | tuple):
        for inner in errors.values() if isinstance(errors, Mapping) else errors:
            yield from problems(inner)
    else:
        yield str(errors)


def _kind(name: str) -> Kind:
    return KINDS.get(name) or abort(404)


def _shown(kind: str, row: Any, change: ChangeRow) -> dict[str, Any]:
    verb = change.action.partition(".")[2]
    return {
        "id": change.id,
        "at": change.at.astimezone(i18n.ZONE),
        "who": _name(row, change),
        "verb": VERBS.get(verb, verb),
        "whole": change.whole,
        "differences": spoken(kind, change.changes),
    }


def _name(row: Any, change: ChangeRow) -> str:
    """Return who made a change; to whoever keeps the entry the office is one."""
    own = change.who_id is not None and change.who_id == who().user_id
    return change.who_label if own or may("audit.read", row) else _("The office")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    STATES.update({Actor: ACTOR.state, Offer: OFFER.state})
