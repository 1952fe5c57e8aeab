"""A series as a form, and days that conferences avoid."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.models import DutyKind
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"what": _l("What"), "turns": _l("Rotation")}
DUTIES = [
    (DutyKind.INVITATION.value, _l("Invitation")),
    (DutyKind.CHAIR.value, _l("Chair of the conference")),
    (DutyKind.MINUTES.value, _l("Minutes")),
]
MAX_TURNS = 60


class TurnSchema(WrittenSchema):
    kind = fields.String(
        required=True, validate=one_of(DUTIES), metadata=office(_l("Duty"), options=DUTIES)
    )
    actor = fields.UUID(
        required=True, attribute="actor.uuid", metadata=office(_l("Actor"), choices="holder")
    )


class SeriesSchema(WrittenSchema):
    name = fields.String(
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata=office(_l("Name"), section="what"),
    )
    months = fields.Integer(
        load_default=6,
        validate=validate.Range(1, 120),
        metadata=office(
            _l("Months from one conference to the next"),
            section="what",
            help=_l("The framework wants one about every six months."),
        ),
    )
    turns = Part(
        TurnSchema,
        many=True,
        validate=validate.Length(max=MAX_TURNS),
        metadata=office(
            _l("Turns"),
            section="turns",
            help=_l(
                "For each duty the organisations in their order: after the last comes the first "
                "again. Leave it empty where a duty does not rotate."
            ),
        ),
    )


class AvoidedSchema(WrittenSchema):
    name = fields.String(
        required=True, validate=validate.Length(min=1, max=200), metadata=office(_l("Name"))
    )
    first = fields.Date(required=True, metadata=office(_l("First day")))
    last = fields.Date(
        allow_none=True,
        load_default=None,
        metadata=office(_l("Last day"), help=_l("Empty: one day")),
    )
    school = fields.Boolean(metadata=office(_l("School holidays")))
