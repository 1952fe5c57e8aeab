"""The office's pages about contact points: the list, the form, and what is not covered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.actors import queries as actors
from registry.actors.editing.choices import Offered
from registry.actors.models import Actor
from registry.audit.pages import spoken
from registry.audit.wording import VERBS
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import Option
from registry.core.listing import Listing, as_uuid, one_of, page_number
from registry.core.web import writes
from registry.designations import queries, services
from registry.designations.models import Designation
from registry.designations.responsibility import GROUPS, OLDEST, groups_of
from registry.designations.schemas import SECTIONS, DesignationSchema
from registry.regions import queries as regions
from registry.upkeep.history.queries import changes_of
from registry.vocabulary import queries as vocabulary

pages = Blueprint("designations", __name__)
PER_PAGE = 50
SHOWN_CHANGES = 10
STATES = {"now": _l("designated now"), "later": _l("not yet"), "ended": _l("ended")}
NAMES = {
    "right_to_stay": _l("Everyone with a right to stay"),
    "young": _l("Up to 26 years: youth migration service"),
    "adult": _l("From 27 years: migration advice for adults"),
    "asylum_benefits": _l("With asylum seekers' benefits"),
}


@dataclass(frozen=True)
class Choices(Offered):
    """What the form of a designation offers: the offers of its actor, the areas of its register."""

    def _offer(self) -> Iterable[Option]:
        found = queries.load_offers_of(self.own) if self.own else ()
        return [(str(each.uuid), str(each.title.shown(i18n.current().tag))) for each in found]

    def _area(self) -> Iterable[Option]:
        options = [*regions.names([self.region]).items(), *self._own_municipalities()]
        return self._with(options, set(self.data.get("areas") or ()))


@pages.get("/<lang>/office/contact-points")
def listing(lang: str) -> Any:
    require(who(), Permission.DESK_READ, None)
    state, page = one_of("state", STATES), page_number()
    rows, total = queries.office_list(who(), state, _today(), page=page, per_page=PER_PAGE)
    names = regions.names({area.ags for row in rows for area in row.areas})
    return render_template(
        "designations/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE),
        state=state,
        states=STATES,
        names=names,
        today=_today(),
        gaps=queries.count_gaps(who(), _today()),
    )


@pages.get("/<lang>/office/contact-points/coverage")
def coverage(lang: str) -> Any:
    """Show each municipality by group of people and by area of life, gaps and all."""
    require(who(), Permission.DESK_READ, None)
    region, today = queries.region_of(who()), _today()
    kinds = [term for term in vocabulary.terms("service_type") if term.valid_on(today)]
    service = one_of("service", [term.key for term in kinds])
    matrix = queries.matrix(region, today, service)
    return render_template(
        "designations/coverage.html",
        region=regions.region(region) if region else None,
        municipalities=regions.municipalities(region) if region else [],
        matrix=matrix,
        kinds=kinds,
        service=service,
        rows={row.id: row for row in queries.contact_points(today)},
        gaps=sum(bool(cell.gaps) for row in matrix.values() for cell in row),
        groups=groups_of(service),
        names=NAMES,
        columns=[NAMES[group.key] for group in groups_of(service)],
        oldest=OLDEST,
        lives=[term for term in vocabulary.terms("area_of_life") if term.valid_on(today)],
        served=queries.served_lives(region, today),
        today=today,
    )


@pages.get("/<lang>/office/contact-points/new")
def new(lang: str) -> Any:
    require(who(), Permission.DESIGNATION_MANAGE, None)
    uuid = as_uuid(request.args.get("actor"))
    if uuid is None:
        found = [row for row in actors.editable_actors(who()) if may("designation.manage", row)]
        return render_template("designations/choose.html", actors=found, kept=request.args)
    return _form(_provider(uuid), None, _proposed())


@pages.post("/<lang>/office/contact-points/new")
@writes
def new_submitted(lang: str) -> Any:
    uuid = _provider(as_uuid(request.args.get("actor")) or UUID(int=0)).uuid
    outcome = attempt(lambda: services.designate(who(), uuid, given(_schema())))
    if outcome.saved:
        flash(_("Saved; everyone sees it."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=outcome.saved.uuid))
    return _form(_provider(uuid), None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/contact-points/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_designation(who(), uuid)
    return _form(found.provider, found, _schema().dump(found))


@pages.post("/<lang>/office/contact-points/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        flash(_("Saved; everyone sees it."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))
    found = queries.load_designation(who(), uuid)
    return _form(found.provider, found, typed(_schema()), outcome), outcome.status


@pages.post("/<lang>/office/contact-points/<uuid:uuid>/end")
@writes
def end(lang: str, uuid: UUID) -> Any:
    services.end(who(), uuid, version(), _today())
    flash(_("Ends today. Whoever asks from tomorrow on is sent to somebody else."), "success")
    return redirect(url_for(".edit", lang=lang, uuid=uuid))


def _provider(uuid: UUID) -> Actor:
    actor = actors.load_actor(who(), uuid)
    require(who(), Permission.DESIGNATION_MANAGE, actor)
    return actor


def _schema() -> DesignationSchema:
    return DesignationSchema(audience="office")


def _proposed() -> dict[str, Any]:
    """Return what closes the gap that the address names: a municipality and a group."""
    group = next((each for each in GROUPS if each.key == request.args.get("group")), None)
    areas = [ags] if (ags := request.args.get("area", "")) in regions.existing([ags]) else []
    offer = as_uuid(request.args.get("offer"))
    proposed: dict[str, Any] = {"areas": areas, "offer": str(offer) if offer else None}
    if group is None:
        return proposed
    low, high = group.ages
    service = vocabulary.term("service_type", request.args.get("service", ""))
    return {
        **proposed,
        "service_type": service.key if service else group.services[0],
        "min_age": low if group.key == "adult" else None,
        "max_age": high if high < OLDEST else None,
        "eligibility": sorted(group.statuses),
    }


def _form(
    actor: Actor, row: Designation | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Choices(who(), row.region if row else actor.region, data, actor)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "designations/edit.html",
        sheet=made,
        actor=actor,
        row=row,
        editable=may("designation.manage", row or actor),
        changes=_changes(row) if row else [],
        today=_today(),
    )


def _changes(row: Designation) -> list[dict[str, Any]]:
    found, _total = changes_of("designation", row.uuid, per_page=SHOWN_CHANGES)
    return [
        {
            "at": each.at.astimezone(i18n.ZONE),
            "who": each.who_label,
            "verb": VERBS.get(each.action.partition(".")[2], each.action),
            "differences": spoken("designation", each.changes),
        }
        for each in found
    ]


def _today() -> Any:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
