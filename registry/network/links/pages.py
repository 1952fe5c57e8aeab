"""The office's pages about links: the list, the form with both sides, and deleting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from registry.core.editing import Outcome, Sheet, attempt, beside, given, sheet, typed, version
from registry.core.forms import Control, Option, controls
from registry.core.listing import Listing, as_uuid, one_of, page_number
from registry.core.web import writes
from registry.network.links import queries, services
from registry.network.links.models import Cooperation
from registry.network.links.queries import STATES, LinkFilter
from registry.network.links.schemas import SECTIONS, VIAS, LinkSchema
from registry.network.queries import load_state, region_of
from registry.network.state import DIRECTED
from registry.network.trust import trust
from registry.network.wording import INTENSITIES, KINDS
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary

pages = Blueprint("network_links", __name__)
PER_PAGE = 50
STATE_NAMES = {
    "confirmed": _l("confirmed by both sides"),
    "one_side": _l("reported by one side"),
    "contested": _l("contested"),
    "ended": _l("does not hold today"),
    "archived": _l("with an archived actor"),
}
FIXED = ("source", "kind", "target")  # what makes a link the one it is


@dataclass(frozen=True)
class Choices(Offered):
    """What the form of a link offers: the actors of its register."""

    def _source(self) -> Iterable[Option]:
        held = (as_uuid(str(self.data.get(name) or "")) for name in ("source", "target"))
        return queries.actor_options(self.who, self.region, filter(None, held))

    _target = _source


@pages.get("/<lang>/office/network/links")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    region, today, page = region_of(who()), _today(), page_number()
    wanted = _wanted(region)
    sort = request.args.get("sort", "source")
    rows, total = queries.office_list(who(), wanted, today, sort=sort, page=page, per_page=PER_PAGE)
    return render_template(
        "network/links/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, sort),
        wanted=wanted,
        counts=queries.counts(who(), wanted, today),
        trust=trust(load_state(region, today)),
        region=region,
        municipalities=regions.municipalities(region) if region else [],
        **_words(),
    )


@pages.get("/<lang>/office/network/links/new")
def new(lang: str) -> Any:
    region = _region()
    named = {name: as_uuid(request.args.get(name)) for name in ("source", "target")}
    data = {name: str(uuid) for name, uuid in named.items() if uuid}
    return _form(region, None, {**data, "kind": one_of("kind", KINDS)})


@pages.post("/<lang>/office/network/links/new")
@writes
def new_submitted(lang: str) -> Any:
    region, schema = _region(), LinkSchema(audience="office")
    outcome = attempt(lambda: services.enter(who(), region, given(schema)))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=outcome.saved.uuid))
    if outcome.alike:
        return _already(outcome.alike[0], typed(schema)), 409
    return _form(region, None, typed(schema), outcome), outcome.status


@pages.get("/<lang>/office/network/links/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_link(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/network/links/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".edit", lang=lang, uuid=uuid))
    found = queries.load_link(who(), uuid)
    return _form(found.region, found, typed(_schema()), outcome), outcome.status


@pages.post("/<lang>/office/network/links/<uuid:uuid>/withdraw")
@writes
def withdraw(lang: str, uuid: UUID) -> Any:
    """Take back what one side has said."""
    side = request.form.get("side", "")
    said = {side: None} if side in services.SIDES else {}
    services.change(who(), uuid, version(), said)
    flash(_("Taken back: this side has said nothing now."), "success")
    return redirect(url_for(".edit", lang=lang, uuid=uuid))


@pages.get("/<lang>/office/network/links/<uuid:uuid>/delete")
def deleting(lang: str, uuid: UUID) -> Any:
    found = queries.load_link(who(), uuid)
    require(who(), Permission.NETWORK_EDIT, found)
    return render_template("network/links/delete.html", row=found, **_words())


@pages.post("/<lang>/office/network/links/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    found = queries.load_link(who(), uuid)
    kept, name = _as_sent(found), str(found)
    services.delete(who(), uuid, version())
    return render_template("network/links/deleted.html", name=name, kept=kept)


def _as_sent(row: Cooperation) -> list[tuple[str, str]]:
    """Return a link as its form sends it, so that it can be entered again."""
    schema = LinkSchema(audience="office")
    inputs = controls(schema, schema.dump(row), {}, lambda _kind: ())
    parts = [part for each in inputs for part in each.parts or (each,)]
    return [(part.name, value) for part in parts for value in part.chosen]


def _wanted(region: str) -> LinkFilter:
    places = [each.ags for each in regions.municipalities(region)] if region else []
    return LinkFilter(
        kind=one_of("kind", KINDS),
        state=one_of("state", STATES),
        field=one_of("field", vocabulary.schemes().get("field", ())),
        q=request.args.get("q", "")[:200],
        municipality=one_of("municipality", places),
    )


def _region() -> str:
    region = region_of(who())
    require(who(), Permission.NETWORK_EDIT, In(region) if region else None)
    return region


def _schema() -> LinkSchema:
    return LinkSchema(audience="office", exclude=FIXED)


def _already(link: Cooperation, data: Mapping[str, Any]) -> str:
    """Show the link that is there with what was typed, which may have named its ends the other way.

    Nothing is written: whoever sees both decides.
    """
    sides = {name: data.get(name) for name in services.SIDES}
    if data.get("source") == str(link.target.uuid):
        sides = dict(zip(sides, reversed(sides.values()), strict=True))
    told = {name: said for name, said in sides.items() if said and said.get("intensity")}
    kept = {**_schema().dump(link), **told}
    return _form(link.region, link, kept, Outcome(theirs=link), known=True)


def _form(
    region: str,
    row: Cooperation | None,
    data: Mapping[str, Any],
    outcome: Outcome | None = None,
    *,
    known: bool = False,
) -> str:
    schema = _schema() if row else LinkSchema(audience="office")
    choices = Choices(who(), region, data)
    made = sheet(schema, SECTIONS, data, choices, outcome)
    if row:
        made = _named(beside(made, schema, row, choices, outcome), row)
    return render_template(
        "network/links/edit.html",
        sheet=made,
        row=row,
        known=known,
        state=queries.state_of(row, _today()) if row else "",
        editable=may("network.edit", row or In(region)),
        **_words(),
    )


def _named(made: Sheet, row: Cooperation) -> Sheet:
    """Let the two sides of a form carry the names of the actors."""
    names = {"by_source": row.source.name, "by_target": row.target.name}

    def named(control: Control) -> Control:
        if control.name not in names:
            return control
        return replace(control, label=_("%(name)s says", name=names[control.name]))

    return replace(
        made,
        sections=[
            replace(each, controls=[named(control) for control in each.controls])
            for each in made.sections
        ],
        conflicts=tuple((named(mine), named(saved)) for mine, saved in made.conflicts),
    )


def _words() -> dict[str, Any]:
    return {
        "kinds": KINDS,
        "directed": DIRECTED,
        "states": STATE_NAMES,
        "intensities": INTENSITIES,
        "vias": dict(VIAS),
    }


def _today() -> Any:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
