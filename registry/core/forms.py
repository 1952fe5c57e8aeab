"""One schema, two doors: the marshmallow schema that checks JSON is also the form.

A field's `metadata` says who reads it (`reads`: public, network, office), who writes it
(`writes`), and how a form shows it (label, help, section, widget, choices). A field that declares
nothing is office-only and cannot be loaded.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field as attribute
from typing import Any, ClassVar, Literal

from marshmallow import EXCLUDE, RAISE, Schema, fields
from werkzeug.datastructures import MultiDict

Audience = Literal["public", "network", "office"]
RANK: dict[str, int] = {"public": 0, "network": 1, "office": 2}
Form = MultiDict[str, str]
Option = tuple[str, Any]
Choices = Callable[[str], Iterable[Option]]


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
        ordered = True

    def __init__(self, *, audience: Audience = "public", **options: Any) -> None:
        self.audience = audience
        super().__init__(**options)
        rank = RANK[audience]
        readable = {n for n, f in self.fields.items() if RANK[_reads(f)] <= rank}
        writable = {n for n, f in self.fields.items() if f.metadata.get("writes")}
        self.dump_fields = {n: f for n, f in self.dump_fields.items() if n in readable}
        self.load_fields = {n: f for n, f in self.load_fields.items() if n in writable}
        kept = self.dump_fields.keys() | self.load_fields.keys()
        self.fields = {n: f for n, f in self.fields.items() if n in kept}

    def reads_row(self, _row: Any) -> bool:
        """Return whether the audience may see this row of a list at all."""
        return True


def _reads(field: fields.Field[Any]) -> str:
    return str(field.metadata.get("reads", "office"))


class Part(fields.Nested):
    """A nested schema that speaks to the same audience as the schema around it."""

    @property
    def schema(self) -> Schema:
        if self._schema is None:
            around = self.root if isinstance(self.root, RecordSchema) else None
            made = self.nested() if not isinstance(self.nested, type) else self.nested
            self._schema = made(
                audience=around.audience if around else "public",
                many=self.many,
                unknown=around.unknown if around else RAISE,
            )
        return self._schema

    def _serialize(self, nested_obj: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:
        if self.many and nested_obj is not None:
            nested_obj = [row for row in nested_obj if self.rows.reads_row(row)]
        return super()._serialize(nested_obj, attr, obj, **kwargs)

    @property
    def rows(self) -> RecordSchema:
        assert isinstance(self.schema, RecordSchema)
        return self.schema


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
    blank: tuple["Control", ...] = ()
    hints: Mapping[str, Any] = attribute(default_factory=dict)

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")


def read_form(schema: RecordSchema, form: Form, prefix: str = "") -> dict[str, Any]:
    """Return the nested dict that `schema.load` expects; rows left blank are left out."""
    return {
        _key(name, field): _read_field(field, form, prefix + _key(name, field))
        for name, field in schema.load_fields.items()
    }


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
    return value or (None if field.allow_none else "")


def _read_part(part: Part, form: Form, key: str) -> Any:
    if not part.many:
        return read_form(part.rows, form, f"{key}.")
    numbers = {
        int(number)
        for name in form
        if name.startswith(f"{key}-")
        and (number := name.removeprefix(f"{key}-").partition(".")[0]).isdigit()
    }
    rows = (read_form(part.rows, form, f"{key}-{number}.") for number in sorted(numbers))
    return [row for row in rows if _filled(row)]


def _filled(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_filled(inner) for inner in value.values())
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
        _control(field, prefix + key, data.get(key), errors.get(key), choices)
        for name, field in schema.load_fields.items()
        for key in (_key(name, field),)
        if not field.metadata.get("hidden")
    ]


def _control(
    field: fields.Field[Any], name: str, value: Any, errors: Any, choices: Choices
) -> Control:
    hints = field.metadata
    rows: tuple[tuple[Control, ...], ...] = ()
    blank: tuple[Control, ...] = ()
    if isinstance(field, Part) and field.many:
        inner = _row_errors(errors)
        rows = tuple(
            tuple(controls(field.rows, row, inner.get(i, {}), choices, f"{name}-{i}."))
            for i, row in enumerate(value or [])
        )
        blank = tuple(controls(field.rows, {}, {}, choices, f"{name}-ROW."))
    return Control(
        name=name,
        label=hints.get("label", name),
        widget=_widget(field),
        value=value,
        help=hints.get("help", ""),
        section=hints.get("section", ""),
        errors=messages(errors),
        required=field.required,
        options=tuple(_options(hints, choices)),
        rows=rows,
        blank=blank,
        hints=hints,
    )


def _row_errors(errors: Any) -> dict[Any, Any]:
    return errors if isinstance(errors, dict) else {}


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
        (Part, "rows"),
        (fields.Boolean, "checkbox"),
        (fields.Date, "date"),
        (fields.Number, "number"),
        (fields.Email, "email"),
        (fields.Url, "url"),
        (fields.List, "list"),
    ]
    return next((widget for kind, widget in kinds if isinstance(field, kind)), "text")
