"""Moving a conference and calling it off, as forms."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import office
from registry.texts.schemas import WrittenSchema


class MoveSchema(WrittenSchema):
    first_day = fields.Date(
        required=True,
        metadata=office(_l("New first day"), help=_l("Further days move along, hours stay.")),
    )
    deadline = fields.Date(
        allow_none=True,
        load_default=None,
        metadata=office(
            _l("Answers until"), help=_l("Empty: it moves by as many days as the conference.")
        ),
    )


class CancelSchema(WrittenSchema):
    reason = fields.String(
        required=True,
        validate=validate.Length(1, 500),
        metadata=office(_l("Reason"), lines=3, help=_l("Everybody who was invited will be told.")),
    )
