"""The sign-in form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import RecordSchema, public


class SignInSchema(RecordSchema):
    email = fields.String(
        required=True,
        validate=validate.Length(1, 254, error=_l("Please fill in this field.")),
        metadata=public(_l("E-mail"), widget="email", autocomplete="username"),
    )
    password = fields.String(
        required=True,
        validate=validate.Length(1, 1000, error=_l("Please fill in this field.")),
        metadata=public(_l("Password"), widget="password", autocomplete="current-password"),
    )
    next = fields.String(load_default="", metadata=public(widget="hidden"))
