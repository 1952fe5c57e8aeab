"""The office's pages about actors."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, jsonify, render_template, request
from flask_babel import lazy_gettext as _l

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors import queries, services
from registry.actors.due.queries import DUE
from registry.actors.editing.choices import Offered, home_region
from registry.actors.editing.desk import Desk, looked_at, standing
from registry.actors.editing.undo import archived
from registry.actors.models import Actor
from registry.actors.pages import page_for_everyone
from registry.actors.schemas import SECTIONS, STATUSES, ActorSchema
from registry.core import i18n
from registry.core.editing import (
    Outcome,
    attempt,
    beside,
    given,
    sheet,
    typed,
    version,
)
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.regions import queries as regions
from registry.upkeep.duplicates.saving.queries import unlike
from registry.vocabulary import queries as vocabulary

pages = Blueprint("actors_editing", __name__)
SORTS = ("name", "category", "status", "last_confirmed")
PER_PAGE = 50
DUES = [
    ("category", _l("without a category")),
    ("contact", _l("without a contact")),
    ("coordinates", _l("without coordinates")),
]


def schema() -> ActorSchema:
    return ActorSchema(audience="office")


@pages.get("/<lang>/office/actors")
def office_list(lang: str) -> Any:
    require(who(), Permission.ACTOR_READ, None)
    wanted = wanted_actors()
    sort = one_of("sort", [*SORTS, *(f"-{name}" for name in SORTS)]) or "name"
    page = page_number()
    rows, total = queries.office_list(who(), wanted, sort=sort, page=page, per_page=PER_PAGE)
    listing = Listing(".office_list", rows, total, page, PER_PAGE, sort)
    return render_template(
        "actors/editing/list.html",
        listing=listing,
        wanted=wanted,
        statuses=STATUSES,
        dues=DUES,
        archived=archived(queries.load_actor, Permission.ACTOR_EDIT),
    )


def wanted_actors() -> queries.ActorFilter:
    """Return what the address of the list asks for."""
    category = one_of("category", vocabulary.keys("category"))
    return queries.ActorFilter(
        q=request.args.get("q", ""),
        status=one_of("status", [key for key, _label in STATUSES]),
        categories=tuple(vocabulary.present_keys("category", [category] if category else [])),
        due=one_of("due", DUE),
    )


@pages.get("/<lang>/office/actors/new")
def new(lang: str) -> Any:
    """Show an empty form, or one for somebody who was named elsewhere."""
    require(who(), Permission.ACTOR_CREATE, None)
    return _form(None, {"name": request.args.get("name", "")[:200]})


@pages.post("/<lang>/office/actors/new")
@writes
def new_submitted(lang: str) -> Any:
    require(who(), Permission.ACTOR_CREATE, None)
    outcome = attempt(
        lambda: DESK.then(
            unlike(
                who(),
                services.create_actor(who(), home_region(who()), given(schema())),
                sure="anyway" in request.args,
            )
        )
    )
    if outcome.saved:
        return DESK.saved(lang, outcome.saved)
    return _form(None, typed(schema()), outcome), outcome.status


@pages.get("/<lang>/office/actors/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    return DESK.form(_editable(uuid))


@pages.post("/<lang>/office/actors/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(
        lambda: DESK.then(services.update_actor(who(), uuid, version(), given(schema())))
    )
    if outcome.saved:
        return DESK.saved(lang, outcome.saved)
    return _form(_editable(uuid), typed(schema()), outcome), outcome.status


@pages.post("/<lang>/office/actors/<uuid:uuid>/preview")
@writes
def preview(lang: str, uuid: UUID) -> Any:
    """Show what is typed as everyone would see it, and save nothing."""
    return looked_at(
        lambda: services.preview_actor(who(), uuid, given(schema())), page_for_everyone, schema()
    )


@pages.get("/<lang>/office/proposal")
def proposal(lang: str) -> Any:
    """Propose coordinates and town for a postcode and a municipality, as JSON."""
    require(who(), Permission.ACTOR_EDIT, None)
    postcode = request.args.get("postcode", "").strip()
    code = postcode if postcode.isdecimal() and len(postcode) == 5 else None
    candidates = regions.municipalities_of_postcode(code) if code else []
    ags = request.args.get("municipality", "")
    chosen = ags if ags.isdecimal() else candidates[0].ags if len(candidates) == 1 else None
    found = regions.coordinates(chosen, code)
    return jsonify(
        lat=found[0] if found else None,
        lon=found[1] if found else None,
        city=regions.names([chosen]).get(chosen, "") if chosen else "",
        municipality=chosen or "",
        municipalities=[{"ags": each.ags, "name": each.name} for each in candidates],
    )


def _editable(uuid: UUID) -> Actor:
    actor = queries.load_actor(who(), uuid)
    require(who(), Permission.ACTOR_EDIT, actor)
    return actor


def _form(actor: Actor | None, data: Mapping[str, Any], outcome: Outcome | None = None) -> str:
    region = actor.region if actor else home_region(who())
    choices = Offered(who(), region, data, actor)
    made = sheet(schema(), SECTIONS, data, choices, outcome)
    if actor:
        made = beside(made, schema(), actor, choices, outcome)
    return render_template(
        "actors/editing/edit.html",
        sheet=made,
        actor=actor,
        translating={"kind": "actor", "uuid": actor.uuid} if actor else None,
        standing=standing(actor) if actor else None,
        statuses=STATUSES,
        saved_at=actor.updated_at.astimezone(i18n.ZONE) if actor else None,
    )


DESK = Desk(
    life=services.ACTORS,
    services={
        "publish": services.publish_actor,
        "submit": services.submit_actor,
        "take_back": services.take_back_actor,
        "archive": services.archive_actor,
        "restore": services.restore_actor,
    },
    confirm=services.confirm_actor,
    editable=_editable,
    draw=_form,
    warnings=services.warnings,
)
DESK.register(pages, "actors")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
