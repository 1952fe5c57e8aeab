"""A whole programme as the page sends it that can put it back."""

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from registry.conferences.plans.schemas import MAX_ITEMS
from registry.conferences.programme.schemas import TimedItemSchema
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema


class StoodSchema(WrittenSchema):
    agenda = Part(
        TimedItemSchema,
        many=True,
        validate=validate.Length(max=MAX_ITEMS),
        metadata=office(_l("Agenda")),
    )
