"""The office looks through possible duplicates, merges them, and takes them apart again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors.editing.choices import Offered
from registry.actors.models import Actor
from registry.actors.schemas import STATUSES
from registry.actors.similar import Reason
from registry.core import i18n
from registry.core.editing import Outcome, attempt, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.upkeep.duplicates import finding, queries
from registry.upkeep.duplicates.finding import Candidate
from registry.upkeep.duplicates.merging import queries as merging
from registry.upkeep.duplicates.merging import services
from registry.upkeep.duplicates.merging.services import SCHEMAS, Pair
from registry.upkeep.duplicates.merging.sides import choosable, sides
from registry.upkeep.duplicates.models import Kind
from registry.upkeep.duplicates.queries import EntryRow

pages = Blueprint("duplicates", __name__)
PER_PAGE = 25
SHOWN = 12  # of the rows of one table that go along
KINDS = [(Kind.ACTOR, _l("Actors")), (Kind.OFFER, _l("Offers"))]
# What goes along, by table; what later rooms add is named in general.
ALONG = {
    "offer": _l("Offers"),
    "place": _l("Places"),
    "contact": _l("Functional contacts"),
    "unit": _l("Units"),
    "actor": _l("Actors below it"),
    "user_grant": _l("Rights of people who keep it"),
    "suggestion": _l("Suggestions"),
    "offer_run": _l("Course runs"),
    "offer_place": _l("Places"),
    "offer_closure": _l("Times when it is closed"),
    "campaign_request": _l("Requests to confirm"),
    "campaign_entry": _l("Requests to confirm"),
    "proposal": _l("Changes that wait for the office"),
    "cooperation": _l("Cooperation"),
    "body_member": _l("Seats in bodies"),
    "responsibility": _l("Responsibilities"),
    "network_asked": _l("Answers in surveys"),
}
NAMED = {"offer", "place", "contact", "unit", "actor"}
# What leads on from a merged entry to the one it went into, for people and for programs.
LEADING_ON = {
    "actors.detail": Kind.ACTOR,
    "offers.detail": Kind.OFFER,
    "actors_api.detail": Kind.ACTOR,
    "offers_api.detail": Kind.OFFER,
}


@dataclass(frozen=True)
class Line:
    """A possible duplicate in the list, the entry proposed to stay first."""

    kind: str
    winner: EntryRow
    loser: EntryRow
    reasons: tuple[Reason, ...]


@pages.get("/<lang>/office/duplicates")
def listing(lang: str) -> Any:
    require(who(), Permission.ENTRY_MERGE, None)
    counts = finding.counts(who())
    first = next((kind for kind, count in (counts or {}).items() if count), Kind.ACTOR)
    kind = Kind(one_of("kind", Kind) or first)
    found, page = finding.candidates(who(), kind), page_number()
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "duplicates/list.html",
        listing=Listing(".listing", _lines(kind, shown), len(found), page, PER_PAGE),
        kind=kind,
        kinds=KINDS,
        counts=counts,
        statuses=dict(STATUSES),
        searching=counts is None,
    )


def _lines(kind: str, found: list[Candidate]) -> list[Line]:
    read = queries.actor_rows if kind == Kind.ACTOR else queries.offer_rows
    rows = read(uuid for each in found for uuid in (each.first, each.second))
    return [_line(kind, each, rows) for each in found]


def _line(kind: str, found: Candidate, rows: Mapping[UUID, EntryRow]) -> Line:
    loser, winner = sorted((rows[found.first], rows[found.second]), key=_worth)
    return Line(kind, winner, loser, found.likeness.reasons)


def _worth(row: EntryRow) -> tuple[bool, date]:
    """Say which of two entries should rather stay: what is public, what was confirmed later."""
    return row.status == "published", row.last_confirmed or date.min


@pages.get("/<lang>/office/duplicates/<kind>/<uuid:winner>/<uuid:loser>")
def compare(lang: str, kind: str, winner: UUID, loser: UUID) -> Any:
    return _page(Pair(kind, winner, loser))


@pages.post("/<lang>/office/duplicates/<kind>/<uuid:winner>/<uuid:loser>")
@writes
def merge(lang: str, kind: str, winner: UUID, loser: UUID) -> Any:
    pair = Pair(kind, winner, loser, (version("version_winner"), version("version_loser")))
    merging.load_entries(who(), kind, [winner, loser])
    names = choosable(SCHEMAS[Kind(kind)](audience="office"))
    taken = [name for name in names if request.form.get(f"take.{name}") == "loser"]
    outcome = attempt(lambda: services.merge(who(), pair, taken))
    if not outcome.saved:
        return _page(pair, outcome), outcome.status
    flash(_("Merged. The other entry is archived, and its address leads here."), "success")
    return redirect(url_for(".merged", lang=lang))


@pages.post("/<lang>/office/duplicates/<kind>/<uuid:winner>/<uuid:loser>/apart")
@writes
def tell_apart(lang: str, kind: str, winner: UUID, loser: UUID) -> Any:
    services.tell_apart(who(), kind, winner, loser)
    flash(_("Noted: these two are not the same."), "success")
    return redirect(url_for(".listing", lang=lang, kind=kind))


@pages.get("/<lang>/office/duplicates/merged")
def merged(lang: str) -> Any:
    require(who(), Permission.ENTRY_MERGE, None)
    return _merged()


@pages.post("/<lang>/office/duplicates/merged/<uuid:uuid>/undo")
@writes
def undo(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.take_apart(who(), uuid))
    if not outcome.saved:
        return _merged(outcome), outcome.status
    flash(_("Taken apart again. Both entries are as they were."), "success")
    return redirect(url_for(".merged", lang=lang))


def _merged(outcome: Outcome | None = None) -> str:
    page = page_number()
    rows, total = queries.mergings(who(), page=page, per_page=PER_PAGE)
    refused = list(outcome.errors.get("undo", ())) if outcome else []
    if outcome and outcome.theirs is not None:
        refused.append(_("Somebody else took these two apart already."))
    return render_template(
        "duplicates/merged.html",
        listing=Listing(".merged", rows, total, page, PER_PAGE),
        refused=refused,
        zone=i18n.ZONE,
    )


def _page(pair: Pair, outcome: Outcome | None = None) -> str:
    winner, loser = merging.load_entries(who(), pair.kind, [pair.winner, pair.loser])
    schema = SCHEMAS[Kind(pair.kind)](audience="office")
    mine, theirs = schema.dump(winner), schema.dump(loser)
    actor = winner if isinstance(winner, Actor) else winner.actor
    choices = Offered(who(), winner.region, {"mine": mine, "theirs": theirs}, actor)
    return render_template(
        "duplicates/compare.html",
        kind=pair.kind,
        winner=winner,
        loser=loser,
        sides=sides(schema, (mine, theirs), choices, _chosen()),
        along=_along(pair.kind, winner, loser),
        actors=() if isinstance(winner, Actor) else (winner.actor, loser.actor),
        statuses=dict(STATUSES),
        overtaken=outcome is not None and outcome.theirs is not None,
        problems=_problems(outcome.errors) if outcome else [],
    )


def _chosen() -> Mapping[str, str]:
    return {name[5:]: value for name, value in request.form.items() if name.startswith("take.")}


def _problems(errors: Mapping[Any, Any]) -> list[str]:
    told = [
        text for texts in errors.values() for text in (texts if isinstance(texts, list) else [])
    ]
    return [str(text) for text in told] or [_("Some details are not right. Please check them.")]


def _along(kind: str, winner: Any, loser: Any) -> list[dict[str, Any]]:
    """Return what will go along, named as far as there is room."""
    found = []
    for pointer in merging.pointers(kind):
        rows = merging.fitting(pointer, merging.load_pointing(pointer, loser.id), winner.id)
        if rows:
            label = ALONG.get(pointer.table, _("Further details"))
            names = [name for name in map(_named, rows[:SHOWN]) if name]
            found.append({"label": label, "count": len(rows), "names": names})
    return found


def _named(row: Any) -> str:
    """Return the name of something that goes along, "" where it has none to be shown."""
    named = getattr(row, "place", row)
    return str(named) if type(named).__tablename__ in NAMED else ""


def lead_on(response: Response) -> Response:
    """Send who asks for a merged entry to the one it went into, if that one is public."""
    endpoint, values = request.endpoint or "", request.view_args or {}
    kind = LEADING_ON.get(endpoint)
    if response.status_code not in {404, 410} or kind is None:
        return response
    found = queries.leads_to(who(), kind, values["uuid"], date.today())
    if found is None:
        return response
    moved = make_response(redirect(url_for(endpoint, **{**values, "uuid": found}), 301))
    moved.cache_control.no_cache = True  # a merge may be undone
    return moved


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.after_request(lead_on)
