"""Websites of others that help: the public list, and how the office keeps it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered, home_region
from registry.config import resource_dir
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.listing import Listing, page_number
from registry.core.tables import read_yaml
from registry.core.web import public, writes
from registry.resources import queries, services
from registry.resources.models import ExternalResource
from registry.resources.queries import Resource
from registry.resources.schemas import SECTIONS, ResourceSchema

pages = Blueprint("resources", __name__)
PER_PAGE = 50


@pages.get("/<lang>/websites")
@public
def current(lang: str) -> str:
    found = queries.published()
    language, topic = request.args.get("language", ""), request.args.get("topic", "")
    return render_template(
        "resources/current.html",
        resources=[each for each in found if _fits(each, language, topic)],
        languages=sorted({key for each in found for key in each.languages}),
        topics=sorted({key for each in found for key in each.topics}),
        language_wanted=language,
        topic_wanted=topic,
    )


@pages.get("/<lang>/office/websites")
def listing(lang: str) -> Any:
    require(who(), Permission.DESK_READ, None)
    page = page_number()
    rows, total = queries.office_list(who(), page=page, per_page=PER_PAGE)
    return render_template(
        "resources/list.html", listing=Listing(".listing", rows, total, page, PER_PAGE)
    )


@pages.post("/<lang>/office/websites/propose")
@writes
def propose(lang: str) -> Any:
    """Add well-known websites as drafts."""
    entries = read_yaml(resource_dir("seed_data") / "resources.yaml")
    services.propose(who(), home_region(who()), entries)
    flash(_("Added as drafts. Please open each address before you publish it."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get("/<lang>/office/websites/new")
def new(lang: str) -> Any:
    region = home_region(who())
    require(who(), Permission.ENTRY_REVIEW, In(region))
    return _form(region, None, {})


@pages.post("/<lang>/office/websites/new")
@writes
def new_submitted(lang: str) -> Any:
    region = home_region(who())
    outcome = attempt(lambda: services.recommend(who(), region, given(_schema())))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".listing", lang=lang))
    return _form(region, None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/websites/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_resource(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/websites/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    return _done(lang, uuid, outcome, typed(_schema()))


@pages.post("/<lang>/office/websites/<uuid:uuid>/opened")
@writes
def opened(lang: str, uuid: UUID) -> Any:
    today = i18n.local_now().date()
    return _done(lang, uuid, attempt(lambda: services.opened(who(), uuid, version(), today)))


@pages.post("/<lang>/office/websites/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.delete(who(), uuid, version()))
    if not outcome.saved:
        return _done(lang, uuid, outcome)
    flash(_("Deleted."), "success")
    return redirect(url_for(".listing", lang=lang))


def _done(lang: str, uuid: UUID, outcome: Outcome, data: Mapping[str, Any] | None = None) -> Any:
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))
    found = queries.load_resource(who(), uuid)
    page = _form(found.region, found, _schema().dump(found) if data is None else data, outcome)
    return page, outcome.status


def _fits(resource: Resource, language: str, topic: str) -> bool:
    speaks = not language or language in resource.languages
    return speaks and (not topic or topic in resource.topics)


def _schema() -> ResourceSchema:
    return ResourceSchema(audience="office")


def _form(
    region: str,
    row: ExternalResource | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
) -> str:
    choices = Offered(who(), region, data)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "resources/edit.html",
        sheet=made,
        row=row,
        editable=may("entry.review", row or In(region)),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
