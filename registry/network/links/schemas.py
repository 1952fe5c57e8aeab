"""A link and what each side says of it, as a form."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate, validates_schema

from registry.actors.schemas import ANSWERS, one_of
from registry.core.forms import Part, office
from registry.network.links.models import Via
from registry.network.wording import INTENSITIES, KINDS
from registry.texts.schemas import WrittenSchema
from registry.vocabulary.schemas import term_field

VIAS = [
    (Via.OFFICE, _l("known to the office")),
    (Via.PHONE, _l("told on the phone")),
    (Via.ROUND, _l("survey")),
    (Via.IMPORT, _l("import")),
]
SECTIONS = {"what": _l("Who and what"), "said": _l("What both sides say")}


class WrittenField(fields.String):
    """Yes or no, kept as true or false; nothing is that nobody knows."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:
        return {True: "yes", False: "no"}.get(value)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs) == "yes"


class ReportSchema(WrittenSchema):
    """What one side says; without an intensity it has said nothing."""

    intensity = fields.Integer(
        allow_none=True,
        validate=validate.Range(0, 3),
        metadata=office(_l("How close"), options=list(INTENSITIES.items())),
    )
    valid_from = fields.Date(allow_none=True, metadata=office(_l("Since")))
    valid_to = fields.Date(allow_none=True, metadata=office(_l("Until")))
    written = WrittenField(
        allow_none=True,
        validate=validate.OneOf([True, False]),
        metadata=office(_l("Agreed in writing"), options=ANSWERS[:2]),
    )
    reported_on = fields.Date(allow_none=True, metadata=office(_l("Said on")))
    via = fields.String(
        load_default=Via.OFFICE,
        validate=one_of(VIAS),
        metadata=office(_l("How the office knows"), options=VIAS),
    )
    said_by = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=office(_l("Said by (function)"), help=_l("A function, not a name.")),
    )

    @validates_schema
    def says_how_close(self, data: dict[str, Any], **_options: Any) -> None:
        others = (name for name in ("valid_from", "valid_to", "written", "said_by") if name in data)
        if data.get("intensity") is None and any(data[name] is not None for name in others):
            raise ValidationError({"intensity": [_("Please say how close it is.")]})
        if (data.get("reported_on") or date.min) > date.today():
            raise ValidationError({"reported_on": [_("This day has not come yet.")]})


class LinkSchema(WrittenSchema):
    source = fields.UUID(
        required=True,
        attribute="source.uuid",
        metadata=office(
            _l("First side"),
            section="what",
            choices="source",
            help=_l("Who sends people, funds or wishes."),
        ),
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata=office(_l("Kind of cooperation"), section="what", options=list(KINDS.items())),
    )
    target = fields.UUID(
        required=True,
        attribute="target.uuid",
        metadata=office(_l("Second side"), section="what", choices="target"),
    )
    field = term_field("field", office(_l("Field of action"), section="what"), allow_none=True)
    note = fields.String(
        allow_none=True,
        validate=validate.Length(max=2000),
        metadata=office(
            _l("Note"), section="what", lines=3, help=_l("Only the office sees this. No names.")
        ),
    )
    by_source = Part(
        ReportSchema, allow_none=True, metadata=office(_l("The first side says"), section="said")
    )
    by_target = Part(
        ReportSchema, allow_none=True, metadata=office(_l("The second side says"), section="said")
    )
