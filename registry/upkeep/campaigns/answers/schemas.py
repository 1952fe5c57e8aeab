"""The answer page and the telephone form: what can be said about an entry."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate, validates

from registry.actors.schemas import (
    WrittenSchema,
    check_hours,
    hours_field,
    one_of,
    web_address,
)
from registry.core.forms import Part, public
from registry.offers.schemas import AVAILABILITIES
from registry.upkeep.campaigns.models import Answer

ANSWERS = [
    (Answer.CORRECT, _l("still correct")),
    (Answer.CHANGED, _l("something has changed")),
    (Answer.GONE, _l("no longer exists")),
]


def _id() -> fields.UUID:
    return fields.UUID(required=True, metadata=public(widget="hidden"))


def _phone() -> fields.String:
    return fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=public(_l("Telephone"), widget="tel"),
    )


def _note(label: Any) -> fields.String:
    return fields.String(
        allow_none=True, validate=validate.Length(max=2000), metadata=public(label, lines=3)
    )


class WithHours(WrittenSchema):
    hours = hours_field()

    @validates("hours")
    def hours_are_readable(self, value: str | None, **_options: Any) -> None:
        check_hours(value)


class ContactRow(WrittenSchema):
    id = _id()
    phone = _phone()
    email = fields.Email(
        allow_none=True, validate=validate.Length(max=254), metadata=public(_l("E-mail"))
    )


class PlaceRow(WithHours):
    id = _id()
    phone = _phone()


class HoursRow(WithHours):
    id = _id()


class RunRow(WrittenSchema):
    id = _id()
    availability = fields.String(
        validate=one_of(AVAILABILITIES),
        metadata=public(_l("Free places"), options=AVAILABILITIES),
    )
    starts_on = fields.Date(required=True, metadata=public(_l("Starts on")))
    ends_on = fields.Date(allow_none=True, metadata=public(_l("Ends on")))
    register_by = fields.Date(allow_none=True, metadata=public(_l("Register by")))


class AnswerSchema(WrittenSchema):
    version = fields.Integer(load_default=0, metadata=public(widget="hidden"))
    answer = fields.String(
        allow_none=True, validate=one_of(ANSWERS), metadata=public(_l("Answer"), options=ANSWERS)
    )
    note = _note(_l("Message to the office"))


class ActorAnswerSchema(AnswerSchema):
    website = web_address(public(_l("Website")))
    contacts = Part(ContactRow, many=True, metadata=public(_l("Functional contacts")))
    places = Part(PlaceRow, many=True, metadata=public(_l("Places")))


class OfferAnswerSchema(AnswerSchema):
    valid_to = fields.Date(allow_none=True, metadata=public(_l("Valid until")))
    places = Part(HoursRow, many=True, metadata=public(_l("Opening hours")))
    runs = Part(RunRow, many=True, metadata=public(_l("Course runs")))


class SpokenSchema(WrittenSchema):
    """What was said on the telephone about one entry."""

    answer = fields.String(
        allow_none=True, validate=one_of(ANSWERS), metadata=public(_l("Answer"), options=ANSWERS)
    )
    note = _note(_l("Note on the call"))


class CallSchema(WrittenSchema):
    """When it was said, and by which function."""

    day = fields.Date(required=True, metadata=public(_l("Answered on")))
    said_by = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=public(
            _l("Said by"), help=_l("A function, e.g. reception or head of course. No names.")
        ),
    )
