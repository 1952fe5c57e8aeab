"""What is typed at the door about somebody who was not expected."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.conferences.replies.schemas import PersonSchema
from registry.core.forms import public


class WalkInSchema(PersonSchema):
    """Somebody who came without having said so."""

    organisation = fields.String(
        allow_none=True,
        validate=validate.Length(max=200),
        metadata=public(
            _l("Organisation"),
            widget="suggest",
            choices="organisation",
            help=_l("As it is called in the register, if it is there. Empty for a single person."),
        ),
    )
