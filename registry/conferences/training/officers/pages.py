"""The directory of integration officers: the office keeps it, everyone reads its public part."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.conferences.choices import Choices
from registry.conferences.training.models import Officer
from registry.conferences.training.officers import queries, services
from registry.conferences.training.officers.schemas import SECTIONS, OfficerSchema
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import public, writes
from registry.network import queries as network

pages = Blueprint("conference_officers", __name__)
ADDRESS = "/<lang>/office/conferences/officers"
PER_PAGE = 50


@pages.get("/<lang>/officers")
@public
def directory(lang: str) -> str:
    """Show everyone who is charged with integration where."""
    return render_template("conferences/training/directory.html", officers=queries.published())


@pages.get(ADDRESS)
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    sort, page = one_of("sort", sorts) or "municipality", page_number()
    rows, total = queries.office_list(who(), sort=sort, page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/training/officers.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, sort),
    )


@pages.get(f"{ADDRESS}/new")
def new(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.CONFERENCE_EDIT, In(region))
    return _form(region, None, {})


@pages.post(f"{ADDRESS}/new")
@writes
def new_submitted(lang: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(lambda: services.create(who(), region, given(_schema())))
    if not outcome.saved:
        return _form(region, None, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get(f"{ADDRESS}/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_officer(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post(f"{ADDRESS}/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if not outcome.saved:
        found = queries.load_officer(who(), uuid)
        return _form(found.region, found, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.post(f"{ADDRESS}/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    services.delete(who(), uuid, version())
    flash(_("Deleted."), "success")
    return redirect(url_for(".listing", lang=lang))


def _schema() -> OfficerSchema:
    return OfficerSchema(audience="office")


def _form(
    region: str, row: Officer | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Choices(who(), region, data, held=(row.actor,) if row else ())
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "conferences/training/officer.html",
        sheet=made,
        row=row,
        editable=may("conference.edit", row or In(region)),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
