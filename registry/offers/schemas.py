"""Offers as forms and JSON: who reads and writes each field."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, post_dump, validate, validates

from registry.actors.schemas import (
    AGS,
    ANSWERS,
    STATUSES,
    ContactSchema,
    PlaceSchema,
    WrittenSchema,
    check_hours,
    hours_field,
    one_of,
    web_address,
)
from registry.core.forms import Part, office, public, shown
from registry.offers.models import Availability, SpokenBy
from registry.texts.schemas import MAX_LENGTH, TranslatedField
from registry.vocabulary.schemas import KeyField, term_field, term_list

AVAILABILITIES = [
    (Availability.FREE, _l("places free")),
    (Availability.FEW, _l("few places left")),
    (Availability.NONE, _l("fully booked")),
    (Availability.UNKNOWN, _l("unknown")),
]
SPOKEN_BY = [(SpokenBy.STAFF, _l("by staff")), (SpokenBy.INTERPRETER, _l("with an interpreter"))]
EASY = ("easy_text", "easy_reviewer", "easy_reviewed_on")
MAX_ROWS = validate.Length(max=60)

SECTIONS = {
    "what": _l("What"),
    "whom": _l("For whom"),
    "where": _l("Where and when"),
    "how": _l("How to get in"),
    "easy": _l("Leichte Sprache"),
    "upkeep": _l("Upkeep"),
}


class LanguageRowSchema(WrittenSchema):
    language = KeyField(
        required=True,
        validate=validate.Length(1, 60),
        metadata=public(_l("Language"), choices="term:language"),
    )
    by = fields.String(
        load_default=SpokenBy.STAFF.value,
        validate=one_of(SPOKEN_BY),
        metadata=public(_l("Spoken"), options=SPOKEN_BY),
    )
    note = TranslatedField(
        metadata=public(_l("When"), help=_l("Only if not always, e.g. on Tuesdays"), lines=1)
    )


class OfferPlaceSchema(WrittenSchema):
    place = fields.UUID(
        required=True, attribute="place.uuid", metadata=public(_l("Place"), choices="place")
    )
    hours = hours_field(attribute="own_hours")
    note = TranslatedField(metadata=public(_l("Note"), lines=1))
    details = Part(PlaceSchema, attribute="place", metadata=shown())

    @validates("hours")
    def hours_are_readable(self, value: str | None, **_options: Any) -> None:
        check_hours(value)

    @post_dump(pass_original=True)
    def keep_secret(self, data: dict[str, Any], link: Any, **_options: Any) -> dict[str, Any]:
        # When and how to get to a confidential place tells where it is.
        secret = link.place.confidential and self.audience != "office"
        return {**data, "hours": None, "note": {}} if secret else data


class RunSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=public(widget="hidden"))
    starts_on = fields.Date(required=True, metadata=public(_l("Starts on")))
    ends_on = fields.Date(allow_none=True, metadata=public(_l("Ends on")))
    register_by = fields.Date(allow_none=True, metadata=public(_l("Register by")))
    times = hours_field()
    availability = fields.String(
        load_default=Availability.UNKNOWN.value,
        validate=one_of(AVAILABILITIES),
        metadata=public(_l("Free places"), options=AVAILABILITIES),
    )
    availability_as_of = fields.Date(allow_none=True, metadata=public(_l("Places as of")))

    @validates("times")
    def times_are_readable(self, value: str | None, **_options: Any) -> None:
        check_hours(value)


class ClosureSchema(WrittenSchema):
    closed_from = fields.Date(required=True, metadata=public(_l("Closed from")))
    closed_to = fields.Date(required=True, metadata=public(_l("Closed until")))
    reason = TranslatedField(metadata=public(_l("Reason"), lines=1))


class ProviderSchema(WrittenSchema):
    """The actor as an offer shows it."""

    id = fields.UUID(attribute="uuid", metadata=shown())
    name = fields.String(metadata=shown())
    website = fields.String(allow_none=True, metadata=shown())
    category = KeyField(allow_none=True, metadata=shown())


class OfferSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=shown())
    version = fields.Integer(metadata=shown(reads="office"))
    status = fields.String(metadata=shown(_l("Status"), options=STATUSES))
    example = fields.Boolean(metadata=shown(_l("Example data")))
    region = fields.String(metadata=shown())
    actor = Part(ProviderSchema, metadata=shown(_l("Provider")))
    title = TranslatedField(
        required=True, metadata=public(_l("Title"), section="what", lines=1, max_length=300)
    )
    summary = TranslatedField(
        metadata=public(
            _l("In one sentence"), section="what", lines=2, help=_l("Shown in the list of hits")
        )
    )
    description = TranslatedField(metadata=public(_l("Description"), section="what", lines=6))
    fields_ = term_list(
        "field",
        public(_l("Fields of action"), section="what"),
        data_key="fields",
        attribute="fields",
        required=True,
        validate=[validate.Length(min=1, error=_l("Please choose at least one."))],
    )
    areas_of_life = term_list("area_of_life", public(_l("Areas of life"), section="what"))
    service_type = term_field(
        "service_type", public(_l("Kind of service"), section="what"), allow_none=True
    )
    topics = term_list("topic", public(_l("Topics"), section="what"))
    level_from = term_field(
        "level",
        public(_l("Course level from"), section="what", help=_l("Level of the European framework")),
        allow_none=True,
    )
    level_to = term_field("level", public(_l("Course level to"), section="what"), allow_none=True)
    target_groups = term_list("target_group", public(_l("Target groups"), section="whom"))
    eligibility = term_list(
        "eligibility",
        public(
            _l("Who may take part"),
            section="whom",
            help=_l("By residence status; coarse on purpose"),
        ),
    )
    min_age = fields.Integer(
        allow_none=True,
        validate=validate.Range(0, 120),
        metadata=public(_l("Age from"), section="whom"),
    )
    max_age = fields.Integer(
        allow_none=True,
        validate=validate.Range(0, 120),
        metadata=public(_l("Age to"), section="whom"),
    )
    languages = Part(
        LanguageRowSchema,
        many=True,
        validate=MAX_ROWS,
        metadata=public(_l("Languages spoken"), section="whom"),
    )
    formats = term_list("format", public(_l("Format"), section="where"))
    places = Part(
        OfferPlaceSchema,
        many=True,
        validate=MAX_ROWS,
        metadata=public(_l("Places"), section="where", help=_l("Empty hours: those of the place")),
    )
    areas = fields.List(
        fields.String(validate=AGS),
        validate=MAX_ROWS,
        metadata=public(_l("Area served"), section="where", choices="area", widget="areas"),
    )
    by_appointment = fields.Boolean(metadata=public(_l("By appointment only"), section="where"))
    runs = Part(
        RunSchema, many=True, validate=MAX_ROWS, metadata=public(_l("Course runs"), section="where")
    )
    closures = Part(
        ClosureSchema,
        many=True,
        validate=MAX_ROWS,
        metadata=public(_l("Temporarily closed"), section="where"),
    )
    cost = term_field("cost", public(_l("Cost"), section="how"), allow_none=True)
    cost_note = TranslatedField(metadata=public(_l("Note on the cost"), section="how", lines=1))
    childcare = fields.String(
        validate=one_of(ANSWERS), metadata=public(_l("Childcare"), section="how", options=ANSWERS)
    )
    documents = term_list("document", public(_l("Please bring"), section="how"))
    steps = term_list("step", public(_l("Steps to get in"), section="how", ordered=True))
    contact = fields.UUID(
        allow_none=True,
        attribute="contact.uuid",
        metadata=public(_l("Contact"), section="how", choices="contact"),
    )
    contact_details = Part(ContactSchema, attribute="contact", allow_none=True, metadata=shown())
    unit = fields.UUID(
        allow_none=True,
        attribute="unit.uuid",
        metadata=public(_l("Unit"), section="how", choices="unit"),
    )
    booking_url = web_address(public(_l("Registration page"), section="how"))
    easy_text = fields.String(
        allow_none=True,
        validate=validate.Length(max=MAX_LENGTH),
        metadata=public(
            _l("Text in Leichte Sprache"),
            section="easy",
            lines=8,
            help=_l("Everyone sees it as soon as reviewer and day of the review stand here."),
        ),
    )
    easy_reviewer = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=public(
            _l("Reviewed by"), section="easy", help=_l("A function or body, nobody's name")
        ),
    )
    easy_reviewed_on = fields.Date(
        allow_none=True, metadata=public(_l("Reviewed on"), section="easy")
    )
    legal_bases = term_list("legal_basis", public(_l("Legal basis"), section="upkeep"))
    valid_from = fields.Date(
        allow_none=True,
        metadata=public(
            _l("Publish from"),
            section="upkeep",
            help=_l("Until then nobody else sees it, even if it is published."),
        ),
    )
    valid_to = fields.Date(
        allow_none=True,
        metadata=public(
            _l("Ends on"), section="upkeep", help=_l("The day after, nobody else sees it any more.")
        ),
    )
    last_confirmed = fields.Date(
        allow_none=True, metadata=public(_l("Last confirmed"), section="upkeep")
    )
    internal_note = fields.String(
        allow_none=True,
        validate=validate.Length(max=2000),
        metadata=office(_l("Internal note"), section="upkeep", lines=3),
    )

    @post_dump
    def hide_with_its_contact(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """The id of a contact that may not be shown says nothing either."""
        if "contact_details" in data and data["contact_details"] is None:
            data["contact"] = None
        return data

    @post_dump
    def keep_unreviewed(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """A text in Leichte Sprache that nobody has reviewed is the office's alone."""
        if self.audience != "office" and not all(data.get(name) for name in EASY):
            data |= {name: None for name in EASY if name in data}
        return data
