"""The mail of a conference as a form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import WrittenSchema
from registry.conferences.models import CalendarMethod
from registry.core.forms import office
from registry.upkeep.campaigns.schemas import Days

SECTIONS = {"mail": _l("Text"), "further": _l("Date and reminders")}
CALENDARS = [
    (CalendarMethod.PUBLISH.value, _l("as a date to keep; the answer comes by the link")),
    (CalendarMethod.REQUEST.value, _l("as a request that calendars answer, too")),
]


class MailSchema(WrittenSchema):
    mail_subject = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=office(_l("Subject"), section="mail"),
    )
    mail_text = fields.String(
        allow_none=True,
        validate=validate.Length(max=4000),
        metadata=office(
            _l("Text"),
            section="mail",
            lines=22,
            help=_l("Placeholders are listed below. Empty: the usual text."),
        ),
    )
    calendar = fields.String(
        required=True,
        validate=validate.OneOf([key for key, _name in CALENDARS]),
        metadata=office(
            _l("The date goes along"),
            section="further",
            options=CALENDARS,
            help=_l(
                "Answers of calendars arrive as mail at the address for answers and have to be "
                "read in here."
            ),
        ),
    )
    reminder_days = Days(
        allow_none=True,
        metadata=office(
            _l("Remind so many days before the deadline"),
            section="further",
            help=_l(
                "For example 3, 10. Only those who have not answered are reminded. Empty: no "
                "reminders by themselves."
            ),
        ),
    )
