"""The office keeps the bodies of its network, and looks at who meets where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.actors.editing.choices import Offered
from registry.actors.models import Actor
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.forms import Option
from registry.core.listing import Listing, one_of, page_number
from registry.core.web import writes
from registry.network import queries as network
from registry.network.bodies import queries, services
from registry.network.bodies.directory import queries as directory
from registry.network.bodies.models import Body, Form, Level
from registry.network.bodies.schemas import FORMS, PARTS, SECTIONS, BodySchema
from registry.network.catalogue import bodies as catalogue
from registry.network.state import COOPERATION, DIRECTED
from registry.network.trust import trust
from registry.network.wording import INTENSITIES, KINDS
from registry.vocabulary import queries as vocabulary

pages = Blueprint("network_bodies", __name__)
PER_PAGE = 50
SHOWN_PAIRS = 50


@dataclass(frozen=True)
class Choices(Offered):
    """What these forms offer: the actors of the register, and those that a form holds already."""

    held: tuple[Actor, ...] = ()

    def _member(self) -> Iterable[Option]:
        return self._members

    @cached_property
    def _members(self) -> list[Option]:
        options = {str(uuid): name for uuid, name in queries.eligible(self.region)}
        return list({**options, **{str(each.uuid): each.name for each in self.held}}.items())


@pages.get("/<lang>/office/network/bodies")
def listing(lang: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    sorts = [*queries.SORTS, *(f"-{name}" for name in queries.SORTS)]
    wanted = queries.BodyFilter(
        form=one_of("form", (key for key, _name in FORMS)),
        field=one_of("field", vocabulary.keys("field")),
        sort=one_of("sort", sorts) or "name",
    )
    page = page_number()
    rows, total = queries.office_list(who(), wanted, _today(), page=page, per_page=PER_PAGE)
    return render_template(
        "network/bodies/list.html",
        listing=Listing(".listing", rows, total, page, PER_PAGE, wanted.sort),
        forms=dict(FORMS),
        wanted=wanted,
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
        counts={key: sum(key in each.fields for each in bodies) for key in fields},
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


@pages.get("/<lang>/office/network/bodies/<uuid:uuid>/inside")
def inside(lang: str, uuid: UUID) -> Any:
    """Show the links among the members of a body or a named network, and what they offer."""
    found, today = queries.load_body(who(), uuid), _today()
    whole = network.load_state(found.region, today)
    sitting = (each.actor_id for each in found.members if each.holds(today))
    part = whole.only(COOPERATION, [key for key in sitting if key in whole.nodes])
    fields = [term.key for term in vocabulary.terms("field") if term.valid_on(today)]
    offers = directory.by_field(fields, directory.offers_of(part.nodes, today))
    return render_template(
        "network/bodies/inside.html",
        body=found,
        state=part,
        reported=sorted(part.counting(), key=lambda each: (each.kind, each.pair)),
        standing=part.standing(),
        trust=trust(part),
        offers=offers,
        missing=[key for key, rows in offers.items() if not rows],
        kinds=KINDS,
        intensities=INTENSITIES,
        directed=DIRECTED,
        today=today,
    )


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
    held = [*(each.actor for each in row.members), row.office] if row else []
    choices = Choices(who(), region, data, held=tuple(each for each in held if each))
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
