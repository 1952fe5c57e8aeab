"""A plan as forms: the conference itself, its duties, its programme."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.models import ItemKind
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

SECTIONS = {
    "what": _l("What"),
    "when": _l("When and where"),
    "answers": _l("Seats and answers"),
}
PROGRAMME = {"agenda": _l("Agenda")}
NEEDS = [
    ("interpreting", _l("Interpreting")),
    ("step_free", _l("Step-free access")),
    ("children", _l("Childcare")),
    ("food", _l("Food")),
    ("other", _l("Anything else")),
]
ITEMS = [
    (ItemKind.LOOK_BACK.value, _l("Look-back")),
    (ItemKind.SITUATION.value, _l("Analysis of the situation")),
    (ItemKind.COORDINATION.value, _l("Coordination")),
    (ItemKind.OFFERS.value, _l("Offer overview")),
    (ItemKind.INFORMATION.value, _l("Exchange of information")),
    (ItemKind.NEXT_DATE.value, _l("Next date")),
    (ItemKind.OTHER.value, _l("Something else")),
]
SEATS = validate.Range(0, 100_000)
MAX_DAYS, MAX_ITEMS = 14, 60


class DaySchema(WrittenSchema):
    day = fields.Date(required=True, metadata=office(_l("Day")))
    starts = fields.Time(required=True, format="%H:%M", metadata=office(_l("Begins at")))
    ends = fields.Time(required=True, format="%H:%M", metadata=office(_l("Ends at")))


class PlanSchema(WrittenSchema):
    title = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(
            _l("Title"), section="what", help=_l("For example: 5th Integration conference")
        ),
    )
    motto = fields.String(
        allow_none=True,
        validate=validate.Length(max=300),
        metadata=office(_l("Motto"), section="what"),
    )
    series = fields.UUID(
        allow_none=True,
        attribute="series.uuid",
        metadata=office(_l("Part of the series"), section="what", choices="series"),
    )
    days = Part(
        DaySchema,
        many=True,
        validate=validate.Length(max=MAX_DAYS),
        metadata=office(_l("Days"), section="when"),
    )
    venue = fields.UUID(
        allow_none=True,
        attribute="venue.uuid",
        metadata=office(_l("Venue"), section="when", choices="venue"),
    )
    deadline = fields.Date(allow_none=True, metadata=office(_l("Answers until"), section="answers"))
    seats = fields.Integer(
        allow_none=True,
        validate=SEATS,
        metadata=office(
            _l("Seats of the conference"),
            section="answers",
            help=_l("Empty: whoever wants to come can"),
        ),
    )
    overbooking = fields.Integer(
        load_default=0,
        validate=SEATS,
        metadata=office(
            _l("Seats promised beyond that"),
            section="answers",
            help=_l("Of those who accept, an eighth to a quarter do not come."),
        ),
    )
    deputies = fields.Boolean(
        metadata=office(_l("Somebody else may come instead"), section="answers")
    )
    needs_asked = fields.List(
        fields.String(validate=one_of(NEEDS)),
        metadata=office(
            _l("Needs that are asked for"),
            section="answers",
            options=NEEDS,
            help=_l("Only with consent, and deleted after the conference."),
        ),
    )
    asks_network = fields.Boolean(
        metadata=office(_l("Also ask whom they work with"), section="answers")
    )


class NewPlanSchema(PlanSchema):
    deadline = fields.Date(
        allow_none=True,
        metadata=office(
            _l("Answers until"),
            section="answers",
            help=_l("Empty: three weeks before the first day"),
        ),
    )
    template = fields.UUID(
        allow_none=True,
        load_default=None,
        metadata=office(
            _l("Take over from"),
            section="what",
            choices="template",
            help=_l("Rules, quotas, texts, agenda and working groups; no persons, no invitations."),
        ),
    )


class DutySchema(WrittenSchema):
    actor = fields.UUID(
        allow_none=True,
        attribute="actor.uuid",
        metadata=office(_l("Organisation"), choices="holder"),
    )
    function = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=office(_l("Function"), help=_l("For example: Office of integration")),
    )
    phone = fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=office(_l("Telephone"), widget="tel"),
    )
    email = fields.Email(
        allow_none=True,
        validate=validate.Length(max=254),
        metadata=office(_l("E-mail"), help=_l("Of an office or function, never of a person.")),
    )


class DutiesSchema(WrittenSchema):
    invitation = Part(
        DutySchema, metadata=office(_l("Invitation"), section="invitation", quiet=True)
    )
    chair = Part(
        DutySchema, metadata=office(_l("Chair of the conference"), section="chair", quiet=True)
    )
    minutes = Part(DutySchema, metadata=office(_l("Minutes"), section="minutes", quiet=True))


class ItemSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    title = fields.String(
        required=True, validate=validate.Length(1, 300), metadata=office(_l("Item"))
    )
    kind = fields.String(
        load_default=ItemKind.OTHER.value,
        validate=one_of(ITEMS),
        metadata=office(_l("Kind"), options=ITEMS),
    )
    minutes = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, 1440),
        metadata=office(_l("Duration in minutes")),
    )


class ProgrammeSchema(WrittenSchema):
    agenda = Part(
        ItemSchema,
        many=True,
        validate=validate.Length(max=MAX_ITEMS),
        metadata=office(_l("Agenda"), section="agenda"),
    )
