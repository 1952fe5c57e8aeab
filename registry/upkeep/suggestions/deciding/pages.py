"""The office's queue of suggestions, and the page on which one of them is decided."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors import queries as actors
from registry.actors.life import goes_live
from registry.core import i18n
from registry.core.editing import Outcome, attempt, submitted, version
from registry.core.errors import Invalid, NotFound
from registry.core.forms import controls, load_form
from registry.core.listing import Listing, one_of, page_number
from registry.core.text import fold
from registry.core.web import writes
from registry.offers.editing.entry import brought, entry_data, entry_sheet, save_entry
from registry.offers.models import Offer
from registry.upkeep.duplicates.saving.queries import unlike
from registry.upkeep.suggestions import queries, services
from registry.upkeep.suggestions.applying import entries, loaded, placed
from registry.upkeep.suggestions.deciding.differences import Difference, differences, drafted
from registry.upkeep.suggestions.models import Kind, State, Suggestion
from registry.upkeep.suggestions.pages import pages
from registry.upkeep.suggestions.schemas import DecisionSchema
from registry.upkeep.suggestions.services import Applied

PER_PAGE = 50
STATES = [
    (State.OPEN, _l("to be decided")),
    (State.ACCEPTED, _l("accepted")),
    (State.REJECTED, _l("rejected")),
    (State.SPAM, _l("spam")),
]
KINDS = {
    Kind.OFFER: _l("Error in an offer"),
    Kind.ACTOR: _l("Error in an actor"),
    Kind.NEW: _l("New offer"),
}


@pages.get("/<lang>/office/suggestions")
def queue(lang: str) -> Any:
    require(who(), Permission.SUGGESTION_MANAGE, None)
    state = one_of("state", [key for key, _name in STATES]) or State.OPEN
    page = page_number()
    rows, total = queries.queue(who(), state, page=page, per_page=PER_PAGE)
    return render_template(
        "suggestions/queue.html",
        listing=Listing(".queue", rows, total, page, PER_PAGE),
        state=state,
        states=STATES,
        kinds=KINDS,
        now=i18n.local_now(),
    )


@pages.get("/<lang>/office/suggestions/<uuid:uuid>")
def decide(lang: str, uuid: UUID) -> Any:
    return _page(queries.load_suggestion(who(), uuid))


@pages.post("/<lang>/office/suggestions/<uuid:uuid>/accept")
@writes
def accept(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: _accept(queries.load_suggestion(who(), uuid)))
    return _decided(uuid, outcome, _("Accepted."))


@pages.post("/<lang>/office/suggestions/<uuid:uuid>/reject")
@writes
def reject(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.reject(who(), uuid, _reason()))
    return _decided(uuid, outcome, _("Rejected."))


@pages.post("/<lang>/office/suggestions/<uuid:uuid>/spam")
@writes
def spam(lang: str, uuid: UUID) -> Any:
    services.mark_spam(who(), uuid)
    flash(_("Put aside as spam."), "success")
    return redirect(url_for(".queue", lang=lang))


@pages.get("/<lang>/office/suggestions/<uuid:uuid>/entry")
def entry(lang: str, uuid: UUID) -> Any:
    suggestion = _suggested_offer(uuid)
    mine = actors.editable_actors(who())
    known = {fold(each.name): str(each.uuid) for each in mine}
    return _entry(suggestion, drafted(suggestion.changes, known))


@pages.post("/<lang>/office/suggestions/<uuid:uuid>/entry")
@writes
def entry_submitted(lang: str, uuid: UUID) -> Any:
    suggestion = _suggested_offer(uuid)
    outcome = attempt(lambda: _became(uuid))
    if not outcome.saved:
        return _entry(suggestion, entry_data(), outcome), outcome.status
    flash(_("The suggestion has become an entry."), "success")
    return redirect(url_for("offers_editing.edit", lang=lang, uuid=outcome.saved.uuid))


def _became(uuid: UUID) -> Offer:
    offer = save_entry()
    unlike(who(), brought(offer), sure="anyway" in request.args)
    services.became(who(), uuid, offer)
    return offer


def _suggested_offer(uuid: UUID) -> Suggestion:
    suggestion = queries.load_suggestion(who(), uuid)
    if suggestion.kind != Kind.NEW or suggestion.state != State.OPEN:
        raise NotFound
    return suggestion


def _entry(suggestion: Suggestion, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    return render_template(
        "suggestions/entry.html",
        sheet=entry_sheet(data, outcome),
        suggestion=suggestion,
        rows=differences(suggestion, {}, MultiDict(), {}),
        live=goes_live(who(), suggestion),
        action=url_for(".entry", lang=i18n.current().tag, uuid=suggestion.uuid),
    )


def _accept(suggestion: Suggestion) -> Suggestion:
    if suggestion.entry is None:
        raise NotFound
    stand = entries(suggestion.entry)
    taken = {row.path: row.control.value for row in _rows(suggestion) if row.is_chosen}
    archive = bool(request.form.get("archive"))
    if suggestion.changes and not taken and not archive:
        raise Invalid({"take": [_("Please choose what to take over, or reject the suggestion.")]})
    data = loaded(stand, taken)
    applied = Applied(data["offer"], data["actor"], _versions(), archive)
    return services.accept(who(), suggestion.uuid, applied, _reason())


def _versions() -> dict[str, int]:
    return {kind: version(f"version_{kind}") for kind in ("offer", "actor")}


def _reason() -> str:
    return str(load_form(DecisionSchema(audience="office"), submitted())["reason"])


def _rows(
    suggestion: Suggestion, errors: Mapping[str, list[str]] | None = None
) -> list[Difference]:
    stand = entries(suggestion.entry) if suggestion.entry else {}
    return differences(suggestion, stand, submitted(), errors or {})


def _decided(uuid: UUID, outcome: Outcome, words: str) -> Any:
    if outcome.saved:
        flash(words, "success")
        return redirect(url_for(".queue", lang=i18n.current().tag))
    suggestion = queries.load_suggestion(who(), uuid)
    return _page(suggestion, outcome), outcome.status


def _page(suggestion: Suggestion, outcome: Outcome | None = None) -> str:
    stand = entries(suggestion.entry) if suggestion.entry else {}
    paths = [change["path"] for change in suggestion.changes]
    errors = placed(stand, outcome.errors, paths) if outcome and stand else {}
    told = {"reason": request.form.get("reason", "")}
    refused = {"reason": outcome.errors["reason"]} if outcome and "reason" in outcome.errors else {}
    rows = _rows(suggestion, errors)
    return render_template(
        "suggestions/decide.html",
        suggestion=suggestion,
        kind=KINDS[Kind(suggestion.kind)],
        state=dict(STATES)[State(suggestion.state)],
        rows=rows,
        reason=controls(DecisionSchema(audience="office"), told, refused, lambda _kind: ()),
        others=[] if refused else errors.get("", []),
        refused=outcome is not None and outcome.theirs is None,
        overtaken=outcome is not None and outcome.theirs is not None,
        versions={kind: row["version"] for kind, row in stand.items()},
        edit="offers_editing.edit"
        if isinstance(suggestion.entry, Offer)
        else "actors_editing.edit",
        made_at=suggestion.made_at.astimezone(i18n.ZONE),
    )
