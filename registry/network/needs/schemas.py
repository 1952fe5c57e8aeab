"""A need as a form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import office
from registry.texts.schemas import WrittenSchema
from registry.vocabulary.schemas import term_field

MOST = 1_000_000  # persons
SECTIONS = {"what": _l("What is needed"), "source": _l("How that is known")}


class NeedSchema(WrittenSchema):
    field = term_field("field", office(_l("Field of action"), section="what"), required=True)
    place = fields.String(
        required=True,
        validate=validate.Length(min=5, max=8),
        metadata=office(_l("Where"), section="what", choices="whole_or_municipality"),
    )
    language = term_field("language", office(_l("Language"), section="what"), allow_none=True)
    target_group = term_field(
        "target_group", office(_l("Target group"), section="what"), allow_none=True
    )
    persons = fields.Integer(
        allow_none=True,
        validate=validate.Range(0, MOST, error=_l("Please give a number from 0 to 1,000,000.")),
        metadata=office(
            _l("Persons"),
            section="what",
            help=_l("Leave it empty if nobody knows. Fewer than three are never shown to others."),
        ),
    )
    source = fields.String(
        required=True,
        validate=validate.Length(min=1, max=300),
        metadata=office(
            _l("Source"),
            section="source",
            help=_l("Who says so, e.g. “Asylbewerberstatistik” or “migration advice, estimate”."),
        ),
    )
    known_on = fields.Date(required=True, metadata=office(_l("As of"), section="source"))
    note = fields.String(
        allow_none=True,
        validate=validate.Length(max=2000),
        metadata=office(
            _l("Note"), section="source", lines=3, help=_l("Never write about single people here.")
        ),
    )
