"""A venue as a form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import ANSWERS, POSTCODE, one_of
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

SECTIONS = {
    "what": _l("What"),
    "way": _l("How to get there"),
    "rooms": _l("Rooms"),
}
MAX_ROOMS = 40
SEATS = validate.Range(0, 100_000)


class RoomSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    name = fields.String(
        required=True, validate=validate.Length(1, 120), metadata=office(_l("Name"))
    )
    seats = fields.Integer(
        allow_none=True, load_default=None, validate=SEATS, metadata=office(_l("Seats"))
    )
    step_free = fields.String(
        load_default="unknown",
        validate=one_of(ANSWERS),
        metadata=office(_l("Step-free access"), options=ANSWERS),
    )


class VenueSchema(WrittenSchema):
    name = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(_l("Name"), section="what", help=_l("For example: Schulzentrum, Aula")),
    )
    host = fields.UUID(
        allow_none=True,
        attribute="host.uuid",
        metadata=office(
            _l("Host"),
            section="what",
            choices="holder",
            help=_l("The actor whose house it is, to be thanked"),
        ),
    )
    seats = fields.Integer(
        allow_none=True,
        validate=SEATS,
        metadata=office(_l("Seats"), section="what", help=_l("In the largest room")),
    )
    step_free = fields.String(
        validate=one_of(ANSWERS),
        metadata=office(_l("Step-free access"), section="what", options=ANSWERS),
    )
    street = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=office(_l("Street and number"), section="way"),
    )
    postcode = fields.String(
        allow_none=True,
        validate=POSTCODE,
        metadata=office(_l("Postcode"), section="way", widget="postcode"),
    )
    city = fields.String(
        allow_none=True,
        validate=validate.Length(max=120),
        metadata=office(_l("Town"), section="way"),
    )
    stop = fields.String(
        allow_none=True,
        validate=validate.Length(max=120),
        metadata=office(
            _l("Nearest stop"), section="way", help=_l("Bus or train, and which line if it helps")
        ),
    )
    directions = fields.String(
        allow_none=True,
        validate=validate.Length(max=1000),
        metadata=office(
            _l("Way and parking"),
            section="way",
            lines=3,
            help=_l("Also the entrance without steps, where it is another one."),
        ),
    )
    lat = fields.Float(
        allow_none=True,
        validate=validate.Range(-90, 90),
        metadata=office(_l("Latitude"), section="way", widget="coordinate"),
    )
    lon = fields.Float(
        allow_none=True,
        validate=validate.Range(-180, 180),
        metadata=office(_l("Longitude"), section="way", widget="coordinate"),
    )
    rooms = Part(
        RoomSchema,
        many=True,
        validate=validate.Length(max=MAX_ROOMS),
        metadata=office(_l("Rooms"), section="rooms", help=_l("Also those for working groups")),
    )
