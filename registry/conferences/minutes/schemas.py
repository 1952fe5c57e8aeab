"""Minutes, as forms."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.minutes.models import LONGEST, Outcome
from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

OUTCOMES = {
    Outcome.OPEN.value: _l("not decided yet"),
    Outcome.ACCEPTED.value: _l("taken over"),
    Outcome.REJECTED.value: _l("not taken over"),
}
DECIDED = [(key, word) for key, word in OUTCOMES.items() if key != Outcome.OPEN]


class PartSchema(WrittenSchema):
    title = fields.String(
        required=True, validate=validate.Length(1, 300), metadata=office(_l("Title"))
    )
    text = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST),
        metadata=office(_l("What was said"), lines=14),
    )


class HeadSchema(WrittenSchema):
    taken_by = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(
            _l("Minutes taken by"), help=_l("A function. Empty: whoever has the duty.")
        ),
    )


class CirculateSchema(WrittenSchema):
    object_until = fields.Date(
        required=True,
        metadata=office(
            _l("Objections until"), help=_l("Only those who were present can object, by link.")
        ),
    )


class OutcomeSchema(WrittenSchema):
    outcome = fields.String(
        required=True,
        validate=one_of(DECIDED),
        metadata=office(_l("Outcome"), options=DECIDED),
    )
    answer = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=2000),
        metadata=office(_l("Reason"), lines=2),
    )


class MinutesSchema(HeadSchema, CirculateSchema):
    """What the log knows of minutes."""

    parts = fields.String(metadata=office(_l("Minutes")))
    state = fields.String(metadata=office(_l("Status")))
