"""A World Café, its seating and its results as forms."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate, validates_schema

from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"what": _l("What"), "tables": _l("Tables")}
RESULTS = {"tables": ""}
LOT = {"lot": ""}
MOST_TABLES = 40


class TableSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    topic = fields.String(
        required=True, validate=validate.Length(1, 200), metadata=office(_l("Topic"))
    )
    host_person = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="host_person.uuid",
        metadata=office(
            _l("Host of the table"), choices="person", help=_l("Stays at this table in all rounds.")
        ),
    )
    host = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(_l("Or a host from outside"), help=_l("A function, not a name.")),
    )


class CafeSchema(WrittenSchema):
    title = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(_l("Title"), section="what"),
    )
    day = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="day.uuid",
        metadata=office(_l("Day"), section="what", choices="day"),
    )
    rounds = fields.Integer(
        required=True,
        validate=validate.Range(1, MOST_TABLES),
        metadata=office(
            _l("Rounds"),
            section="what",
            help=_l("At most as many as there are tables: nobody sits at a table twice."),
        ),
    )
    minutes = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, 1440),
        metadata=office(_l("Minutes of a round"), section="what"),
    )
    tables = Part(
        TableSchema,
        many=True,
        required=True,
        validate=validate.Length(1, MOST_TABLES),
        metadata=office(_l("Tables"), section="tables"),
    )

    @validates_schema(skip_on_field_errors=True)
    def _enough_tables(self, data: Any, **_more: Any) -> None:
        if data["rounds"] > len(data["tables"]):
            message = _("There are more rounds than tables: somebody would sit at a table twice.")
            raise ValidationError({"rounds": [message]})


class SeedSchema(WrittenSchema):
    seed = fields.Integer(
        required=True,
        validate=validate.Range(0, 2**31 - 1),
        metadata=office(
            _l("Number that decides by lot"),
            section="lot",
            help=_l("With the same number the same comes out, so everybody can check it."),
        ),
    )


class TableResultSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    result = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=4000),
        metadata=office(_l("Result"), lines=6),
    )


class CafeLogSchema(CafeSchema):
    """What the log knows of a World Café."""

    number = fields.Integer(metadata=office(_l("No.")))
    result = fields.String(metadata=office(_l("Result")))
    seed = fields.Integer(metadata=office(_l("Number that decides by lot")))
    repeated = fields.Integer(metadata=office(_l("Pairs that meet again")))
