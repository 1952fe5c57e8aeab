"""A nested record as one row of a table, in the columns its schema declares. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import fields

from registry.core.forms import Part, RecordSchema
from registry.texts.schemas import TranslatedField

Row = dict[str, Any]
_IDS = {"id", "place"}


def flatten(
    schema: RecordSchema, record: Mapping[str, Any], languages: Sequence[str], prefix: str = ""
) -> Row:
    """Return one cell per column: a text takes one per language, a list is joined."""
    cells: Row = {}
    for name, field in schema.dump_fields.items():
        key = field.data_key or name
        cells |= _cells(field, prefix + key, record.get(key), languages)
    return cells


def _cells(field: fields.Field[Any], name: str, value: Any, languages: Sequence[str]) -> Row:
    if isinstance(field, TranslatedField):
        return {f"{name}_{language}": (value or {}).get(language) for language in languages}
    if isinstance(field, Part) and field.many:
        return {name: "; ".join(_line(field.rows, row, languages[:1]) for row in value or [])}
    if isinstance(field, Part):
        return flatten(field.rows, value or {}, languages, f"{name}_")
    if isinstance(field, fields.List):
        return {name: ", ".join(str(item) for item in value or [])}
    return {name: value}


def _line(schema: RecordSchema, row: Mapping[str, Any], languages: Sequence[str]) -> str:
    """Return a row of a list as its filled cells in one line; ids say nothing to a reader."""
    cells = flatten(schema, row, languages).items()
    told = (value for name, value in cells if name.rpartition("_")[2] not in _IDS)
    return ", ".join(_word(value) for value in told if value not in (None, "", False))


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
