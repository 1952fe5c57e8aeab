"""The matrix of responsibilities, and the form for one field of action."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from registry.access.current import may, who
from registry.access.permissions import Permission
from registry.access.policy import In, require
from registry.core import i18n
from registry.core.editing import Outcome, attempt, beside, given, sheet, typed, version
from registry.core.web import writes
from registry.network import queries as network
from registry.network.bodies.pages import Choices, pages
from registry.network.bodies.queries import named
from registry.network.bodies.responsibilities import queries, services
from registry.network.bodies.responsibilities.schemas import ROLES, SECTIONS, FieldSchema
from registry.network.catalogue.duties import by_field, without_lead
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.pages import label


@pages.get("/<lang>/office/network/responsibilities")
def responsibilities(lang: str) -> Any:
    """Show which actor leads which field of action, and who takes part."""
    require(who(), Permission.NETWORK_READ, None)
    region, today = network.region_of(who()), i18n.local_now().date()
    duties, agreed = queries.duties(region) if region else ([], {})
    fields = [term.key for term in vocabulary.terms("field") if term.valid_on(today)]
    shared = by_field(dict.fromkeys([*fields, *(each.field for each in duties)]), duties)
    return render_template(
        "network/bodies/responsibilities.html",
        shared=shared,
        without=without_lead(shared),
        agreed=agreed,
        used={each.field: label("field", each.field).body for each in shared if each.anyone},
        actors=named(each.actor for each in duties),
        roles=dict(ROLES),
        role_of={(each.actor, each.field): each.role for each in duties},
        editable=bool(region) and may("network.edit", In(region)),
        today=today,
    )


@pages.get("/<lang>/office/network/responsibilities/<key>")
def share_field(lang: str, key: str) -> Any:
    require(who(), Permission.NETWORK_READ, None)
    found = queries.load_duties(who(), network.region_of(who()), key)
    return _form(found, _schema().dump(found))


@pages.post("/<lang>/office/network/responsibilities/<key>")
@writes
def share_field_submitted(lang: str, key: str) -> Any:
    region = network.region_of(who())
    outcome = attempt(
        lambda: services.agree(who(), region, key, version(), given(_schema())["duties"])
    )
    if outcome.saved:
        flash(_("Saved."), "success")
        return redirect(url_for(".responsibilities", lang=lang))
    found = queries.load_duties(who(), region, key)
    return _form(found, typed(_schema()), outcome), outcome.status


def _schema() -> FieldSchema:
    return FieldSchema(audience="office")


def _form(
    found: queries.FieldDuties, data: Mapping[str, Any], outcome: Outcome | None = None
) -> str:
    held = tuple(each.actor for each in found.duties)
    choices = Choices(who(), found.region, data, held=held)
    made = beside(
        sheet(_schema(), SECTIONS, data, choices, outcome), _schema(), found, choices, outcome
    )
    return render_template(
        "network/bodies/share_field.html",
        sheet=made,
        field=found.field.key,
        editable=may("network.edit", In(found.region)),
    )
