"""What somebody without an account tells us: beside the entry's own details, and a whole offer."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import web_address
from registry.core.forms import office, public
from registry.texts.schemas import WrittenSchema
from registry.vocabulary.schemas import KeyField

MAX_TEXT = 5000
MAX_LINE = 300
HOURS_HELP = _l("As you would write it, e.g. Mon–Fri 8:00–12:00")
# How a detail is named and typed, by the last part of its path.
HINTS: dict[str, dict[str, Any]] = {
    "title": {"label": _l("Title")},
    "name": {"label": _l("Name")},
    "summary": {"label": _l("In one sentence"), "lines": 2},
    "description": {"label": _l("Description"), "lines": 5},
    "languages": {"label": _l("Languages spoken"), "widget": "checkboxes"},
    "booking_url": {"label": _l("Registration page"), "widget": "url"},
    "website": {"label": _l("Website"), "widget": "url"},
    "valid_from": {"label": _l("Valid from"), "widget": "date"},
    "valid_to": {"label": _l("Valid until"), "widget": "date"},
    "hours": {"label": _l("Opening hours"), "help": HOURS_HELP},
    "times": {"label": _l("Times"), "help": HOURS_HELP},
    "street": {"label": _l("Street and number")},
    "postcode": {"label": _l("Postcode"), "widget": "postcode"},
    "city": {"label": _l("Town")},
    "phone": {"label": _l("Telephone"), "widget": "tel"},
    "email": {"label": _l("E-mail"), "widget": "email"},
    "starts_on": {"label": _l("Starts on"), "widget": "date"},
    "ends_on": {"label": _l("Ends on"), "widget": "date"},
    "register_by": {"label": _l("Register by"), "widget": "date"},
    "provider": {"label": _l("Who offers it")},
    "address": {"label": _l("Where"), "lines": 2},
    "remark": {"label": _l("Remark")},
}
REPORTER = public(
    _l("Your e-mail address"),
    autocomplete="email",
    help=_l("Only if you want an answer. It is deleted as soon as you have got it."),
)


class ReportSchema(WrittenSchema):
    """What a report says beside corrected details."""

    remark = fields.String(
        load_default="",
        validate=validate.Length(max=2000),
        metadata=public(_l("What is wrong"), lines=4),
    )
    gone = fields.Boolean(load_default=False, metadata=public(_l("This exists no longer")))
    reporter = fields.Email(
        allow_none=True, validate=validate.Length(max=254), load_default=None, metadata=REPORTER
    )


class MissingOfferSchema(WrittenSchema):
    """An offer that somebody misses in the register; only its title is needed."""

    title = fields.String(
        required=True,
        validate=validate.Length(1, MAX_LINE, error=_l("Please fill in this field.")),
        metadata=public(_l("What is offered")),
    )
    provider = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata=public(_l("Who offers it"), help=_l("The organisation, as far as you know it")),
    )
    description = fields.String(
        load_default="",
        validate=validate.Length(max=MAX_TEXT),
        metadata=public(_l("Description"), lines=4),
    )
    address = fields.String(
        load_default="", validate=validate.Length(max=500), metadata=public(_l("Where"), lines=2)
    )
    hours = fields.String(
        load_default="",
        validate=validate.Length(max=MAX_LINE),
        metadata=public(_l("When"), help=HOURS_HELP),
    )
    phone = fields.String(
        load_default="",
        validate=validate.Length(max=60),
        metadata=public(_l("Telephone"), widget="tel"),
    )
    email = fields.Email(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=254),
        metadata=public(_l("E-mail of the provider")),
    )
    website = web_address(public(_l("Website")))
    languages = fields.List(
        KeyField(),
        load_default=list,
        validate=validate.Length(max=60),
        metadata=public(_l("Languages spoken"), choices="term:language"),
    )
    valid_from = fields.Date(
        allow_none=True, load_default=None, metadata=public(_l("From")), format="iso"
    )
    valid_to = fields.Date(
        allow_none=True, load_default=None, metadata=public(_l("Until")), format="iso"
    )
    remark = fields.String(
        load_default="",
        validate=validate.Length(max=2000),
        metadata=public(_l("Remark"), lines=3),
    )
    reporter = fields.Email(
        allow_none=True, validate=validate.Length(max=254), load_default=None, metadata=REPORTER
    )


class DecisionSchema(WrittenSchema):
    """What the office answers."""

    reason = fields.String(
        load_default="",
        validate=validate.Length(max=1000),
        metadata=office(
            _l("Reason"), lines=2, help=_l("Stands in the answer, if an address was left.")
        ),
    )
