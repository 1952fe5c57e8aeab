"""An external resource as a form, and in the log."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import office
from registry.texts.schemas import EveryLanguageField, WrittenSchema
from registry.vocabulary.schemas import term_list

SECTIONS = {"what": _l("What"), "whom": _l("For whom"), "state": _l("Status")}


class ResourceSchema(WrittenSchema):
    name = fields.String(
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata=office(_l("Name"), section="what"),
    )
    url = fields.Url(
        required=True,
        schemes={"https", "http"},
        validate=validate.Length(max=300),
        metadata=office(_l("Address"), section="what", widget="url"),
    )
    summary = EveryLanguageField(
        metadata=office(_l("In one sentence"), section="what", lines=2, max_length=400)
    )
    languages = term_list("language", office(_l("Languages"), section="whom"))
    topics = term_list("field", office(_l("Topics"), section="whom"))
    checked_on = fields.Date(
        allow_none=True,
        metadata=office(
            _l("Address last opened on"),
            section="state",
            help=_l("The day on which a person looked whether the link still leads there."),
        ),
    )
    published = fields.Boolean(metadata=office(_l("Everyone sees it"), section="state"))
