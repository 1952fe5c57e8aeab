"""What is typed about one seat, and how an answer came that somebody told the office."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate, validates_schema

from registry.actors.schemas import WrittenSchema, one_of
from registry.conferences.invitations.models import Via
from registry.conferences.invitations.schemas import EntrySchema
from registry.conferences.invitations.wording import REPLIES
from registry.core.forms import office, public

MOST_CHILDREN = 10
# What a conference may ask for: the columns of a personal need, and what for it is used.
NEEDS = {
    "interpreting": _l("Interpreting"),
    "step_free": _l("Step-free access"),
    "children": _l("Childcare"),
    "food": _l("Food"),
    "other": _l("Other support"),
}
TOLD_VIA = [
    (Via.PHONE.value, _l("by telephone")),
    (Via.POST.value, _l("by letter")),
    (Via.MAIL.value, _l("by e-mail")),
    (Via.OFFICE.value, _l("in the office")),
]
WAYS = {
    **dict(TOLD_VIA),
    Via.LINK.value: _l("by link"),
    Via.CALENDAR.value: _l("by calendar"),
}


def _line(longest: int, label: Any, **hints: Any) -> fields.String:
    return fields.String(
        allow_none=True, validate=validate.Length(max=longest), metadata=public(label, **hints)
    )


class PersonSchema(WrittenSchema):
    """Who comes on a seat."""

    given_name = _line(100, _l("First name"))
    family_name = _line(100, _l("Last name"))
    function = _line(200, _l("Function"))


class NeedsSchema(WrittenSchema):
    """What somebody needs; each is noted only with consent to that one purpose."""

    interpreting = _line(60, _l("Interpreting into which language?"))
    step_free = fields.Boolean(load_default=False, metadata=public(_l("I need step-free access.")))
    children = fields.Integer(
        allow_none=True,
        validate=validate.Range(0, MOST_CHILDREN),
        metadata=public(_l("How many children are to be looked after?")),
    )
    food = _line(200, _l("What should we know about food?"))
    other = _line(500, _l("What else do you need to take part?"), lines=2)
    consent = fields.List(
        fields.String(validate=validate.OneOf(list(NEEDS))),
        load_default=list,
        metadata=public(_l("I agree that this is noted to arrange it")),
    )

    @validates_schema
    def every_need_is_agreed_to(self, data: dict[str, Any], **_options: Any) -> None:
        agreed = data.get("consent") or []
        missing = [name for name in NEEDS if data.get(name) and name not in agreed]
        if missing:
            please = _("Please agree that it is noted, or leave it empty.")
            raise ValidationError({name: [please] for name in missing})


class CallSchema(WrittenSchema):
    """How an answer reached the office."""

    via = fields.String(
        required=True,
        validate=one_of(TOLD_VIA),
        metadata=public(_l("How the answer came"), options=TOLD_VIA),
    )
    said_by = _line(
        200, _l("Said by"), help=_l("Who told you, by function: reception, secretariat.")
    )


def asked_for(needs: Iterable[str]) -> list[str]:
    """Return the needs a conference asks for, in the order of the form."""
    wanted = set(needs)
    return [name for name in NEEDS if name in wanted]


class LoggedInvitationSchema(EntrySchema):
    """What the log knows of an invitation and its answer."""

    reply = fields.String(metadata=office(_l("Answer"), options=list(REPLIES.items())))
    via = fields.String(metadata=office(_l("How the answer came"), options=list(WAYS.items())))
