"""An integration officer as a form: a function and its role profile (F04), never a person."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"what": _l("What"), "role": _l("Role"), "reach": _l("Contact")}


def _text(label: str, longest: int, hint: str | None = None) -> fields.String:
    hints = {"help": hint} if hint else {}
    return fields.String(
        allow_none=True,
        validate=validate.Length(max=longest),
        metadata=office(label, section="role", lines=3, **hints),
    )


class OfficerSchema(WrittenSchema):
    ags = fields.String(
        required=True,
        metadata=office(_l("Municipality"), section="what", choices="municipality"),
    )
    function = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(
            _l("Function"), section="what", help=_l("Of an office or function, never of a person.")
        ),
    )
    actor = fields.UUID(
        allow_none=True,
        attribute="actor.uuid",
        metadata=office(_l("Actor"), section="what", choices="holder"),
    )
    public = fields.Boolean(
        load_default=False,
        metadata=office(_l("Everyone may see function and contact"), section="what"),
    )
    population = _text(_l("Who lives in the municipality"), 1000)
    embedding = _text(_l("Place in the administration"), 500)
    tasks = _text(_l("Tasks"), 2000)
    mandate = _text(
        _l("Mandate"), 1000, _l("What the officer may decide, and who must be asked or heard")
    )
    hours = fields.String(
        allow_none=True,
        validate=validate.Length(max=100),
        metadata=office(_l("When to reach"), section="reach"),
    )
    email = fields.Email(
        allow_none=True,
        validate=validate.Length(max=254),
        metadata=office(
            _l("E-mail"), section="reach", help=_l("Of an office or function, never of a person.")
        ),
    )
    phone = fields.String(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata=office(_l("Telephone"), section="reach", widget="tel"),
    )
