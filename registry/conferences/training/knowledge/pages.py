"""What an officer must know: the list to read and print, and its form."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.conferences.choices import Choices
from registry.conferences.training.knowledge import queries, services
from registry.conferences.training.knowledge.schemas import SECTIONS, ChecklistSchema
from registry.config import resource_dir
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.tables import read_yaml
from registry.core.web import writes
from registry.network import queries as network

pages = Blueprint("conference_knowledge", __name__)
ADDRESS = "/<lang>/office/conferences/knowledge"


@pages.get(ADDRESS)
def points(lang: str) -> Any:
    require(who(), Permission.CONFERENCE_READ, None)
    region = network.region_of(who())
    return render_template(
        "conferences/training/knowledge.html",
        points=queries.load_checklist(who(), region).points if region else [],
        editable=bool(region) and may("conference.edit", In(region)),
    )


@pages.get(f"{ADDRESS}/edit")
def edit(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.CONFERENCE_EDIT, In(region))
    return _form(_schema().dump(queries.load_checklist(who(), region)))


@pages.post(f"{ADDRESS}/edit")
@writes
def edit_submitted(lang: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(
        lambda: services.set_points(who(), region, version(), given(_schema())["points"])
    )
    if not outcome.saved:
        return _form(typed(_schema()), outcome), outcome.status
    flash(_("Saved."), "success")
    return redirect(url_for(".points", lang=lang))


@pages.post(f"{ADDRESS}/propose")
@writes
def propose(lang: str) -> Any:
    """Add the points that every officer must know."""
    entries = read_yaml(resource_dir("seed_data") / "knowledge.yaml")
    services.propose(who(), network.region_of(who()), entries)
    flash(_("Saved."), "success")
    return redirect(url_for(".points", lang=lang))


def _schema() -> ChecklistSchema:
    return ChecklistSchema(audience="office")


def _form(data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    region = network.region_of(who())
    found = queries.load_checklist(who(), region)
    choices = Choices(who(), region, data)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    return render_template(
        "conferences/training/points.html",
        sheet=beside(made, _schema(), found, choices, outcome),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
