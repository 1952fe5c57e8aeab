"""A round of asking as a form."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from registry.actors.schemas import WrittenSchema
from registry.core.forms import office
from registry.network.state import COOPERATION, Kind
from registry.network.wording import KINDS
from registry.upkeep.campaigns.schemas import Days


def asks_for_cooperation(kinds: list[str]) -> None:
    if not set(kinds) & set(COOPERATION):
        raise ValidationError(_("Please choose at least one kind of cooperation."))


class RoundSchema(WrittenSchema):
    name = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(_l("Name"), section="plan", help=_l("For example: Autumn 2026")),
    )
    kinds = fields.List(
        fields.String(validate=validate.OneOf(list(KINDS))),
        required=True,
        validate=asks_for_cooperation,
        metadata=office(
            _l("Kinds asked for"),
            section="plan",
            options=list(KINDS.items()),
            help=_l("Each kind is asked of each partner: few kinds bring more answers."),
        ),
    )
    deadline = fields.Date(
        required=True,
        metadata=office(
            _l("Answers until"), section="plan", help=_l("The actors read this day in the mail.")
        ),
    )
    reminder_days = Days(
        allow_none=True,
        metadata=office(
            _l("Remind after days"),
            section="plan",
            help=_l(
                "Counted from the first day, for example 7, 14. Only those who have not answered "
                "are reminded. Empty: no reminders by themselves."
            ),
        ),
    )
    office_text = fields.String(
        allow_none=True,
        validate=validate.Length(max=2000),
        metadata=office(
            _l("Words of the office"),
            section="plan",
            lines=4,
            help=_l("Stands in the mail above the link, as you type it."),
        ),
    )


SECTIONS = {"plan": _l("Plan")}
USUAL = [kind.value for kind in (*COOPERATION[:3], Kind.WISH)]
