"""A rule, the limits of a conference and a pick as forms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import TIERS
from registry.conferences.criteria import Last
from registry.conferences.invitations.models import Effect
from registry.conferences.invitations.wording import EFFECTS, LAST, TITLES_OF_CRITERIA
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

RULE_SECTIONS = {"what": _l("What the rule does"), "whom": _l("Whom it fits")}
LIMIT_SECTIONS = {"all": _l("Altogether"), "quotas": _l("By category")}
PICK_SECTIONS = {"what": _l("By hand")}
SEATS = validate.Range(1, 500)
PRIORITIES = validate.Range(1, 9)
MAX_VALUES = 200
MAX_QUOTAS = 40


def criterion(name: str, **hints: object) -> fields.List[Any]:
    """What a rule asks of one thing: any of several values."""
    return fields.List(
        fields.String(validate=validate.Length(max=60)),
        attribute=f"criteria.{name}",
        data_key=name,
        load_default=list,
        validate=validate.Length(max=MAX_VALUES),
        metadata=office(TITLES_OF_CRITERIA[name], section="whom", **hints),
    )


class RuleSchema(WrittenSchema):
    effect = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Effect]),
        metadata=office(
            _l("What it does"),
            section="what",
            options=list(EFFECTS.items()),
            help=_l("Whoever a rule leaves out is not invited by any other rule."),
        ),
    )
    seats = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=SEATS,
        metadata=office(
            _l("Seats per organisation"), section="what", help=_l("Empty: as set for all")
        ),
    )
    priority = fields.Integer(
        allow_none=True,
        load_default=1,
        validate=PRIORITIES,
        metadata=office(
            _l("Priority"), section="what", help=_l("Where seats are short, 1 comes first.")
        ),
    )
    categories = criterion(
        "categories",
        choices="category",
        help=_l(
            "Nothing ticked anywhere: every organisation. Bodies and individuals only by category."
        ),
    )
    fields_ = criterion("fields", choices="term:field")
    municipalities = criterion("municipalities", choices="municipality")
    tiers = criterion("tiers", options=TIERS)
    last = criterion("last", options=[(each.value, LAST[each]) for each in Last])
    findings = criterion("findings", choices="findings")


class QuotaSchema(WrittenSchema):
    category = fields.String(
        required=True,
        validate=validate.Length(max=60),
        metadata=office(_l("Category"), choices="category"),
    )
    most = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(0, 10_000),
        metadata=office(_l("Seats at most"), help=_l("Empty: any number")),
    )
    priority = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=PRIORITIES,
        metadata=office(_l("Priority"), help=_l("Empty: 1")),
    )


class LimitsSchema(WrittenSchema):
    seats_each = fields.Integer(
        required=True,
        validate=SEATS,
        metadata=office(_l("Seats per organisation"), section="all"),
    )
    invited_most = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, 100_000),
        metadata=office(_l("Seats offered at most"), section="all", help=_l("Empty: any number")),
    )
    limits = Part(
        QuotaSchema,
        many=True,
        validate=validate.Length(max=MAX_QUOTAS),
        metadata=office(_l("Quotas"), section="quotas"),
    )


class PickSchema(WrittenSchema):
    effect = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.OneOf([each.value for each in Effect]),
        metadata=office(
            _l("By hand"),
            section="what",
            options=list(EFFECTS.items()),
            help=_l("No entry: the rules decide."),
        ),
    )
    seats = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=SEATS,
        metadata=office(_l("Seats"), section="what", help=_l("Empty: as set for all")),
    )
    reason = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=300),
        metadata=office(_l("Why"), section="what"),
    )
