"""The office keeps its series of conferences: rhythm, rotation, and good days."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.conferences import queries as conferences
from registry.conferences.choices import Choices
from registry.conferences.models import DutyKind
from registry.conferences.series import queries, services
from registry.conferences.series.models import Series
from registry.conferences.series.schemas import DUTIES, SECTIONS, AvoidedSchema, SeriesSchema
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.web import writes
from registry.network import queries as network

pages = Blueprint("conference_series", __name__)


@pages.get("/<lang>/office/conferences/series")
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    archived = request.args.get("archived") == "1"
    rows = queries.listed(who(), _today(), archived=archived)
    return render_template("conferences/series/list.html", rows=rows, archived=archived)


@pages.get("/<lang>/office/conferences/series/<uuid:uuid>")
def detail(lang: str, uuid: UUID) -> Any:
    """Show how a series stands, good days for the next conference, turns, and what was."""
    found, today = queries.load_series(who(), uuid), _today()
    stands = queries.rhythm_of(found, today)
    proposed = queries.next_days(found, today)
    wanted = conferences.ConferenceFilter(series=found.uuid, sort="-day")
    rows, total = conferences.office_list(who(), wanted, today, per_page=50)
    return render_template(
        "conferences/series/detail.html",
        series=found,
        rhythm=stands,
        proposals=proposed,
        known=queries.knows_school(found.region, proposed or [stands.due or today]),
        turns=queries.next_turns(found),
        order={kind: [t.actor for t in found.turns if t.kind == kind] for kind in DutyKind},
        duties=dict(DUTIES),
        conferences=rows,
        total=total,
        today=today,
    )


@pages.get("/<lang>/office/conferences/series/new")
def new(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.CONFERENCE_EDIT, In(region))
    return _form(region, None, {"months": 6})


@pages.post("/<lang>/office/conferences/series/new")
@writes
def new_submitted(lang: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(lambda: services.create(who(), region, given(_schema())))
    if not outcome.saved:
        return _form(region, None, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=outcome.saved.uuid))


@pages.get("/<lang>/office/conferences/series/<uuid:uuid>/edit")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_series(who(), uuid)
    require(who(), Permission.CONFERENCE_EDIT, found)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/conferences/series/<uuid:uuid>/edit")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if not outcome.saved:
        found = queries.load_series(who(), uuid)
        return _form(found.region, found, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/conferences/series/<uuid:uuid>/archive")
@writes
def archive(lang: str, uuid: UUID) -> Any:
    services.archive(who(), uuid, version(), _today())
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/conferences/series/<uuid:uuid>/restore")
@writes
def restore(lang: str, uuid: UUID) -> Any:
    services.restore(who(), uuid)
    flash(_("Restored."), "success")
    return redirect(url_for(".detail", lang=lang, uuid=uuid))


@pages.get("/<lang>/office/conferences/days")
def avoided(lang: str) -> Any:
    """Show the school holidays that are known and what else conferences avoid."""
    require(who(), Permission.CONFERENCE_READ, None)
    return _avoided({})


@pages.post("/<lang>/office/conferences/days")
@writes
def avoided_submitted(lang: str) -> Any:
    schema, region = AvoidedSchema(audience="office"), network.region_of(who())
    outcome = attempt(lambda: services.avoid(who(), region, given(schema)))
    if not outcome.saved:
        return _avoided(typed(schema), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".avoided", lang=lang))


@pages.post("/<lang>/office/conferences/days/<uuid:uuid>/delete")
@writes
def avoided_deleted(lang: str, uuid: UUID) -> Any:
    services.avoid_no_more(who(), uuid)
    flash(_("Deleted."), "success")
    return redirect(url_for(".avoided", lang=lang))


def _avoided(data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    region = network.region_of(who())
    schema = AvoidedSchema(audience="office")
    return render_template(
        "conferences/series/avoided.html",
        sheet=sheet(schema, {"": _("Further days")}, data, Choices(who(), region, data), outcome),
        own=queries.avoided(region),
        school=[each for each in queries.school_holidays(region) if each.last >= _today()],
        editable=may("conference.edit", In(region)),
    )


def _schema() -> SeriesSchema:
    return SeriesSchema(audience="office")


def _form(
    region: str, row: Series | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    held = tuple(each.actor for each in row.turns) if row else ()
    choices = Choices(who(), region, data, held=held)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template("conferences/series/edit.html", sheet=made, row=row)


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
