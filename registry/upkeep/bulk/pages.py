"""Changing many entries of a list: choose, look at what would happen, do it, undo it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors import queries as actors
from registry.actors.editing.pages import wanted_actors
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid
from registry.core.listing import as_uuid, with_filters
from registry.core.text import is_storable
from registry.core.web import writes
from registry.offers import queries as offers
from registry.offers.editing.pages import wanted_offers
from registry.upkeep.bulk import queries, services
from registry.upkeep.bulk.actions import ACTIONS, REFUSED, Action
from registry.upkeep.bulk.models import is_fresh
from registry.upkeep.kinds import KINDS, Kind
from registry.vocabulary import queries as vocabulary

pages = Blueprint("bulk", __name__)
MAX_TEXT = 200
SHOWN = 100


@dataclass(frozen=True)
class Order:
    """What a form asks for: these entries, and what to do with them."""

    kind: Kind
    uuids: list[UUID]
    action: str

    @property
    def given(self) -> str:
        return request.form.get(f"value-{self.action}", "").strip()

    @property
    def looked_at(self) -> str:
        """Return what a look was taken at: nothing else is done."""
        return f"{self.action}={self.given}"

    def value(self) -> Any:
        """Return the value of the action as it is used; raises a message at its input."""
        action = ACTIONS.get(self.action)
        if action is None:
            raise Invalid({"action": [_("Please choose what to do.")]})
        read = _READ.get(action.takes) or _term
        return read(action, self.given)


@pages.post("/<lang>/office/bulk/<kind>")
@writes
def change(lang: str, kind: str) -> Any:
    """Show the choice, then what would happen (`step` = look), then do it (`step` = do)."""
    require(who(), Permission.ENTRY_REVIEW, None)
    found = KINDS.get(kind) or abort(404)
    order = Order(found, _chosen(found), request.form.get("action", ""))
    if not order.uuids:
        flash(_("Please choose at least one entry."), "danger")
        return _to_list(lang, kind)
    step = request.form.get("step")
    if step == "do" and request.form.get("looked_at") == order.looked_at:
        outcome = attempt(lambda: _run(order, services.change_many))
        if outcome.saved:
            return redirect(url_for(".run", lang=lang, uuid=outcome.saved.uuid))
    else:
        outcome = attempt(lambda: _run(order, services.look_ahead)) if step else Outcome()
    return _page(order, outcome), outcome.status if outcome.errors else 200


@pages.get("/<lang>/office/bulk/<kind>")
def again(lang: str, kind: str) -> Response:
    """Lead back to the list: a choice lives in its form only."""
    return _to_list(lang, kind) if kind in KINDS else abort(404)


@pages.get("/<lang>/office/bulk/run/<uuid:uuid>")
def run(lang: str, uuid: UUID) -> str:
    return _result(uuid)


@pages.post("/<lang>/office/bulk/run/<uuid:uuid>/undo")
@writes
def undo(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.undo(who(), uuid) or True)
    if outcome.errors:
        return _result(uuid, refused=True), outcome.status
    flash(_("Undone."), "success")
    return redirect(url_for(".run", lang=lang, uuid=uuid))


def _run(order: Order, service: Callable[..., Any]) -> Any:
    return service(who(), order.kind, order.action, order.uuids, order.value())


def _page(order: Order, outcome: Outcome) -> str:
    errors: Mapping[Any, Any] = outcome.errors
    return render_template(
        "bulk/change.html",
        kind=order.kind.name,
        chosen=" ".join(map(str, order.uuids)),
        count=len(order.uuids),
        actions={name: a for name, a in ACTIONS.items() if order.kind.name in a.kinds},
        action=order.action,
        values=request.form,
        organisations=actors.editable_actors(who()) if order.kind.name == "offer" else (),
        outlook=outcome.saved,
        looked_at=order.looked_at if outcome.saved else "",
        problems=[text for messages in errors.values() for text in messages],
        refused=REFUSED,
        shown=SHOWN,
    )


def _result(uuid: UUID, *, refused: bool = False) -> str:
    require(who(), Permission.ENTRY_REVIEW, None)
    found = queries.load_run(who(), uuid)
    count = queries.count_rows(found)
    return render_template(
        "bulk/run.html",
        uuid=uuid,
        kind=found.kind,
        action=ACTIONS[found.action].label,
        done=ngettext("%(num)s entry changed.", "%(num)s entries changed.", count),
        undoable=is_fresh(found) and count,
        undone=found.undone_at is not None,
        left=queries.names_left(who(), found, limit=SHOWN) if found.undone_at else [],
        refused=refused,
    )


def _chosen(kind: Kind) -> list[UUID]:
    """Return the entries ticked, those of an earlier step, or all that the list's filter finds."""
    if request.form.get("all"):
        return _matching(kind)
    given = [*request.form.getlist("ids"), *request.form.get("chosen", "").split()]
    return list(dict.fromkeys(uuid for uuid in map(as_uuid, given) if uuid))


def _matching(kind: Kind) -> list[UUID]:
    """Return all that the filter finds; one more than allowed, so that too many are noticed."""
    most = services.MAX_ROWS + 1
    rows: Any
    if kind.name == "actor":
        rows, _total = actors.office_list(who(), wanted_actors(), per_page=most)
    else:
        rows, _total = offers.office_list(who(), wanted_offers(), date.today(), per_page=most)
    return [row.uuid for row in rows]


def _to_list(lang: str, kind: str) -> Response:
    return redirect(with_filters(f"{kind}s_editing.office_list", lang=lang))


def _nothing(_action: Action, _given: str) -> None:
    return None


def _term(action: Action, given: str) -> str:
    if not vocabulary.term(action.takes.removeprefix("term:"), given):
        raise Invalid({"value": [_("Please choose a value.")]})
    return given


def _day(_action: Action, given: str) -> date | None:
    """Return a day; nothing at all means that there is no end."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Invalid({"value": [_("Please give a date.")]}) from None


def _text(_action: Action, given: str) -> str:
    if not given or not is_storable(given) or len(given) > MAX_TEXT:
        message = _("Please give a text of at most %(limit)s characters.", limit=MAX_TEXT)
        raise Invalid({"value": [message]})
    return given


def _actor(_action: Action, given: str) -> UUID:
    uuid = as_uuid(given)
    if uuid is None:
        raise Invalid({"value": [_("Please choose an organisation.")]})
    return uuid


_READ: dict[str, Callable[[Action, str], Any]] = {
    "": _nothing,
    "date": _day,
    "text": _text,
    "actor": _actor,
}


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
