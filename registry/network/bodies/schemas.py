"""A body as a form, and in the log."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of, web_address
from registry.core.forms import Part as Rows
from registry.core.forms import office
from registry.network.bodies.models import Form, Level, Part
from registry.texts.schemas import EveryLanguageField, WrittenSchema
from registry.vocabulary.schemas import term_list

SECTIONS = {
    "what": _l("What"),
    "seats": _l("Seats and term"),
    "reach": _l("How to join or be heard"),
    "members": _l("Members"),
    "state": _l("Status"),
}
FORMS = [
    (Form.BODY.value, _l("Body or working group")),
    (Form.COUNCIL.value, _l("Council or committee")),
    (Form.NETWORK.value, _l("Named network")),
]
LEVELS = [
    (Level.LOCAL.value, _l("local")),
    (Level.REGIONAL.value, _l("regional")),
    (Level.SUPRA_REGIONAL.value, _l("supra-regional")),
]
PARTS = [
    (Part.CHAIR.value, _l("Chair")),
    (Part.MEMBER.value, _l("Member")),
    (Part.GUEST.value, _l("Guest")),
]
MAX_MEMBERS = 300
SEATS = validate.Range(1, 500)


class MemberSchema(WrittenSchema):
    actor = fields.UUID(
        required=True, attribute="actor.uuid", metadata=office(_l("Actor"), choices="member")
    )
    part = fields.String(
        load_default=Part.MEMBER.value,
        validate=one_of(PARTS),
        metadata=office(_l("Part"), options=PARTS),
    )
    seats = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=SEATS,
        metadata=office(_l("Seats in the body"), help=_l("Empty: one seat")),
    )
    since = fields.Date(allow_none=True, load_default=None, metadata=office(_l("Since")))
    until = fields.Date(allow_none=True, load_default=None, metadata=office(_l("Until")))


class BodySchema(WrittenSchema):
    name = fields.String(
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata=office(_l("Name"), section="what"),
    )
    form = fields.String(
        required=True,
        validate=one_of(FORMS),
        metadata=office(
            _l("Form"),
            section="what",
            options=FORMS,
            help=_l("A named network does not meet like a body and is left out of overlaps."),
        ),
    )
    level = fields.String(
        required=True,
        validate=one_of(LEVELS),
        metadata=office(_l("Level"), section="what", options=LEVELS),
    )
    purpose = EveryLanguageField(
        metadata=office(_l("What it is there for"), section="what", lines=3, max_length=1000)
    )
    fields_ = term_list(
        "field",
        office(_l("Fields of action"), section="what"),
        data_key="fields",
        attribute="fields",
    )
    office_ = fields.UUID(
        allow_none=True,
        data_key="office",
        attribute="office.uuid",
        metadata=office(
            _l("Run by"), section="what", choices="member", help=_l("The actor that is its office")
        ),
    )
    seats = fields.Integer(
        allow_none=True, validate=SEATS, metadata=office(_l("Number of seats"), section="seats")
    )
    term_from = fields.Date(
        allow_none=True, metadata=office(_l("Term of office from"), section="seats")
    )
    term_to = fields.Date(
        allow_none=True, metadata=office(_l("Term of office until"), section="seats")
    )
    rhythm = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=office(
            _l("How often it meets"), section="seats", help=_l("For example: every three months")
        ),
    )
    joining = EveryLanguageField(
        metadata=office(
            _l("How to join or be heard"),
            section="reach",
            lines=4,
            max_length=2000,
            help=_l("Election, appointment, application; open meetings; whom to write to."),
        )
    )
    email = fields.Email(
        allow_none=True,
        validate=validate.Length(max=254),
        metadata=office(
            _l("E-mail"), section="reach", help=_l("Of an office or function, never of a person.")
        ),
    )
    phone = fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=office(_l("Telephone"), section="reach", widget="tel"),
    )
    website = web_address(office(_l("Website"), section="reach"))
    members = Rows(
        MemberSchema,
        many=True,
        validate=validate.Length(max=MAX_MEMBERS),
        metadata=office(
            _l("Members"), section="members", help=_l("Organisations only, never persons.")
        ),
    )
    public = fields.Boolean(
        metadata=office(
            _l("Everyone sees it"),
            section="state",
            help=_l("With its members, in the public directory of bodies."),
        )
    )
