"""The office keeps the venues of its conferences."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.schemas import ANSWERS
from registry.conferences.choices import Choices
from registry.conferences.venues import queries, services
from registry.conferences.venues.models import Venue
from registry.conferences.venues.schemas import SECTIONS, VenueSchema
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network import queries as network

pages = Blueprint("conference_venues", __name__)
PER_PAGE = 50


@pages.get("/<lang>/office/conferences/venues")
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    sort, page = one_of("sort", sorts) or "name", page_number()
    archived = request.args.get("archived") == "1"
    rows, total = queries.office_list(
        who(), archived=archived, sort=sort, page=page, per_page=PER_PAGE
    )
    return render_template(
        "conferences/venues/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, sort),
        archived=archived,
        answers=dict(ANSWERS),
    )


@pages.get("/<lang>/office/conferences/venues/new")
def new(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.CONFERENCE_EDIT, In(region))
    return _form(region, None, {})


@pages.post("/<lang>/office/conferences/venues/new")
@writes
def new_submitted(lang: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(lambda: services.create(who(), region, given(_schema())))
    if not outcome.saved:
        return _form(region, None, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get("/<lang>/office/conferences/venues/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_venue(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/conferences/venues/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if not outcome.saved:
        found = queries.load_venue(who(), uuid)
        return _form(found.region, found, typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".edit", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/conferences/venues/<uuid:uuid>/archive")
@writes
def archive(lang: str, uuid: UUID) -> Any:
    services.archive(who(), uuid, version(), i18n.local_now().date())
    return redirect(url_for(".edit", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/conferences/venues/<uuid:uuid>/restore")
@writes
def restore(lang: str, uuid: UUID) -> Any:
    services.restore(who(), uuid)
    flash(_("Restored."), "success")
    return redirect(url_for(".edit", lang=lang, uuid=uuid))


def _schema() -> VenueSchema:
    return VenueSchema(audience="office")


def _form(
    region: str, row: Venue | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Choices(who(), region, data, held=(row.host,) if row else ())
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "conferences/venues/edit.html",
        sheet=made,
        row=row,
        editable=may("conference.edit", row or In(region)),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
