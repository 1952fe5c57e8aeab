"""What somebody tells us of a barrier."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import public
from registry.texts.schemas import WrittenSchema


class BarrierSchema(WrittenSchema):
    barrier = fields.String(
        required=True,
        validate=validate.Length(min=1, max=2000),
        metadata=public(_l("What does not work for you"), widget="text", lines=5),
    )
    page = fields.String(
        load_default="",
        validate=validate.Length(max=300),
        metadata=public(_l("On which page")),
    )
    reporter = fields.Email(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=254),
        metadata=public(
            _l("Your e-mail address"),
            autocomplete="email",
            help=_l("Only if you want an answer."),
        ),
    )
