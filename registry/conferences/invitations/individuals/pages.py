"""The office keeps those who are invited in person, with their consent."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered
from registry.conferences.invitations.individuals import queries, services
from registry.conferences.invitations.individuals.schemas import SECTIONS, IndividualSchema
from registry.conferences.invitations.models import Form, Individual
from registry.conferences.invitations.wording import BESIDE
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes

pages = Blueprint("conference_individuals", __name__)
ROOM = "/<lang>/office/conferences/individuals"
PER_PAGE = 50


@pages.get(ROOM)
def listing(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_EDIT, In(queries.region_of(who())))
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    wanted = queries.Wanted(one_of("category", BESIDE), one_of("sort", sorts) or "name")
    page = page_number()
    rows, total = queries.listed(who(), wanted, page=page, per_page=PER_PAGE)
    return render_template(
        "conferences/invitations/individuals.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, wanted.sort),
        wanted=wanted,
        categories=BESIDE,
    )


@pages.get(f"{ROOM}/new")
def new(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_EDIT, In(queries.region_of(who())))
    return _form(None, {"form": Form.NEUTRAL.value})


@pages.post(f"{ROOM}/new")
@writes
def new_submitted(lang: str) -> Any:
    region = queries.region_of(who())
    outcome = attempt(lambda: services.enter(who(), region, given(_schema()), _today()))
    return _done(lang) if outcome.saved else (_form(None, typed(_schema()), outcome), 422)


@pages.get(f"{ROOM}/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_individual(who(), uuid)
    return _form(found, _schema().dump(found))


@pages.post(f"{ROOM}/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema()), _today()))
    if outcome.saved:
        return _done(lang)
    found = queries.load_individual(who(), uuid)
    return _form(found, typed(_schema()), outcome), outcome.status


@pages.post(f"{ROOM}/<uuid:uuid>/withdraw")
@writes
def withdraw(lang: str, uuid: UUID) -> Any:
    services.withdraw_consent(who(), uuid, version(), _today())
    return _done(lang)


@pages.post(f"{ROOM}/<uuid:uuid>/consent")
@writes
def consent(lang: str, uuid: UUID) -> Any:
    services.consent_again(who(), uuid, version())
    return _done(lang)


@pages.post(f"{ROOM}/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    services.delete(who(), uuid, version())
    flash(_("Deleted."), "success")
    return redirect(url_for(".listing", lang=lang))


def _done(lang: str) -> Any:
    flash(_("Saved."), "success")
    return redirect(url_for(".listing", lang=lang))


def _schema() -> IndividualSchema:
    return IndividualSchema(audience="office")


def _today() -> date:
    return i18n.local_now().date()


def _form(row: Individual | None, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    choices = Offered(who(), queries.region_of(who()), data)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template("conferences/invitations/individual.html", sheet=made, row=row)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
