"""How the forms about accounts are read, refused and drawn again with what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _
from marshmallow import ValidationError

from registry.core.db import db
from registry.core.errors import Invalid, NotFound, TooMany
from registry.core.forms import Choices, Control, RecordSchema, controls, load_form, read_form


@dataclass(frozen=True)
class Outcome:
    """What became of a submitted form: `saved`, or refused with messages and a status."""

    saved: Any = None
    errors: Mapping[Any, Any] = field(default_factory=dict)
    status: int = 200


def attempt(schema: RecordSchema, save: Callable[[dict[str, Any]], Any], at: str) -> Outcome:
    """Load and save this request's form; `at` is the field that tells of too many tries."""
    try:
        return Outcome(save(load_form(schema, request.form)))
    except ValidationError as error:
        refused = Outcome(errors=error.messages_dict, status=422)
    except Invalid as error:
        refused = Outcome(errors=error.errors, status=422)
    except NotFound:
        refused = Outcome(status=404)
    except TooMany:
        message = _("Too many attempts. Please wait a few minutes and try again.")
        refused = Outcome(errors={at: [message]}, status=429)
    db.session.rollback()
    return refused


def drawn(
    schema: RecordSchema,
    outcome: Outcome | None = None,
    choices: Choices = lambda _kind: (),
    given: Mapping[str, Any] | None = None,
) -> list[Control]:
    """Return the inputs of a form, filled with `given` at first; secrets are not sent back."""
    typed = read_form(schema, request.form) if outcome else given or {}
    shown = {name: value for name, value in typed.items() if not _is_secret(schema, name)}
    return controls(schema, shown, outcome.errors if outcome else {}, choices)


def _is_secret(schema: RecordSchema, name: str) -> bool:
    hints = schema.fields[name].metadata
    return hints.get("widget") == "password" or hints.get("autocomplete") == "one-time-code"
