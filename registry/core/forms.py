"""One schema, two doors: the marshmallow schema that checks JSON is also the form.

A field's `metadata` says who reads it (`reads`: public, network, office), who writes it
(`writes`), and how a form shows it (label, help, section, widget, choices). A field that declares
nothing is office-only and cannot be loaded.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any, ClassVar, Literal, cast

from marshmallow import EXCLUDE, RAISE, Schema, fields, missing
from werkzeug.datastructures import MultiDict

from registry.core.wording import reword

Audience = Literal["public", "network", "office"]
RANK: dict[str, int] = {"public": 0, "network": 1, "office": 2}
Form = MultiDict[str, str]
Option = tuple[str, Any]
Choices = Callable[[str], Iterable[Option]]
SPARE_ROWS = 2
ROW_NUMBER = re.compile(r"([0-9]{1,6})\.")


def public(label: Any = "", **hints: Any) -> dict[str, Any]:
    """Metadata of a field that everyone reads and the office writes."""
    return {"reads": "public", "writes": "office", "label": label, **hints}


def office(label: Any = "", **hints: Any) -> dict[str, Any]:
    """Metadata of a field that only the office reads and writes."""
    return {"reads": "office", "writes": "office", "label": label, **hints}


def shown(label: Any = "", reads: Audience = "public", **hints: Any) -> dict[str, Any]:
    """Metadata of a field that is read but never loaded."""
    return {"reads": reads, "label": label, **hints}


class RecordSchema(Schema):
    """A schema that knows its audience: it neither dumps nor loads what is not declared."""

    class Meta:
        unknown = RAISE

    def __init__(self, *, audience: Audience = "public", **options: Any) -> None:
        self.audience = audience
        super().__init__(**options)
        rank, declared = RANK[audience], self.fields.items()
        readable = {n for n, f in declared if RANK[f.metadata.get("reads", "office")] <= rank}
        writable = {n for n, f in declared if f.metadata.get("writes")}
        self.dump_fields = {n: f for n, f in self.dump_fields.items() if n in readable}
        self.load_fields = {n: f for n, f in self.load_fields.items() if n in writable}
        kept = self.dump_fields.keys() | self.load_fields.keys()
        self.fields = {n: f for n, f in self.fields.items() if n in kept}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        reword(field_obj)

    def reads_row(self, _row: Any) -> bool:
        """Return whether the audience may see this row of a list at all."""
        return True


class Part(fields.Nested):
    """A nested schema that speaks to the same audience as the schema around it."""

    @property
    def schema(self) -> Schema:
        if self._schema is None:
            around = self.root if isinstance(self.root, RecordSchema) else None
            self._schema = cast(type[RecordSchema], self.nested)(
                audience=around.audience if around else "public",
                many=self.many,
                only=self.only,
                unknown=around.unknown if around else RAISE,
            )
        return self._schema

    def _serialize(  # type: ignore[override]  # Nested and Field name the value differently
        self, nested_obj: Any, attr: Any, obj: Any, **kwargs: Any
    ) -> Any:
        if self.many and nested_obj is not None:
            nested_obj = [row for row in nested_obj if self.rows.reads_row(row)]
        elif nested_obj is not None and not self.rows.reads_row(nested_obj):
            nested_obj = None
        return super()._serialize(nested_obj, attr, obj, **kwargs)  # type: ignore[no-untyped-call]

    @property
    def rows(self) -> RecordSchema:
        return cast(RecordSchema, self.schema)


class FormField:
    """What a field of our own adds so that forms can read and show it."""

    widget: ClassVar[str]

    def from_form(self, form: Form, key: str) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Control:
    """One input as the form macro draws it."""

    name: str
    label: Any
    widget: str
    value: Any = None
    help: Any = ""
    section: str = ""
    errors: tuple[str, ...] = ()
    required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[tuple["Control", ...], ...] = ()
    spare: tuple[tuple["Control", ...], ...] = ()
    blank: tuple["Control", ...] = ()
    parts: tuple["Control", ...] = ()
    clearable: bool = True
    hints: Mapping[str, Any] = attribute(default_factory=dict)

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")

    @property
    def chosen(self) -> list[str]:
        """Return the values as the inputs hold them."""
        given = self.value if isinstance(self.value, list | tuple) else [self.value]
        return [str(value) for value in given if value not in (None, "")]

    @property
    def arranged(self) -> list[Option]:
        """Return the options, those chosen first and in their order, which thereby survives."""
        rank = {value: number for number, value in enumerate(self.chosen)}
        return sorted(self.options, key=lambda option: rank.get(str(option[0]), len(rank)))

    @property
    def problems(self) -> list[tuple["Control", str]]:
        """Return every message with its control: its own, then those of its parts and rows."""
        own = [(self, message) for message in self.errors]
        inner = [*self.parts, *(control for row in self.rows for control in row)]
        return own + [problem for control in inner for problem in control.problems]


def read_form(schema: RecordSchema, form: Form, prefix: str = "") -> dict[str, Any]:
    """Return the nested dict that `schema.load` expects; rows left blank are left out."""
    read = {
        _key(name, field): _read_field(field, form, prefix + _key(name, field))
        for name, field in schema.load_fields.items()
    }
    # An empty input of a field that has no empty value says nothing at all.
    return {key: value for key, value in read.items() if value != ""}


def _key(name: str, field: fields.Field[Any]) -> str:
    return field.data_key or name


def load_form(schema: RecordSchema, form: Form) -> Any:
    """Read and load a submitted form; raises marshmallow's ValidationError."""
    return schema.load(read_form(schema, form), unknown=EXCLUDE)


