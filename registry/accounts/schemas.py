"""The forms of signing in and of one's own account."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from registry.accounts.passwords import MIN_LENGTH
from registry.core.forms import RecordSchema, public
from registry.core.text import is_storable

FILLED = _l("Please fill in this field.")


def _is_text(value: str) -> None:
    if not is_storable(value):
        raise ValidationError(_("Please give a text."))


def email_field(label: Any, **hints: Any) -> fields.String:
    return fields.String(
        required=True,
        validate=[validate.Length(1, 254, error=FILLED), _is_text],
        metadata=public(label, widget="email", **hints),
    )


def _password(label: Any, **hints: Any) -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Length(1, 1000, error=FILLED),
        metadata=public(label, widget="password", **hints),
    )


def _new_password() -> fields.String:
    words = _l(
        "At least %(count)s characters. Several words are easy to remember.", count=MIN_LENGTH
    )
    return _password(_l("New password"), autocomplete="new-password", help=words)


def _code(label: Any, **hints: Any) -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Length(1, 100, error=FILLED),
        metadata=public(label, autocomplete="one-time-code", **hints),
    )


def _first_code() -> fields.String:
    return _code(_l("Code"), help=_l("The six digits that the app shows now."))


class SignInSchema(RecordSchema):
    email = email_field(_l("E-mail"), autocomplete="username")
    password = _password(_l("Password"), autocomplete="current-password")
    next = fields.String(load_default="", metadata=public(widget="hidden"))


class CodeSchema(RecordSchema):
    code = _code(_l("Code"), help=_l("The six digits of your app, or one of your recovery codes."))
    next = fields.String(load_default="", metadata=public(widget="hidden"))


class FirstCodeSchema(RecordSchema):
    code = _first_code()


class FirstProofSchema(RecordSchema):
    """The same for somebody who has been signed in for a while."""

    current = _password(_l("Password"), autocomplete="current-password")
    code = _first_code()


class AddressSchema(RecordSchema):
    email = email_field(_l("E-mail"), autocomplete="username")


class NewPasswordSchema(RecordSchema):
    password = _new_password()


class PasswordChangeSchema(RecordSchema):
    current = _password(_l("Present password"), autocomplete="current-password")
    password = _new_password()


class AddressChangeSchema(RecordSchema):
    email = email_field(_l("New e-mail address"), autocomplete="email")
    current = _password(_l("Password"), autocomplete="current-password")


class ProofSchema(RecordSchema):
    """What is asked for before the second factor is changed."""

    current = _password(_l("Password"), autocomplete="current-password")
    code = _code(_l("Code"), help=_l("The six digits of your app, or one of your recovery codes."))


class EmptySchema(RecordSchema):
    """A form of which only the button matters."""
