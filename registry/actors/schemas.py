"""Actors as forms and JSON: who reads and writes each field."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, post_dump, validate, validates

from registry.actors import hours as opening
from registry.actors.contacts.schemas import ContactSchema as ContactSchema
from registry.actors.models import Answer, Engagement, Status, Tier
from registry.core.forms import Part, office, public, shown
from registry.texts.schemas import TranslatedField
from registry.texts.schemas import WrittenSchema as WrittenSchema
from registry.vocabulary.schemas import term_field, term_list

ANSWERS = [
    (Answer.YES, _l("yes")),
    (Answer.NO, _l("no")),
    (Answer.UNKNOWN, _l("unknown")),
]
TIERS = [
    (Tier.NONE, _l("not a public authority")),
    (Tier.FEDERAL, _l("Federation")),
    (Tier.STATE, _l("Free State of Bavaria")),
    (Tier.MUNICIPAL, _l("municipal")),
]
ENGAGEMENTS = [
    (Engagement.PROFESSIONAL, _l("full-time staff")),
    (Engagement.VOLUNTARY, _l("volunteers")),
    (Engagement.BOTH, _l("full-time staff and volunteers")),
]
STATUSES = [
    (Status.DRAFT, _l("draft")),
    (Status.REVIEW, _l("in review")),
    (Status.PUBLISHED, _l("published")),
    (Status.ARCHIVED, _l("archived")),
]
HOURS_HELP = _l("For example Mo-Fr 08:00-12:00; Do 14:00-18:00; PH off (closed on public holidays)")
AGS = validate.Regexp(
    r"^[0-9]{2,8}$", error=_l("Please give an official key (AGS) of 2 to 8 digits.")
)
NOT_A_POSTCODE = _l("A German postcode has five digits.")
# The pattern alone would let a line break follow.
POSTCODE = validate.And(
    validate.Regexp(r"^[0-9]{5}$", error=NOT_A_POSTCODE),
    validate.Length(equal=5, error=NOT_A_POSTCODE),
)
SHORT = validate.Length(max=200)
MAX_HOURS = 300


def one_of(options: list[tuple[Any, Any]]) -> validate.OneOf:
    return validate.OneOf([str(value) for value, _label in options])


def web_address(metadata: dict[str, Any]) -> fields.Url:
    return fields.Url(
        schemes={"http", "https"},
        allow_none=True,
        validate=validate.Length(max=300),
        metadata=metadata,
    )


def hours_field(**options: Any) -> fields.String:
    hints = public(_l("Opening hours"), widget="hours", help=HOURS_HELP)
    return fields.String(
        allow_none=True, validate=validate.Length(max=MAX_HOURS), metadata=hints, **options
    )


def check_hours(value: str | None) -> None:
    try:
        tidy = opening.tidy(value) if value else ""
    except ValueError:
        raise ValidationError(
            _l("These hours cannot be read. Example: Mo-Fr 08:00-12:00; Do 14:00-18:00")
        ) from None
    # Stored is the tidied notation, which may be longer than what was typed.
    if len(tidy) > MAX_HOURS:
        raise ValidationError(_("These hours are too long to be stored."))


class UnitSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=public(widget="hidden"))
    name = fields.String(
        required=True, validate=validate.Length(1, 200), metadata=public(_l("Name of the unit"))
    )
    description = TranslatedField(metadata=public(_l("Description"), lines=2))


class PlaceSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=public(widget="hidden"))
    name = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=public(_l("Name of the place"), withheld=True),
    )
    street = fields.String(
        allow_none=True, validate=SHORT, metadata=public(_l("Street and number"))
    )
    postcode = fields.String(
        allow_none=True,
        validate=POSTCODE,
        metadata=public(_l("Postcode"), widget="postcode"),
    )
    city = fields.String(
        allow_none=True, validate=validate.Length(max=120), metadata=public(_l("Town"))
    )
    municipality = fields.String(
        allow_none=True,
        validate=AGS,
        metadata=public(_l("Municipality"), choices="municipality"),
    )
    lat = fields.Float(
        allow_none=True,
        validate=validate.Range(-90, 90),
        metadata=public(_l("Latitude"), widget="coordinate"),
    )
    lon = fields.Float(
        allow_none=True,
        validate=validate.Range(-180, 180),
        metadata=public(_l("Longitude"), widget="coordinate"),
    )
    phone = fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=public(_l("Telephone"), widget="tel"),
    )
    hours = hours_field()
    step_free = fields.String(
        validate=one_of(ANSWERS),
        metadata=public(_l("Step-free access"), options=ANSWERS, withheld=True),
    )
    stop = fields.String(
        allow_none=True,
        validate=validate.Length(max=120),
        metadata=public(_l("Nearest stop"), help=_l("Bus or train, and which line if it helps")),
    )
    confidential = fields.Boolean(
        metadata=public(
            _l("Confidential place"),
            help=_l("Only the telephone number and the district are ever shown."),
        )
    )
    district = fields.String(allow_none=True, metadata=shown(_l("District")))

    @validates("hours")
    def hours_are_readable(self, value: str | None, **_options: Any) -> None:
        check_hours(value)

    @post_dump(pass_original=True)
    def keep_secret(self, data: dict[str, Any], place: Any, **_options: Any) -> dict[str, Any]:
        if not getattr(place, "confidential", False) or self.audience == "office":
            return data
        shown_anyway = {"id", "phone", "district", "confidential"}
        return {name: value if name in shown_anyway else None for name, value in data.items()}


class ActorSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=shown())
    version = fields.Integer(metadata=shown(reads="office"))
    status = fields.String(metadata=shown(_l("Status"), options=STATUSES))
    example = fields.Boolean(metadata=shown(_l("Example data")))
    region = fields.String(metadata=shown())
    name = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=public(_l("Name"), section="who"),
    )
    short_name = fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=public(_l("Short name"), section="who"),
    )
    category = term_field(
        "category",
        public(_l("Category"), section="who", help=_l("The framework's group of participants")),
        allow_none=True,
    )
    description = TranslatedField(metadata=public(_l("Description"), section="who", lines=4))
    website = web_address(public(_l("Website"), section="who"))
    fields_ = term_list(
        "field",
        public(_l("Fields of action"), section="work"),
        data_key="fields",
        attribute="fields",
    )
    areas = fields.List(
        fields.String(validate=AGS),
        validate=validate.Length(max=60),
        metadata=public(
            _l("Area of responsibility"), section="work", choices="area", widget="areas"
        ),
    )
    legal_form = term_field("legal_form", public(_l("Legal form"), section="work"), allow_none=True)
    parent = fields.UUID(
        allow_none=True,
        attribute="parent.uuid",
        metadata=public(
            _l("Parent organisation"),
            section="work",
            choices="actor",
            help=_l("The body that runs this one (Träger)"),
        ),
    )
    tier = fields.String(
        validate=one_of(TIERS),
        metadata=public(_l("Level of government"), section="work", options=TIERS),
    )
    engagement = fields.String(
        validate=one_of(ENGAGEMENTS),
        metadata=public(_l("Work is done by"), section="work", options=ENGAGEMENTS),
    )
    units = Part(UnitSchema, many=True, metadata=public(_l("Units"), section="units"))
    contacts = Part(
        ContactSchema, many=True, metadata=public(_l("Functional contacts"), section="contacts")
    )
    places = Part(PlaceSchema, many=True, metadata=public(_l("Places"), section="places"))
    source = fields.String(
        allow_none=True,
        validate=validate.Length(max=300),
        metadata=office(_l("Source"), section="upkeep"),
    )
    last_confirmed = fields.Date(
        allow_none=True, metadata=public(_l("Last confirmed"), section="upkeep")
    )

    @post_dump(pass_original=True)
    def hide_parent(self, data: dict[str, Any], actor: Any, **_options: Any) -> dict[str, Any]:
        """Of a parent that is not published even the id is the office's alone."""
        parent = getattr(actor, "parent", None) if "parent" in data else None
        if parent is not None and parent.status != Status.PUBLISHED and self.audience != "office":
            data["parent"] = None
        return data


SECTIONS = {
    "who": _l("Who is it"),
    "work": _l("What it does, and where"),
    "units": _l("Units"),
    "contacts": _l("Functional contacts"),
    "places": _l("Places"),
    "upkeep": _l("Upkeep"),
}
