"""What an organisation answers about a task, as forms."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.conferences.decisions.models import Commitment
from registry.conferences.decisions.schemas import ReportSchema
from registry.core.forms import public
from registry.texts.schemas import WrittenSchema


def _function() -> fields.String:
    return fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=public(_l("Your function"), help=_l("For example: management. No names.")),
    )


class PromiseSchema(WrittenSchema):
    said_by = _function()
    commitment = fields.String(
        required=True,
        validate=validate.OneOf([Commitment.YES.value, Commitment.NO.value]),
        metadata=public(widget="hidden"),
    )


class ProgressSchema(ReportSchema):
    said_by = _function()

    class Meta(ReportSchema.Meta):
        exclude = ("via",)
