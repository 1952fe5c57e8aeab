"""A functional contact as a form and as JSON: what it says, who may use it, and why it is kept."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate, validates_schema

from registry.actors.contacts import consent
from registry.actors.models import Basis
from registry.core.forms import office, public
from registry.texts.schemas import WrittenSchema

BASES = [
    (Basis.PUBLIC_TASK, _l("public task (Art. 6 (1) e GDPR)")),
    (Basis.CONSENT, _l("consent (Art. 6 (1) a GDPR)")),
    (Basis.CONTRACT, _l("contract (Art. 6 (1) b GDPR)")),
]


class ContactSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=public(widget="hidden"))
    function = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=public(
            _l("Function"), help=_l("An office or function, e.g. reception. No personal names.")
        ),
    )
    unit = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=public(_l("Unit"), widget="text"),
    )
    phone = fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=public(_l("Telephone"), widget="tel"),
    )
    email = fields.Email(
        allow_none=True, validate=validate.Length(max=254), metadata=public(_l("E-mail"))
    )
    publish_public = fields.Boolean(metadata=office(_l("show to everyone")))
    publish_network = fields.Boolean(metadata=office(_l("show to the network")))
    use_for_invitations = fields.Boolean(metadata=office(_l("use for invitations")))
    source = fields.String(
        allow_none=True,
        validate=validate.Length(max=300),
        metadata=office(_l("Source"), help=_l("Where the details come from")),
    )
    review_due = fields.Date(allow_none=True, metadata=office(_l("Check again on")))
    legal_basis = fields.String(
        validate=validate.OneOf(list(Basis)),
        metadata=office(
            _l("Legal basis of the details"),
            options=BASES,
            help=_l("Staff in office: public task. Volunteers and private people: consent."),
        ),
    )
    consent_on = fields.Date(
        allow_none=True,
        metadata=office(
            _l("Consent given on"), help=_l("If it is withdrawn, empty this and untick every use.")
        ),
    )
    own_details = fields.Boolean(
        metadata=office(
            _l("gave us the details itself"),
            help=_l("Everybody else is told by mail what is kept, within a month."),
        )
    )
    informed_on = fields.Date(
        allow_none=True,
        metadata=office(_l("Informed on"), help=_l("Is filled in when the notice has been sent.")),
    )
    delete_after = fields.Date(
        allow_none=True,
        metadata=office(_l("Delete after"), help=_l("The contact is deleted on the next day.")),
    )

    @validates_schema
    def consent_has_a_date(self, data: Any, *, partial: Any = None, **_options: Any) -> None:
        # What is left out of a part stands in the register: the service looks at both.
        if not partial and consent.is_missing(data):
            message = _("Please say when consent was given, or untick every use.")
            raise ValidationError({"consent_on": [message]})

    def is_doubtful(self, data: Mapping[str, Any]) -> bool:
        """Return whether fields have to be looked at together."""
        return data.get("legal_basis") == Basis.CONSENT

    def reads_row(self, contact: Any) -> bool:
        if self.audience == "office":
            return True
        if self.audience == "network":
            return bool(contact.publish_network or contact.publish_public)
        return bool(contact.publish_public)
