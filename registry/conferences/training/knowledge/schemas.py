"""The checklist as one form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import web_address
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"points": _l("Points")}
MAX_POINTS = 200


class PointSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    chapter = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=120),
        metadata=office(_l("Chapter")),
    )
    title = fields.String(
        required=True, validate=validate.Length(1, 300), metadata=office(_l("Point"))
    )
    text = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=2000),
        metadata=office(_l("Explanation"), lines=2),
    )
    link = web_address(office(_l("Where to read on")))


class ChecklistSchema(WrittenSchema):
    points = Part(
        PointSchema,
        many=True,
        validate=validate.Length(max=MAX_POINTS),
        metadata=office(_l("Points"), section="points"),
    )
