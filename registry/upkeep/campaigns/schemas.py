"""A campaign as a form."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from registry.actors.schemas import WrittenSchema
from registry.core.forms import office

LIST_OF_DAYS = re.compile(r"[0-9]{1,3}(\s*[,;]\s*[0-9]{1,3}){0,5}")


class Days(fields.String):
    """Numbers of days, written as "7, 14"."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str:
        return ", ".join(str(number) for number in value or ())

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if not LIST_OF_DAYS.fullmatch(text):
            raise ValidationError(_("Please give numbers of days, for example 7, 14."))
        return sorted({int(number) for number in re.split(r"[,;]", text)} - {0})


class CampaignSchema(WrittenSchema):
    name = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(
            _l("Name of the campaign"), section="plan", help=_l("For example: Autumn 2026")
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
    everybody = fields.Boolean(
        metadata=office(_l("Ask all actors, also those of whom nothing is due"), section="plan")
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
