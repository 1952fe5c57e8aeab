"""A designation as a form, and what everyone may know of it with an offer or an actor."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import AGS, ActorSchema, WrittenSchema
from registry.core import i18n
from registry.core.forms import office, shown
from registry.designations import queries
from registry.offers.schemas import OfferSchema
from registry.vocabulary.schemas import term_field, term_list

AGE = validate.Range(0, 120)
SECTIONS = {
    "what": _l("What"),
    "whom": _l("For whom"),
    "since": _l("Decision"),
}


class ServicesField(fields.List[str]):
    """The kinds of service for which an offer or actor is a public contact point today."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_options: Any) -> list[str]:
        return queries.services_of(obj.uuid, i18n.local_now().date())


def _services() -> ServicesField:
    return ServicesField(
        fields.String(),
        metadata=shown(
            _l("Contact point"), help=_l("Kind of service"), choices="term:service_type"
        ),
    )


class DesignatedOfferSchema(OfferSchema):
    """An offer, and what it is a contact point for."""

    component = "Offer"
    contact_point_for = _services()


class DesignatedActorSchema(ActorSchema):
    """An actor, and what it is a contact point for."""

    component = "Actor"
    contact_point_for = _services()


class DesignationSchema(WrittenSchema):
    offer = fields.UUID(
        allow_none=True,
        attribute="offer.uuid",
        metadata=office(
            _l("Offer"),
            section="what",
            choices="offer",
            help=_l("Without an offer the whole organisation is the contact point."),
        ),
    )
    service_type = term_field(
        "service_type", office(_l("Kind of service"), section="what"), required=True
    )
    areas = fields.List(
        fields.String(validate=AGS),
        required=True,
        validate=[validate.Length(min=1, max=500, error=_l("Please choose at least one."))],
        metadata=office(_l("Area served"), section="what", choices="area", widget="areas"),
    )
    min_age = fields.Integer(
        allow_none=True, validate=AGE, metadata=office(_l("Age from"), section="whom")
    )
    max_age = fields.Integer(
        allow_none=True, validate=AGE, metadata=office(_l("Age to"), section="whom")
    )
    eligibility = term_list(
        "eligibility",
        office(_l("Residence status"), section="whom", help=_l("Nothing chosen: for everyone.")),
    )
    target_groups = term_list(
        "target_group",
        office(
            _l("Only for these target groups"),
            section="whom",
            help=_l("Nothing chosen: for everyone. Otherwise it closes no gap."),
        ),
    )
    languages = term_list(
        "language",
        office(
            _l("Languages spoken"), section="whom", help=_l("Nothing chosen: those of the offer.")
        ),
    )
    valid_from = fields.Date(allow_none=True, metadata=office(_l("Valid from"), section="since"))
    valid_to = fields.Date(allow_none=True, metadata=office(_l("Valid until"), section="since"))
    decided_on = fields.Date(allow_none=True, metadata=office(_l("Decided on"), section="since"))
    decided_by = fields.String(
        allow_none=True,
        validate=validate.Length(max=300),
        metadata=office(
            _l("Decided by"), section="since", help=_l("For example: Integration conference")
        ),
    )
