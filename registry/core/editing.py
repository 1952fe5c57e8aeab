"""How every form of the office is read, saved, refused and drawn again with what was typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from registry.core import i18n
from registry.core.db import db
from registry.core.errors import Alike, Conflict, Invalid
from registry.core.forms import (
    Choices,
    Control,
    Form,
    Part,
    RecordSchema,
    controls,
    load_form,
    read_form,
    unplaced,
)

Titles = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of a submitted form: saved, refused with messages, or overtaken by `theirs`.

    `alike` are entries that are there already and look like the one to be saved.
    """

    saved: Any = None
    errors: Mapping[Any, Any] = field(default_factory=dict)
    theirs: Any = None
    alike: tuple[Any, ...] = ()

    @property
    def status(self) -> int:
        return 409 if self.theirs is not None else 422


@dataclass(frozen=True)
class Section:
    key: str
    title: Any
    controls: list[Control]


@dataclass(frozen=True)
class Sheet:
    """A form as the page draws it. `others` are messages that belong to no input."""

    sections: list[Section]
    others: tuple[str, ...] = ()
    version: int = 0
    typed: bool = False
    states: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    overtaken: bool = False
    conflicts: tuple[tuple[Control, Control], ...] = ()
    alike: tuple[Any, ...] = ()

    @property
    def controls(self) -> list[Control]:
        return [control for section in self.sections for control in section.controls]


def submitted() -> Form:
    """Return the form of this request, line ends as everywhere else."""
    pairs = request.form.items(multi=True)
    return MultiDict([(name, value.replace("\r\n", "\n")) for name, value in pairs])


def typed(schema: RecordSchema) -> dict[str, Any]:
    return read_form(schema, submitted())


def version(name: str = "version") -> int:
    """Return the version the form was made from; what is no number matches none."""
    given = request.form.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def given(schema: RecordSchema) -> dict[str, Any]:
    """Return the loaded form of this request; raises what `attempt` understands."""
    loaded: dict[str, Any] = load_form(schema, submitted())
    return loaded


def attempt(save: Callable[[], Any]) -> Outcome:
    """Load and save a form. Where that is refused, nothing of it stays in the session."""
    try:
        return Outcome(saved=save())
    except ValidationError as error:
        outcome = Outcome(errors=error.messages_dict)
    except Invalid as error:
        outcome = Outcome(errors=error.errors)
    except Conflict as error:
        outcome = Outcome(theirs=error.theirs)
    except Alike as error:
        outcome = Outcome(alike=tuple(error.found))
    db.session.rollback()
    return outcome


def sheet(
    schema: RecordSchema,
    titles: Titles,
    data: Mapping[str, Any],
    choices: Choices,
    outcome: Outcome | None = None,
) -> Sheet:
    """Return a form filled with `data`: what stands in the register, or what was just typed."""
    errors = outcome.errors if outcome else {}
    inputs = controls(schema, data, errors, choices)
    sections = [
        Section(key, title, [control for control in inputs if control.section == key])
        for key, title in titles.items()
    ]
    alike = outcome.alike if outcome else ()
    return Sheet(sections, unplaced(errors, inputs), typed=outcome is not None, alike=alike)


def beside(
    made: Sheet, schema: RecordSchema, row: Any, choices: Choices, outcome: Outcome | None
) -> Sheet:
    """Add what belongs to a form for a row that exists: its version, its translations' states.

    A form that was refused keeps the version it was made from; one that was overtaken takes the
    new one, so that saving again is a decision.
    """
    refused = outcome is not None and outcome.theirs is None and "version" in request.form
    added: dict[str, Any] = {"version": version() if refused else row.version}
    if outcome and outcome.theirs is not None:
        saved = controls(schema, schema.dump(row), {}, choices)
        added |= {"overtaken": True, "conflicts": tuple(_differing(made.controls, saved))}
    # Where a form was refused, its rows may no longer be those that are stored.
    found = states(schema, row, rows=outcome is None)
    return replace(made, states=found, **added)


def states(
    schema: RecordSchema, row: Any, *, rows: bool = True, prefix: str = ""
) -> dict[str, dict[str, str]]:
    """Return the state of every translation by the name of its input, those of rows included."""
    tags = [language.tag for language in i18n.languages()]
    found: dict[str, dict[str, str]] = {}
    for name, each in schema.load_fields.items():
        value: Any = getattr(row, each.attribute or name, None)
        if hasattr(value, "bodies"):  # a text in several languages
            found[prefix + name] = {tag: value.state(tag) for tag in tags}
        elif isinstance(each, Part) and each.many and rows:
            for number, inner in enumerate(value or ()):
                found |= states(each.rows, inner, prefix=f"{prefix}{name}-{number}.")
    return found


def _differing(mine: Iterable[Control], saved: Iterable[Control]) -> list[tuple[Control, Control]]:
    theirs = {control.name: control for control in saved}
    pairs = [(control, theirs[control.name]) for control in mine]
    return [(one, other) for one, other in pairs if _said(one) != _said(other)]


def _said(control: Control) -> Any:
    """Return what an input says, in a form in which typed and stored values are equal."""
    if control.widget == "rows":
        return [[_said(inner) for inner in row] for row in control.rows]
    if control.widget == "part":
        return [_said(inner) for inner in control.parts]
    if control.widget == "german":
        return (control.value or {}).get("de") or ""
    if control.widget == "translated":
        tags = [language.tag for language in i18n.languages()]
        return [(control.value or {}).get(tag) or "" for tag in tags]
    if control.widget == "checkbox":
        return bool(control.value)
    return control.chosen if control.hints.get("ordered") else sorted(control.chosen)
