"""How tasks go on: one of them with all that led to it, and those of all conferences."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask import send_file as sent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.conferences.decisions import queries, services
from registry.conferences.decisions.following import extracts
from registry.conferences.decisions.following import queries as following
from registry.conferences.decisions.following.queries import SHOWN, SORTS, TaskFilter
from registry.conferences.decisions.pages import ROOM, pages
from registry.conferences.decisions.schemas import EndingSchema, ReportSchema
from registry.conferences.decisions.wording import (
    COMMITMENTS,
    ENDINGS,
    KINDS,
    LACKS,
    LIGHTS,
    STATES,
    WAYS,
)
from registry.core import i18n
from registry.core.editing import Outcome, attempt, given, sheet, typed, version
from registry.core.errors import NotFound
from registry.core.forms import RecordSchema
from registry.core.listing import Listing, as_uuid, one_of, page_number
from registry.core.web import writes
from registry.network.findings import wording as findings
from registry.regions import queries as regions

PER_PAGE = 50
MOST = 500  # tasks of an extract
SHOW = {
    "late": _l("late"),
    "open": _l("open"),
    "unagreed": _l("not agreed yet"),
    "silent": _l("promised, no report"),
    "ended": _l("carried out or given up"),
}


@pages.get(f"{ROOM}/tasks")
def listing(lang: str) -> Any:
    """Show the tasks of all conferences, or an extract of them."""
    wanted, page = _wanted(), page_number()
    rows, total = following.listed(who(), wanted, _today(), page=page, per_page=PER_PAGE)
    places = regions.names(following.municipalities(who()))
    return render_template(
        "conferences/decisions/listing.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, wanted.sort or "due"),
        wanted=wanted,
        show={key: SHOW[key] for key in SHOWN},
        organisations=following.organisations(who()),
        municipalities=sorted(places.items(), key=lambda each: each[1]),
        states=STATES,
        lacks=LACKS,
        lights=LIGHTS,
    )


@pages.get(f"{ROOM}/tasks/extract.pdf")
def extract(lang: str) -> Any:
    """Hand out the open tasks of one organisation or municipality as a document to take along."""
    wanted = _wanted()
    whose = _whose(wanted)
    only = TaskFilter("open", wanted.actor, wanted.municipality)
    rows, _total = following.listed(who(), only, _today(), per_page=MOST)
    file = extracts.pdf(whose, rows, wanted.actor, i18n.local_now())
    answer = sent(
        BytesIO(file),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=_("Your tasks") + ".pdf",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _whose(wanted: TaskFilter) -> str:
    """Return whose tasks an extract holds; NotFound where that is nobody's who is known here."""
    if wanted.actor:
        names = dict(following.organisations(who()))
        name = names.get(str(wanted.actor))
    else:
        known = set(following.municipalities(who())) & {wanted.municipality}
        name = regions.names(known).get(wanted.municipality)
    if name is None:
        raise NotFound
    return name


def _wanted() -> TaskFilter:
    sorts = [*SORTS, *(f"-{name}" for name in SORTS)]
    ags = request.args.get("municipality", "")
    return TaskFilter(
        one_of("show", SHOWN),
        as_uuid(request.args.get("actor")),
        ags if ags.isdecimal() and len(ags) <= 8 else "",
        one_of("sort", sorts),
    )


@pages.get(f"{ROOM}/tasks/<uuid:uuid>")
def task(lang: str, uuid: UUID) -> Any:
    return _page(uuid)


@pages.post(f"{ROOM}/tasks/<uuid:uuid>/report")
@writes
def report(lang: str, uuid: UUID) -> Any:
    schema = ReportSchema(audience="office")
    return _done(lang, uuid, "report", schema, lambda: services.report(who(), uuid, given(schema)))


@pages.post(f"{ROOM}/tasks/<uuid:uuid>/end")
@writes
def end(lang: str, uuid: UUID) -> Any:
    schema = EndingSchema(audience="office")

    def ended() -> Any:
        told = given(schema)
        return services.end(who(), uuid, version(), told["ending"], told["reason"], _today())

    return _done(lang, uuid, "end", schema, ended)


@pages.post(f"{ROOM}/tasks/<uuid:uuid>/reopen")
@writes
def reopen(lang: str, uuid: UUID) -> Any:
    services.reopen(who(), uuid)
    return redirect(url_for(".task", lang=lang, uuid=uuid))


@pages.post(f"{ROOM}/tasks/<uuid:uuid>/delete")
@writes
def delete_task(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.delete_task(who(), uuid, version()))
    if not outcome.saved:
        return _page(uuid, "delete", {}, outcome), outcome.status
    flash(_("Deleted."), "success")
    return redirect(url_for(".overview", lang=lang, uuid=outcome.saved.uuid))


def _done(lang: str, uuid: UUID, form: str, schema: RecordSchema, act: Callable[[], Any]) -> Any:
    outcome = attempt(act)
    if not outcome.saved:
        return _page(uuid, form, typed(schema), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".task", lang=lang, uuid=uuid))


def _page(
    uuid: UUID,
    form: str = "",
    data: Mapping[str, Any] | None = None,
    outcome: Outcome | None = None,
) -> str:
    found = queries.load_task(who(), uuid)
    (row,) = queries.standings([found], _today())
    finding = found.card.finding if found.card else None
    forms: dict[str, type[RecordSchema]] = {"report": ReportSchema, "end": EndingSchema}
    sheets = {
        name: sheet(
            kind(audience="office"),
            {"": ""},
            data if form == name and data else {},
            lambda _kind: (),
            outcome if form == name else None,
        )
        for name, kind in forms.items()
    }
    return render_template(
        "conferences/decisions/task.html",
        conference=found.conference,
        row=row,
        task=found,
        sheets=sheets,
        outcome=outcome,
        reports=queries.load_reports(found),
        requests=queries.load_requests(found),
        finding=next(iter(findings.told([finding])), None) if finding else None,
        mine=may(Permission.CONFERENCE_MINUTES.value, found),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "states": STATES,
        "lacks": LACKS,
        "lights": LIGHTS,
        "commitments": COMMITMENTS,
        "kinds": KINDS,
        "endings": ENDINGS,
        "ways": WAYS,
    }


def _today() -> date:
    return i18n.local_now().date()
