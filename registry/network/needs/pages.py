"""The office notes what is needed, and sees where nothing answers it and who could."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import Option
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network.catalogue.cells import Cell, Coverage, cells, persons_by_place
from registry.network.catalogue.meeting import meetings as who_should_meet
from registry.network.catalogue.siting import Siting, Spot, siting
from registry.network.needs import queries, services
from registry.network.needs.models import Need
from registry.network.needs.schemas import SECTIONS, NeedSchema
from registry.network.queries import load_offers, load_state, region_of
from registry.network.trust import trust
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.pages import label

pages = Blueprint("network_needs", __name__)
PER_PAGE = 50
COVERAGES = {
    Coverage.OPEN: _l("uncovered"),
    Coverage.ONE_PROVIDER: _l("one provider only"),
    Coverage.COVERED: _l("covered"),
    Coverage.UNKNOWN: _l("need unknown"),
}
KILOMETRES = (3, 5, 10, 15, 20)
SITES = (1, 2, 3, 4)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)


@dataclass(frozen=True)
class Choices(Offered):
    """What the form of a need offers: the district as a whole and its municipalities."""

    def _whole_or_municipality(self) -> Iterable[Option]:
        return [*regions.names([self.region]).items(), *self._own_municipalities()]


@pages.get("/<lang>/office/network/needs")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    region, page = region_of(who()), page_number()
    found = _cells(region)
    wanted = one_of("coverage", tuple(Coverage))
    fields = {key: _field(key) for key in sorted({each.need.field for each in found})}
    field = one_of("field", tuple(fields))
    chosen = [
        each for each in found if wanted in ("", each.coverage) and field in ("", each.need.field)
    ]
    shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "network/needs/list.html",
        listing=Listing(".listing", shown, len(chosen), page, PER_PAGE),
        rows=queries.load_needs(who(), (each.need.key for each in shown)),
        names=regions.names({each.need.place for each in shown}),
        counts={kind: sum(each.coverage is kind for each in found) for kind in Coverage},
        coverages=COVERAGES,
        coverage=wanted,
        field=field,
        editable=may("network.edit", In(region)),
    )


@pages.get("/<lang>/office/network/needs/new")
def new(lang: str) -> Any:
    region = region_of(who())
    require(who(), Permission.NETWORK_EDIT, In(region))
    held = {"field": request.args.get("field"), "place": request.args.get("place")}
    return _form(region, None, {**held, "known_on": i18n.local_now().date().isoformat()})


@pages.post("/<lang>/office/network/needs/new")
@writes
def new_submitted(lang: str) -> Any:
    region = region_of(who())
    outcome = attempt(lambda: services.enter(who(), region, given(_schema())))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".listing", lang=lang))
    return _form(region, None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/network/needs/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_need(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/network/needs/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".listing", lang=lang))
    found = queries.load_need(who(), uuid)
    return _form(found.region, found, typed(_schema()), outcome), outcome.status


@pages.post("/<lang>/office/network/needs/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    services.delete(who(), uuid, version())
    flash(_("Deleted."), "success")
    return redirect(url_for(".listing", lang=lang))


@pages.get("/<lang>/office/network/needs/matrix")
def matrix(lang: str) -> Any:
    """Show each field in each municipality: what is needed and not offered stands out."""
    require(who(), Permission.NETWORK_READ, None)
    region = region_of(who())
    places = regions.municipalities(region) if region else []
    worst: dict[tuple[str, str], Cell] = {}
    for each in _cells(region):  # the worst of a cell comes first
        here = [p.ags for p in places if p.ags.startswith(each.need.place)]
        for ags in here:
            worst.setdefault((each.need.field, ags), each)
    return render_template(
        "network/needs/matrix.html",
        fields=vocabulary.terms("field"),
        places=places,
        worst=worst,
        coverages=COVERAGES,
        editable=may("network.edit", In(region)),
    )


@pages.get("/<lang>/office/network/needs/meetings")
def meetings(lang: str) -> Any:
    """Show who should meet, and why."""
    require(who(), Permission.NETWORK_READ, None)
    region, today = region_of(who()), i18n.local_now().date()
    state = load_state(region, today)
    found = who_should_meet(state, load_offers(region, today), _cells(region))
    gaps = {key for each in found for key in each.gaps}
    rows = queries.load_needs(who(), gaps)
    places = {row.place for row in rows.values()} | {ags for e in found for _g, ags in e.clients}
    return render_template(
        "network/needs/meetings.html",
        meetings=found,
        nodes=state.nodes,
        needs=rows,
        names=regions.names(places),
        trust=trust(state),
    )


@pages.get("/<lang>/office/network/needs/sites")
def sites(lang: str) -> Any:
    """Show where a further contact point would reach most people."""
    require(who(), Permission.NETWORK_READ, None)
    region = region_of(who())
    fields = {each.need.field: _field(each.need.field) for each in _cells(region)}
    field = one_of("field", tuple(fields))
    number, reach = _number("sites", SITES, 1), _number("km", KILOMETRES, 10)
    names = {each.ags: each.name for each in regions.municipalities(region)} if region else {}
    persons = _persons(region, field)
    return render_template(
        "network/needs/sites.html",
        fields=fields,
        field=field,
        numbers=SITES,
        number=number,
        kilometres=KILOMETRES,
        reach=reach,
        found=_siting(region, field, number, reach),
        names=names,
        anywhere=sum(number for ags, number in persons.items() if ags not in names),
    )


def _siting(region: str, field: str, number: int, reach: int) -> Siting:
    """Return where contact points are missing for whoever needs a field, "" for any of them."""
    known = {
        each.ags: (each.lat, each.lon)
        for each in (regions.municipalities(region) if region else [])
        if each.lat is not None and each.lon is not None
    }
    persons = _persons(region, field)
    present = queries.load_sites(region, i18n.local_now().date())
    return siting(
        [Spot(ags, *known[ags], number) for ags, number in persons.items() if ags in known],
        [Spot(ags, *where) for ags, where in known.items()],
        [Spot(str(number), *where) for number, where in enumerate(present)],
        sites=number,
        reach_km=reach,
    )


def _persons(region: str, field: str) -> dict[str, int]:
    needs = [each for each in queries.needed(region) if field in ("", each.field)]
    return persons_by_place(needs)


def _cells(region: str) -> tuple[Cell, ...]:
    return cells(queries.needed(region), load_offers(region, i18n.local_now().date()))


def _field(key: str) -> str:
    return label("field", key).body


def _number(name: str, offered: tuple[int, ...], default: int) -> int:
    wanted = one_of(name, tuple(str(each) for each in offered))
    return int(wanted) if wanted else default


def _schema() -> NeedSchema:
    return NeedSchema(audience="office")


def _form(
    region: str, row: Need | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Choices(who(), region, data)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "network/needs/edit.html",
        sheet=made,
        row=row,
        editable=may("network.edit", row or In(region)),
    )
