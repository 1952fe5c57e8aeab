"""The forms about other people's accounts."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.access.permissions import Role
from registry.accounts.schemas import email_field
from registry.accounts.wording import ROLES
from registry.core.forms import RecordSchema, public

EVERYWHERE = "*"


class GrantSchema(RecordSchema):
    role = fields.String(
        required=True,
        validate=validate.OneOf([role.value for role in Role]),
        metadata=public(_l("Role"), options=[(role.value, name) for role, name in ROLES.items()]),
    )
    region = fields.String(
        load_default="",
        metadata=public(_l("Region"), choices="region", help=_l("For every role but “Own actor”.")),
    )
    actor = fields.UUID(
        load_default=None,
        metadata=public(_l("Actor"), choices="actor", help=_l("Only for the role “Own actor”.")),
    )


class InvitationSchema(GrantSchema):
    email = email_field(_l("E-mail"), autocomplete="off")

    class Meta(RecordSchema.Meta):
        fields = ("email", "role", "region", "actor")
