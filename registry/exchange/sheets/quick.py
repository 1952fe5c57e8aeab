"""Loading a part of a row without marshmallow, where it is sure to load it just so.

What is compiled here accepts less than the schema does, and makes the same of what it accepts;
everything else goes to the schema, which says what is wrong. A kind of field or check that is not
known here is one of those.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from marshmallow import fields, validate

from registry.actors.hours import tidy
from registry.actors.schemas import AGS, MAX_HOURS, POSTCODE
from registry.core.forms import Part, RecordSchema
from registry.core.text import is_storable
from registry.texts.schemas import MAX_LENGTH, TranslatedField
from registry.texts.translated import SOURCE

Load = Callable[[Any], Any]
Values = Mapping[str, Any]
_MAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9]+-?[a-z0-9]+\.){1,3}[a-z]{2,6}"
)
_WEB = re.compile(r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.){1,4}[a-z]{2,6}(?:/[A-Za-z0-9_/.-]*)?")
_LANGUAGES = {SOURCE, "en", "uk", "ar", "tr", "ru", "fr"}
_MOST = 60  # terms or rows in a list


class Unsure(Exception):
    """This goes to the schema."""


def loader(schema: RecordSchema) -> Callable[[Values], dict[str, Any]]:
    """Return a function that loads values as `schema.load` would, or raises Unsure."""
    steps = {
        field.data_key or name: (field.attribute or name, _load(field))
        for name, field in schema.load_fields.items()
    }
    required = {
        field.data_key or name for name, field in schema.load_fields.items() if field.required
    }

    doubtful: Callable[[Values], bool] | None = getattr(schema, "is_doubtful", None)

    def load(values: Values) -> dict[str, Any]:
        if not required <= values.keys():
            raise Unsure
        loaded = {}
        for name, value in values.items():
            step = steps.get(name)
            if step is None or step[1] is None:
                raise Unsure
            loaded[step[0]] = step[1](value)
        if doubtful and doubtful(loaded):
            raise Unsure
        return loaded

    return load


def _load(field: fields.Field[Any]) -> Load | None:
    """Return what loads one field, None where only the schema can."""
    if "." in (field.attribute or "") or isinstance(field, Part):
        return _language_rows if field.name == "languages" else None
    if isinstance(field, TranslatedField):
        return _texts(field)
    if isinstance(field, fields.List):
        return _list(field)
    for family, make in _FAMILIES:
        if isinstance(field, family):
            return make(field)
    return None


def _text(field: fields.Field[Any]) -> Load | None:
    if field.metadata.get("widget") == "hours":
        return _checked(_is_readable)
    if field.validators == [POSTCODE]:
        return _checked(re.compile(r"[0-9]{5}").fullmatch)
    if field.validators == [AGS]:
        return _checked(re.compile(r"[0-9]{2,8}").fullmatch)
    least, most = 0, MAX_LENGTH
    for check in field.validators:
        if isinstance(check, validate.OneOf):
            return _checked(frozenset(check.choices).__contains__)
        if not isinstance(check, validate.Length) or check.equal is not None:
            return None
        least, most = max(least, check.min or 0), min(most, check.max or most)
    return _checked(lambda value: least <= len(value) <= most and is_storable(value))


@lru_cache(maxsize=4096)
def _is_readable(hours: str) -> bool:
    """Return whether hours can be stored; an empty text is left to the schema."""
    try:
        return 0 < len(hours) <= MAX_HOURS and is_storable(hours) and len(tidy(hours)) <= MAX_HOURS
    except ValueError:
        return False


def _checked(fits: Callable[[str], Any]) -> Load:
    def load(value: Any) -> str:
        if type(value) is not str or not fits(value):
            raise Unsure
        return value

    return load


def _matched(pattern: re.Pattern[str], most: int) -> Load:
    return _checked(lambda value: len(value) <= most and pattern.fullmatch(value))


def _number(field: fields.Field[Any]) -> Load | None:
    exact: type = int if isinstance(field, fields.Integer) else float
    low = high = None
    for check in field.validators:
        if not isinstance(check, validate.Range):
            return None
        low, high = check.min, check.max

    def load(value: Any) -> Any:
        if type(value) is not exact or low is None or high is None or not low <= value <= high:
            raise Unsure
        return value

    return load


def _flag(_field: fields.Field[Any]) -> Load:
    def load(value: Any) -> bool:
        if type(value) is not bool:
            raise Unsure
        return value

    return load


def _day(_field: fields.Field[Any]) -> Load:
    def load(value: Any) -> date:
        if type(value) is not str or len(value) != 10:
            raise Unsure
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Unsure from None

    return load


def _texts(field: TranslatedField) -> Load:
    most = field.metadata.get("max_length", MAX_LENGTH)

    def load(value: Any) -> dict[str, str]:
        if type(value) is not dict or not value.get(SOURCE) or not value.keys() <= _LANGUAGES:
            raise Unsure
        for text in value.values():
            if type(text) is not str or len(text) > most or not is_storable(text):
                raise Unsure
        return {language: text.strip() for language, text in value.items()}

    def sure(value: Any) -> dict[str, str]:
        loaded = load(value)
        if not loaded[SOURCE]:
            raise Unsure
        return loaded

    return sure


def _list(field: fields.List[Any]) -> Load | None:
    inner = _load(field.inner)
    if inner is None:
        return None
    least = int(field.required)

    def load(values: Any) -> list[Any]:
        if type(values) is not list or not least <= len(values) <= _MOST:
            raise Unsure
        return [inner(value) for value in values]

    return load


def _language_rows(rows: Any) -> list[dict[str, str]]:
    if type(rows) is not list or len(rows) > _MOST:
        raise Unsure
    for row in rows:
        if type(row) is not dict or row.keys() != {"language", "by"}:
            raise Unsure
        if row["by"] not in ("staff", "interpreter") or not 0 < len(row["language"]) <= _MOST:
            raise Unsure
    return [dict(row) for row in rows]


# The more special kinds first.
_FAMILIES: list[tuple[type[Any], Callable[[Any], Load | None]]] = [
    (fields.UUID, lambda _field: None),
    (fields.Email, lambda _field: _matched(_MAIL, 100)),
    (fields.Url, lambda _field: _matched(_WEB, 200)),
    (fields.String, _text),
    (fields.Integer, _number),
    (fields.Float, _number),
    (fields.Boolean, _flag),
    (fields.Date, _day),
]
