"""Somebody who is invited in person, as a form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import POSTCODE
from registry.conferences.invitations.models import Beside, Form
from registry.conferences.invitations.schemas import text
from registry.conferences.invitations.wording import BESIDE, FORMS
from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"person": _l("Person"), "reach": _l("Reachable at"), "consent": _l("Consent")}


class IndividualSchema(WrittenSchema):
    category = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Beside]),
        metadata=office(_l("Category"), section="person", options=list(BESIDE.items())),
    )
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
    function = text(_l("Function"), "person", 200)
    email = fields.Email(
        allow_none=True,
        validate=validate.Length(max=254),
        metadata=office(_l("E-mail"), section="reach"),
    )
    phone = text(_l("Telephone"), "reach", 60, widget="tel")
    street = text(_l("Street and number"), "reach", 200)
    postcode = fields.String(
        allow_none=True,
        validate=POSTCODE,
        metadata=office(_l("Postcode"), section="reach", widget="postcode"),
    )
    city = text(_l("Town"), "reach", 120)
    consent_on = fields.Date(required=True, metadata=office(_l("Consented on"), section="consent"))
    consent_source = fields.String(
        required=True,
        validate=validate.Length(min=1, max=300),
        metadata=office(
            _l("How the consent was given"),
            section="consent",
            help=_l("For example: by letter, kept with the file."),
        ),
    )
