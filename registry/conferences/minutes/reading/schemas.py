"""An objection to minutes, as a form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import public
from registry.texts.schemas import WrittenSchema


class ObjectionSchema(WrittenSchema):
    participant = fields.UUID(
        allow_none=True,
        load_default=None,
        metadata=public(_l("Who objects"), choices="participant"),
    )
    part = fields.UUID(
        allow_none=True,
        load_default=None,
        metadata=public(_l("To which part"), choices="part"),
    )
    text = fields.String(
        required=True,
        validate=validate.Length(1, 4000),
        metadata=public(_l("What should be changed"), lines=5),
    )
