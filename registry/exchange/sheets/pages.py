"""The office's pages for imports and exports."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    after_this_request,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import In, may, require
from registry.actors import queries as actors
from registry.actors.due.queries import DUE as ACTORS_DUE
from registry.actors.editing.choices import home_region
from registry.actors.queries import ActorFilter
from registry.actors.schemas import STATUSES
from registry.core import i18n
from registry.core.editing import Outcome, attempt
from registry.core.errors import Invalid, NotFound
from registry.core.listing import Listing, as_uuid, one_of, page_number
from registry.core.web import large_body, writes
from registry.exchange.sheets import handing_out, queries, steps, stock, uploads
from registry.exchange.sheets.columns import PART_TITLES, SHEETS
from registry.exchange.sheets.models import ImportRun, State
from registry.exchange.sheets.reports import KINDS, read_report
from registry.offers import queries as offers
from registry.offers.due.queries import DUE as OFFERS_DUE
from registry.offers.queries import OfficeFilter
from registry.vocabulary import queries as vocabulary

pages = Blueprint("imports", __name__)
PER_PAGE = 50
SHEET_NAMES = {
    "flat": _l("Offers with actor, place and contact in one row"),
    "offers": _l("Offers"),
    "actors": _l("Actors"),
    "places": _l("Places"),
    "contacts": _l("Contacts"),
}
STATES = {
    State.UPLOADED: _l("columns to be chosen"),
    State.CHECKING: _l("is being checked"),
    State.CHECKED: _l("checked, not yet imported"),
    State.APPLYING: _l("is being imported"),
    State.DONE: _l("imported"),
    State.DISCARDED: _l("discarded"),
}
MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pages.get("/<lang>/office/imports")
def listing(lang: str) -> Any:
    require(who(), Permission.DATA_IMPORT, None)
    return _listing()


@pages.post("/<lang>/office/imports")
@writes
@large_body
def upload(lang: str) -> Any:
    outcome = attempt(_begun)
    if outcome.saved:
        return redirect(url_for(".show", lang=lang, uuid=outcome.saved.uuid))
    return _listing(outcome), outcome.status


@pages.get("/<lang>/office/imports/<uuid:uuid>")
def show(lang: str, uuid: UUID) -> Any:
    run = _mine(uuid)
    if run.state == State.UPLOADED:
        return _mapping(run)
    return _report(run)


@pages.get("/<lang>/office/imports/<uuid:uuid>/columns")
def columns(lang: str, uuid: UUID) -> Any:
    run = _mine(uuid)
    if run.state not in (State.UPLOADED, State.CHECKED):
        return redirect(url_for(".show", lang=lang, uuid=uuid))
    return _mapping(run)


@pages.post("/<lang>/office/imports/<uuid:uuid>/columns")
@writes
def columns_chosen(lang: str, uuid: UUID) -> Any:
    width = len(_mine(uuid).header)
    mapping = [request.form.get(f"column-{number}", "") for number in range(width)]
    options = {
        "publish": bool(request.form.get("publish")),
        "source": request.form.get("source", "").strip()[:100],
        "constants": {"offer.fields": request.form.get("field", "")},
    }
    outcome = attempt(lambda: _begun_to(steps.choose(who(), uuid, mapping, options)))
    if outcome.saved:
        return redirect(url_for(".show", lang=lang, uuid=uuid))
    return _mapping(_mine(uuid), mapping, outcome), outcome.status


@pages.post("/<lang>/office/imports/<uuid:uuid>/apply")
@writes
def apply(lang: str, uuid: UUID) -> Any:
    _begun_to(steps.apply(who(), uuid))
    return redirect(url_for(".show", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/imports/<uuid:uuid>/again")
@writes
def again(lang: str, uuid: UUID) -> Any:
    _begun_to(steps.again(who(), uuid))
    return redirect(url_for(".show", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/imports/<uuid:uuid>/discard")
@writes
def discard(lang: str, uuid: UUID) -> Any:
    steps.discard(who(), uuid)
    flash(_("The file has been removed."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get("/<lang>/office/imports/<uuid:uuid>/rejected")
def rejected(lang: str, uuid: UUID) -> Any:
    run = _mine(uuid)
    path = uploads.path_of(run.uuid, "rejected")
    if not path.exists():
        raise NotFound
    name = _("not-imported") + f".{run.form}"
    return send_file(
        path.resolve(), mimetype=MIMETYPES[run.form], as_attachment=True, download_name=name
    )


@pages.get("/<lang>/office/imports/template/<sheet>")
def template(lang: str, sheet: str) -> Any:
    """Hand out an empty sheet with an example and what its columns mean."""
    require(who(), Permission.DATA_IMPORT, None)
    if sheet not in SHEETS:
        raise NotFound
    file = BytesIO(handing_out.template(sheet))
    name = _("template") + f"-{sheet}.xlsx"
    return send_file(file, mimetype=MIMETYPES["xlsx"], as_attachment=True, download_name=name)


@pages.post("/<lang>/office/exports")
@writes
def export(lang: str) -> Any:
    """Hand out the sheet of all that a list shows: its filters come along."""
    form = "xlsx" if request.form.get("form") == "xlsx" else "csv"
    sheet = request.form.get("sheet", "")
    if sheet not in SHEETS:
        raise NotFound
    file = handing_out.handed_out(who(), sheet, _listed(sheet), form)
    return send_file(
        file, mimetype=MIMETYPES[form], as_attachment=True, download_name=f"{sheet}.{form}"
    )


def _listed(sheet: str) -> Sequence[int]:
    """Return what the list shows that this request came from: its filters came along."""
    q, right = request.args.get("q", ""), Permission.DATA_EXPORT
    status = one_of("status", [key for key, _label in STATUSES])
    if "offer" in SHEETS[sheet]:
        field = one_of("field", vocabulary.schemes().get("field", ()))
        actor, due = as_uuid(request.args.get("actor")), one_of("due", OFFERS_DUE)
        wanted = OfficeFilter(q=q, status=status, field=field, actor=actor, due=due)
        return offers.listed(who(), wanted, date.today(), right)
    category = one_of("category", vocabulary.schemes().get("category", ()))
    chosen = (category,) if category else ()
    due = one_of("due", ACTORS_DUE)
    return actors.listed(who(), ActorFilter(q, chosen, status, due), right)


def _begun() -> ImportRun:
    region = home_region(who())
    sheet = request.form.get("sheet", "")
    file, text = request.files.get("file"), request.form.get("text", "").strip()
    if file and file.filename:
        return steps.begin(who(), region, sheet, file.filename, file.stream)  # type: ignore[arg-type]
    if text:
        pasted = BytesIO(text.encode("utf-8", "replace"))
        return steps.begin(who(), region, sheet, _("pasted table"), pasted)
    raise Invalid({"file": [_("Please choose a file or paste a table.")]})


def _begun_to(run: ImportRun) -> ImportRun:
    """Leave a large file to a process of its own, as soon as this request has been committed."""

    @after_this_request
    def follow(response: Any) -> Any:
        if response.status_code < 400 and run.state in steps.UNDER_WAY:
            steps.process_for(run)
        elif response.status_code < 400 and run.state == State.DONE:
            uploads.remove(run.uuid, "upload", "lock")
        return response

    return run


def _mine(uuid: UUID) -> ImportRun:
    require(who(), Permission.DATA_IMPORT, None)
    return queries.load_run(who(), uuid)


def _listing(outcome: Outcome | None = None) -> str:
    page, under_way = page_number(), bool(request.args.get("under_way"))
    rows, total = queries.runs(who(), under_way=under_way, page=page, per_page=PER_PAGE)
    return render_template(
        "imports/list.html",
        under_way=under_way,
        listing=Listing(".listing", rows, total, page, PER_PAGE),
        sheets=SHEET_NAMES,
        states=STATES,
        errors=outcome.errors if outcome else {},
        chosen=request.form.get("sheet", "flat"),
        text=request.form.get("text", ""),
    )


def _mapping(
    run: ImportRun, mapping: list[str] | None = None, outcome: Outcome | None = None
) -> str:
    known = stock.columns(run.sheet)
    groups = {
        title: [each for each in known if each.part == part] for part, title in PART_TITLES.items()
    }
    language = i18n.current().tag
    return render_template(
        "imports/columns.html",
        run=run,
        mapping=mapping if mapping is not None else run.mapping,
        samples=run.options.get("samples", []),
        groups={title: found for title, found in groups.items() if found},
        fields=[(t.label("de").body, t.label(language).body) for t in vocabulary.terms("field")],
        errors=outcome.errors if outcome else {},
        told=request.form if outcome else run.options,
        may_publish=may(who(), Permission.ENTRY_REVIEW, In(run.region)),
        sheets=SHEET_NAMES,
    )


def _report(run: ImportRun) -> str:
    page, kind = page_number(), one_of("kind", KINDS)
    path = uploads.path_of(run.uuid, "report")
    found, total = read_report(path, kind, page, PER_PAGE)
    working = run.state in steps.UNDER_WAY
    return render_template(
        "imports/run.html",
        run=run,
        listing=Listing(".show", found, total, page, PER_PAGE),
        kind=kind,
        states=STATES,
        sheets=SHEET_NAMES,
        working=working,
        interrupted=working and steps.is_interrupted(run),
        has_rejected=uploads.path_of(run.uuid, "rejected").exists(),
        has_file=uploads.path_of(run.uuid, "upload").exists(),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
