"""Groups, their arrangement, and moves by hand as forms."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from registry.conferences.assignment import COSTS, UNLISTED
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

GROUPS = {"groups": _l("Working groups")}
HOW = {"how": ""}
PLACE = {"place": ""}
MAX_GROUPS, MOST = 40, 100_000
MOST_COST, MOST_RANKS = 10_000, 20
SIZE = validate.Range(0, MOST)


class GroupSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    title = fields.String(
        required=True, validate=validate.Length(1, 200), metadata=office(_l("Title"))
    )
    description = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=2000),
        metadata=office(_l("What it is about"), lines=2),
    )
    day = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="day.uuid",
        metadata=office(_l("Day"), choices="day", help=_l("Only where each day has its own")),
    )
    room = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="room.uuid",
        metadata=office(_l("Room"), choices="room"),
    )
    unit = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(_l("Organisational unit in charge")),
    )
    moderator = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(
            _l("Moderation"), help=_l("A function. A participant is chosen on the group's page.")
        ),
    )
    minimum = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=SIZE,
        metadata=office(_l("At least so many people")),
    )
    maximum = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=SIZE,
        metadata=office(_l("At most so many people"), help=_l("Empty: any number")),
    )
    share = fields.Integer(
        allow_none=True,
        load_default=1,
        validate=validate.Range(1, MOST),
        metadata=office(_l("At most so many of one organisation"), help=_l("Empty: any number")),
    )


class GroupsSchema(WrittenSchema):
    groups = Part(
        GroupSchema,
        many=True,
        validate=validate.Length(max=MAX_GROUPS),
        metadata=office(_l("Working groups"), section="groups", quiet=True),
    )


def _whole_numbers(text: str) -> None:
    costs_of(text)


def costs_of(text: str) -> tuple[int, ...]:
    """Return the costs somebody typed; raises ValidationError."""
    told = [each for each in re.split(r"[\s,;]+", text.strip()) if each]
    if not told or not all(each.isascii() and each.isdigit() and len(each) < 6 for each in told):
        raise ValidationError(_("Please give whole numbers, as in 0, 1, 4, 9."))
    found = tuple(map(int, told))
    if len(found) > MOST_RANKS or max(found) > MOST_COST:
        raise ValidationError(_("Please give whole numbers, as in 0, 1, 4, 9."))
    return found


def as_text(costs: Sequence[int]) -> str:
    return ", ".join(map(str, costs))


class HowSchema(WrittenSchema):
    """What a wish of each rank costs, and what decides among equally good assignments."""

    costs = fields.String(
        required=True,
        validate=[validate.Length(max=200), _whole_numbers],
        metadata=office(
            _l("What a first, second … wish costs"),
            section="how",
            help=_l("All wishes beyond cost as much as the last one."),
        ),
    )
    unlisted = fields.Integer(
        required=True,
        validate=validate.Range(0, MOST_COST),
        metadata=office(_l("What a group costs that was not wished for"), section="how"),
    )
    seed = fields.Integer(
        required=True,
        validate=validate.Range(0, 2**31 - 1),
        metadata=office(
            _l("Number that decides by lot"),
            section="how",
            help=_l("With the same number the same comes out, so everybody can check it."),
        ),
    )


STANDARD: dict[str, Any] = {"costs": as_text(COSTS), "unlisted": UNLISTED, "seed": 1}


class MoveSchema(WrittenSchema):
    group = fields.UUID(
        required=True, metadata=office(_l("Group"), section="place", choices="group")
    )
    reason = fields.String(
        required=True,
        validate=validate.Length(1, 300),
        metadata=office(
            _l("Reason"), section="place", help=_l("It stands in lists of the office.")
        ),
    )


class ExclusionSchema(WrittenSchema):
    excluded = fields.UUID(
        required=True, metadata=office(_l("Not in this group"), section="place", choices="group")
    )
    because = fields.String(
        required=True,
        validate=validate.Length(1, 300),
        metadata=office(_l("Reason"), section="place"),
    )


class ModeratorSchema(WrittenSchema):
    person = fields.UUID(
        allow_none=True,
        load_default=None,
        metadata=office(_l("Moderation"), section="place", choices="person"),
    )