def _read_field(field: fields.Field[Any], form: Form, key: str) -> Any:
    if isinstance(field, FormField):
        return field.from_form(form, key)
    if isinstance(field, Part):
        return _read_part(field, form, key)
    if isinstance(field, fields.List):
        return [value for value in form.getlist(key) if value]
    if isinstance(field, fields.Boolean):
        return form.get(key) not in (None, "", "false")
    value = form.get(key, "").strip()
    if isinstance(field, fields.Float):
        value = value.replace(",", ".")
    return value or (None if field.allow_none else "")


def _read_part(part: Part, form: Form, key: str) -> Any:
    if not part.many:
        return read_form(part.rows, form, f"{key}.")
    found = (
        ROW_NUMBER.match(name.removeprefix(f"{key}-"))
        for name in form
        if name.startswith(f"{key}-")
    )
    numbers = {int(number[1]) for number in found if number}
    rows = (read_form(part.rows, form, f"{key}-{number}.") for number in sorted(numbers))
    preset = {_key(name, field): _preset(field) for name, field in part.rows.load_fields.items()}
    return [row for row in rows if says_something({k: v for k, v in row.items() if v != preset[k]})]


def _preset(field: fields.Field[Any]) -> Any:
    return None if field.load_default is missing else field.load_default


def says_something(value: Any) -> bool:
    if isinstance(value, dict):
        return any(says_something(inner) for inner in value.values())
    return value not in (None, "", [], False)


def controls(
    schema: RecordSchema,
    data: Mapping[str, Any],
    errors: Mapping[Any, Any],
    choices: Choices,
    prefix: str = "",
) -> list[Control]:
    """Return the inputs of a form in the order the schema declares them."""
    return [
        _control(field, prefix + key, data.get(key, _preset(field)), errors.get(key), choices)
        for name, field in schema.load_fields.items()
        for key in (_key(name, field),)
    ]


def unplaced(errors: Mapping[Any, Any], inputs: Iterable[Control]) -> tuple[str, ...]:
    """Return the messages of fields that this form does not show."""
    shown_here = {control.name.rpartition(".")[2] for control in inputs}
    return messages({key: value for key, value in errors.items() if key not in shown_here})


def _control(
    field: fields.Field[Any], name: str, value: Any, errors: Any, choices: Choices
) -> Control:
    hints = field.metadata
    below = _below(field, name, value, errors, choices) if isinstance(field, Part) else {}
    return Control(
        name=name,
        label=hints.get("label", name),
        widget=_widget(field),
        value=value,
        help=hints.get("help", ""),
        section=hints.get("section", ""),
        required=field.required,
        options=tuple(_options(hints, choices)),
        clearable=field.allow_none,
        hints=hints,
        **{"errors": messages(errors), **below},
    )


def _below(part: Part, name: str, value: Any, errors: Any, choices: Choices) -> dict[str, Any]:
    """Return what a control holds besides its own input: one set of inputs, or one for each row."""
    inner: dict[Any, Any] = errors if isinstance(errors, dict) else {}

    def row(number: int | str, data: Mapping[str, Any]) -> tuple[Control, ...]:
        return tuple(controls(part.rows, data, inner.get(number, {}), choices, f"{name}-{number}."))

    if part.many:
        present = list(value or [])
        return {
            "rows": tuple(row(number, data) for number, data in enumerate(present)),
            "spare": tuple(row(len(present) + extra, {}) for extra in range(SPARE_ROWS)),
            "blank": row("ROW", {}),
        }
    parts = tuple(controls(part.rows, value or {}, inner, choices, f"{name}."))
    return {"parts": parts, "errors": unplaced(inner, parts)}


def messages(errors: Any) -> tuple[str, ...]:
    """Flatten marshmallow's messages of one field; those of rows stay with their rows."""
    if isinstance(errors, dict):
        nested = (v for k, v in errors.items() if not isinstance(k, int))
        return tuple(text for value in nested for text in messages(value))
    if isinstance(errors, list | tuple):
        return tuple(str(text) for text in errors)
    return (str(errors),) if errors else ()


def _options(hints: Mapping[str, Any], choices: Choices) -> Iterable[Option]:
    if "options" in hints:
        return hints["options"]
    return choices(hints["choices"]) if "choices" in hints else ()


def _widget(field: fields.Field[Any]) -> str:
    if "widget" in field.metadata:
        return str(field.metadata["widget"])
    if isinstance(field, FormField):
        return field.widget
    if "options" in field.metadata or "choices" in field.metadata:
        return "checkboxes" if isinstance(field, fields.List) else "select"
    kinds: list[tuple[type[Any], str]] = [
        (Part, "rows" if getattr(field, "many", False) else "part"),
        (fields.Boolean, "checkbox"),
        (fields.Date, "date"),
        (fields.Time, "time"),
        (fields.Number, "number"),
        (fields.Email, "email"),
        (fields.Url, "url"),
        (fields.List, "list"),
    ]
    return next((widget for kind, widget in kinds if isinstance(field, kind)), "text")
