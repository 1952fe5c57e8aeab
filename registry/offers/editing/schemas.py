"""The form of the one page for a first entry: chosen fields of four schemas."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import (
    AGS,
    ActorSchema,
    ContactSchema,
    PlaceSchema,
    WrittenSchema,
)
from registry.core.forms import Part, public
from registry.offers.schemas import OfferSchema


class EntryPlaceSchema(PlaceSchema):
    """The place of a first entry: its municipality is enough, the name can follow from it."""

    name = fields.String(
        validate=validate.Length(max=200),
        metadata=public(_l("Name of the place"), help=_l("Empty: the name of the town")),
    )
    municipality = fields.String(
        required=True, validate=AGS, metadata=public(_l("Municipality"), choices="municipality")
    )


class EntrySchema(WrittenSchema):
    """Actor, contact, place and offer on one page; the actor may be one that exists."""

    existing = fields.UUID(
        allow_none=True,
        metadata=public(
            _l("Organisation in the register"), section="actor", choices="editable_actor"
        ),
    )
    actor = Part(
        ActorSchema,
        only=("name", "category", "legal_form", "website"),
        metadata=public(_l("Or a new organisation"), section="actor"),
    )
    offer = Part(
        OfferSchema,
        only=(
            *("title", "summary", "description", "fields_", "target_groups", "languages"),
            *("formats", "service_type", "by_appointment", "cost", "cost_note", "steps"),
        ),
        metadata=public(_l("Offer"), section="offer", quiet=True),
    )
    place = Part(
        EntryPlaceSchema,
        only=(
            *("municipality", "postcode", "city", "street", "name", "lat", "lon"),
            *("phone", "hours", "step_free", "stop", "confidential"),
        ),
        metadata=public(_l("Place"), section="place", quiet=True),
    )
    contact = Part(
        ContactSchema,
        only=("function", "phone", "email", "publish_public", "publish_network"),
        metadata=public(
            _l("Functional contact"),
            section="contact",
            help=_l("Leave all of this empty if there is none yet."),
        ),
    )


ENTRY_SECTIONS = {
    "actor": _l("Who offers it"),
    "offer": _l("What is offered"),
    "place": _l("Where"),
    "contact": _l("How to get in touch"),
}
