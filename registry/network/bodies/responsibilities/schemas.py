"""Who is responsible for a field of action, as a form, and in the log."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.core.forms import Part as Rows
from registry.core.forms import office
from registry.network.bodies.models import Role
from registry.texts.schemas import WrittenSchema

SECTIONS = {"who": _l("Who is responsible")}
ROLES = [(Role.LEAD.value, _l("leads")), (Role.PARTNER.value, _l("takes part"))]


class DutySchema(WrittenSchema):
    actor = fields.UUID(
        required=True, attribute="actor.uuid", metadata=office(_l("Actor"), choices="member")
    )
    role = fields.String(
        load_default=Role.PARTNER.value,
        validate=one_of(ROLES),
        metadata=office(_l("Role"), options=ROLES),
    )
    agreed_on = fields.Date(allow_none=True, load_default=None, metadata=office(_l("Agreed on")))
    agreed_by = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=300),
        metadata=office(_l("Agreed by"), help=_l("For example: Integration conference")),
    )


class FieldSchema(WrittenSchema):
    duties = Rows(
        DutySchema,
        many=True,
        load_default=list,
        validate=validate.Length(max=100),
        metadata=office(_l("Responsible actors"), section="who"),
    )
