"""What the upload page asks besides the tables."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

ROTATE = {"rotate": ""}


class RotateSchema(WrittenSchema):
    tables = fields.Integer(
        required=True,
        validate=validate.Range(1, 100),
        metadata=office(_l("Tables"), section="rotate"),
    )
    rounds = fields.Integer(
        required=True,
        validate=validate.Range(1, 100),
        metadata=office(_l("Rounds"), section="rotate"),
    )
    people = fields.Integer(
        required=True,
        validate=validate.Range(0, 3000),
        metadata=office(_l("Guests"), section="rotate", help=_l("Without those who host a table")),
    )
    # Its own name: the other form of the page has an input for the lot, too.
    lot = fields.Integer(
        required=True,
        validate=validate.Range(0, 2**31 - 1),
        metadata=office(_l("Number that decides by lot"), section="rotate"),
    )
