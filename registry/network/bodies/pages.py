"""The office keeps the bodies of its network, and looks at who meets where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import Option
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network import queries as network
from registry.network.bodies import queries, services
from registry.network.bodies.models import Body, Form, Level
from registry.network.bodies.schemas import FORMS, PARTS, SECTIONS, BodySchema
from registry.network.catalogue import bodies as catalogue
from registry.vocabulary import queries as vocabulary

pages = Blueprint("network_bodies", __name__)
PER_PAGE = 50
SHOWN_PAIRS = 50


@dataclass(frozen=True)
class Choices(Offered):
    """What the form of a body offers: the actors of its register, and those it holds already."""

    row: Body | None = None

    def _member(self) -> Iterable[Option]:
        options = {str(uuid): name for uuid, name in queries.eligible(self.region)}
        held = [each.actor for each in self.row.members] if self.row else []
        if self.row and self.row.office:
            held.append(self.row.office)
        return {**options, **{str(each.uuid): each.name for each in held}}.items()


@pages.get("/<lang>/office/network/bodies")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    form = one_of("form", (key for key, _name in FORMS))
    field = one_of("field", vocabulary.keys("field"))
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    sort, page = one_of("sort", sorts) or "name", page_number()
    rows, total = queries.office_list(
        who(), form, field, _today(), sort=sort, page=page, per_page=PER_PAGE
    )
    return render_template(
        "network/bodies/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, sort),
        forms=dict(FORMS),
        form_wanted=form,
        field_wanted=field,
        today=_today(),
    )


@pages.get("/<lang>/office/network/bodies/overview")
def overview(lang: str) -> Any:
    """Show organisations, bodies and fields against each other; named networks do not meet."""
    require(who(), Permission.NETWORK_READ, None)
    region, today = network.region_of(who()), _today()
    known = queries.load_bodies(region, today) if region else []
    bodies = [each for each in known if each.form != Form.NETWORK]
    fields = [term.key for term in vocabulary.terms("field") if term.valid_on(today)]
    pairs = catalogue.overlaps(bodies)
    actors = queries.named(key for each in bodies for key in each.parts)
    return render_template(
        "network/bodies/overview.html",
        bodies=bodies,
        networks=[each for each in known if each.form == Form.NETWORK],
        actors=actors,
        seats=_seats(bodies, actors),
        total=queries.count_actors(region) if region else 0,
        fields=fields,
        without=catalogue.without_body(fields, bodies),
        pairs=pairs[:SHOWN_PAIRS],
        left_out=max(0, len(pairs) - SHOWN_PAIRS),
        parts=dict(PARTS),
        small=catalogue.SMALL,
        today=today,
    )


@pages.get("/<lang>/office/network/bodies/new")
def new(lang: str) -> Any:
    region = network.region_of(who())
    require(who(), Permission.NETWORK_EDIT, In(region))
    return _form(region, None, {"form": Form.BODY.value, "level": Level.LOCAL.value})


@pages.post("/<lang>/office/network/bodies/new")
@writes
def new_submitted(lang: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(lambda: services.create(who(), region, given(_schema())))
    if outcome.saved:
        _flash_saved(outcome.saved)
        return redirect(url_for(".edit", lang=lang, uuid=outcome.saved.uuid))
    return _form(region, None, typed(_schema()), outcome), outcome.status


@pages.get("/<lang>/office/network/bodies/<uuid:uuid>")
def edit(lang: str, uuid: UUID) -> Any:
    found = queries.load_body(who(), uuid)
    return _form(found.region, found, _schema().dump(found))


@pages.post("/<lang>/office/network/bodies/<uuid:uuid>")
@writes
def edit_submitted(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.change(who(), uuid, version(), given(_schema())))
    if not outcome.saved:
        return _refused(uuid, typed(_schema()), outcome)
    _flash_saved(outcome.saved)
    return redirect(url_for(".edit", lang=lang, uuid=uuid))


@pages.post("/<lang>/office/network/bodies/<uuid:uuid>/delete")
@writes
def delete(lang: str, uuid: UUID) -> Any:
    outcome = attempt(lambda: services.delete(who(), uuid, version()))
    if not outcome.saved:
        return _refused(uuid, None, outcome)
    flash(_("Deleted."), "success")
    return redirect(url_for(".listing", lang=lang))


def _seats(
    bodies: Sequence[catalogue.Body], actors: Mapping[int, queries.Named]
) -> list[tuple[int, int]]:
    """Return all who sit in the bodies, guests as well, with in how many they have a seat."""
    counted = {each.actor: len(each.bodies) for each in catalogue.presences(bodies)}
    by_name = [(actor, counted.get(actor, 0)) for actor in actors]
    return sorted(by_name, key=lambda each: -each[1])


def _flash_saved(saved: Body) -> None:
    flash(_("Saved; everyone sees it.") if saved.public else _("Saved."), "success")


def _schema() -> BodySchema:
    return BodySchema(audience="office")


def _refused(uuid: UUID, data: Mapping[str, Any] | None, outcome: Outcome) -> Any:
    found = queries.load_body(who(), uuid)
    page = _form(found.region, found, _schema().dump(found) if data is None else data, outcome)
    return page, outcome.status


def _form(
    region: str, row: Body | None, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    choices = Choices(who(), region, data, row=row)
    made = sheet(_schema(), SECTIONS, data, choices, outcome)
    if row:
        made = beside(made, _schema(), row, choices, outcome)
    return render_template(
        "network/bodies/edit.html",
        sheet=made,
        row=row,
        editable=may("network.edit", row or In(region)),
    )


def _today() -> date:
    return i18n.local_now().date()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
