"""What marshmallow says in English by itself, in the words and the language of our pages."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

MISSING = _l("Please fill in this field.")
FIELDS: dict[type[Any], dict[str, Any]] = {
    fields.Field: {"required": MISSING, "null": MISSING, "validator_failed": MISSING},
    fields.String: {"invalid": _l("Please give a text.")},
    fields.Number: {"invalid": _l("Please give a number.")},
    fields.Boolean: {"invalid": _l("Please answer yes or no.")},
    fields.UUID: {"invalid_uuid": _l("This entry does not exist.")},
    fields.Date: {"invalid": _l("Please give a date, for example 2026-11-24.")},
    fields.Time: {"invalid": _l("Please give a time, for example 14:30.")},
    fields.List: {"invalid": _l("Please give a list.")},
}
CHECKS: dict[type[Any], dict[str, Any]] = {
    validate.Length: {
        "message_min": _l("Please use at least {min} characters or entries."),
        "message_max": _l("Please use at most {max} characters or entries."),
        "message_all": _l("Please use {min} to {max} characters or entries."),
    },
    validate.Range: {"message_all": _l("Please give a number from {min} to {max}.")},
}
ERRORS: dict[type[Any], Any] = {
    validate.OneOf: _l("Please choose one of the options."),
    validate.Email: _l("Please give a valid e-mail address."),
    validate.URL: _l("Please give a web address that begins with https://"),
}


def reword(field: fields.Field[Any]) -> None:
    """Let a field and its checks speak our words, where they have none of their own."""
    for kind, words in FIELDS.items():
        if isinstance(field, kind):
            field.error_messages.update(words)
    for check in field.validators:
        for name, message in CHECKS.get(type(check), {}).items():
            setattr(check, name, message)
        if type(check) in ERRORS and isinstance(getattr(check, "error", None), str):
            check.error = ERRORS[type(check)]  # type: ignore[attr-defined]
