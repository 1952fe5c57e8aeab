"""One row of the list as a form: whom the invitation goes to, and how."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import POSTCODE
from registry.conferences.invitations.models import Channel, Form
from registry.conferences.invitations.wording import CHANNELS, FORMS
from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"person": _l("Person"), "address": _l("Address"), "sending": _l("Sending")}


def text(name: str, section: str, most: int, **hints: object) -> fields.String:
    return fields.String(
        allow_none=True,
        validate=validate.Length(max=most),
        metadata=office(name, section=section, **hints),
    )


class EntrySchema(WrittenSchema):
    form = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Form]),
        metadata=office(
            _l("Form of address"),
            section="person",
            options=list(FORMS.items()),
            help=_l("Only as the person wishes it, never guessed from a name."),
        ),
    )
    title = text(_l("Academic title"), "person", 60)
    office_title = text(_l("Title of office"), "person", 100)
    given_name = text(_l("Given name"), "person", 100)
    family_name = text(_l("Family name"), "person", 100)
    unit = text(_l("Unit"), "address", 200)
    function = text(_l("Function"), "address", 200)
    street = text(_l("Street and number"), "address", 200)
    postcode = fields.String(
        allow_none=True,
        validate=POSTCODE,
        metadata=office(_l("Postcode"), section="address", widget="postcode"),
    )
    city = text(_l("Town"), "address", 120)
    email = fields.Email(
        allow_none=True,
        validate=validate.Length(max=254),
        metadata=office(_l("E-mail"), section="sending"),
    )
    phone = text(_l("Telephone"), "sending", 60, widget="tel")
    channel = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Channel]),
        metadata=office(_l("Sent by"), section="sending", options=list(CHANNELS.items())),
    )
    remark = text(_l("Remark"), "sending", 500)
