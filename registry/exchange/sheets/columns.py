"""The columns of every sheet: what the schemas declare, in the order in which people read them.

A new field of a schema is a new column; only lists of whole rows (runs, closures, units) stay in
the register, where an import leaves them as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from marshmallow import fields

from registry.actors.schemas import ActorSchema, ContactSchema, PlaceSchema
from registry.core.forms import Part, RecordSchema
from registry.exchange.sheets.titles import PART_NAMES, TITLES
from registry.offers.schemas import OfferSchema
from registry.texts.schemas import TranslatedField
from registry.texts.translated import SOURCE

SCHEMAS: dict[str, type[RecordSchema]] = {
    "actor": ActorSchema,
    "place": PlaceSchema,
    "contact": ContactSchema,
    "offer": OfferSchema,
}
# The parts of a row of each sheet; the first is what the sheet is about.
SHEETS: dict[str, tuple[str, ...]] = {
    "flat": ("offer", "actor", "place", "contact"),
    "offers": ("offer", "actor"),
    "actors": ("actor",),
    "places": ("place", "actor"),
    "contacts": ("contact", "actor"),
}
PART_TITLES = {
    "offer": _l("Offer"),
    "actor": _l("Actor"),
    "place": _l("Place"),
    "contact": _l("Contact"),
}
# Many keep it in a column of its own; here it ends the street.
HOUSE_NUMBER = "place.house_number"
# Of an actor that a row only names.
REFERENCE = ("id", "key", "name", "postcode")
_ELSEWHERE = {"actor.parent", "contact.unit", "offer.contact", "offer.unit"}


@dataclass(frozen=True)
class Column:
    """A column; `key` is "part.field", for a text in another language "part.field.language"."""

    key: str
    title: str
    kind: str
    field: Any = None

    @property
    def part(self) -> str:
        return self.key.split(".")[0]

    @property
    def name(self) -> str:
        return self.key.split(".")[1]

    @property
    def language(self) -> str | None:
        """Return the language of a text, None where the value is no text in several languages."""
        if not isinstance(self.field, TranslatedField):
            return None
        return [*self.key.split("."), SOURCE][2]

    @property
    def hints(self) -> Any:
        return self.field.metadata if self.field is not None else {}


@cache
def sheet(kind: str, languages: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a sheet with its texts in these languages."""
    with force_locale(SOURCE):
        return tuple(_columns(kind, languages))


def about(kind: str) -> str:
    """Return the part that a sheet is about."""
    return SHEETS[kind][0]


def has_whole(kind: str, part: str) -> bool:
    """Return whether a sheet brings all of a part, or only names it."""
    return part == about(kind) or kind == "flat"


def _columns(kind: str, languages: tuple[str, ...]) -> Iterator[Column]:
    for part in SHEETS[kind]:
        if not has_whole(kind, part):
            yield from (_plain(f"{part}.{name}") for name in REFERENCE)
            continue
        yield _plain(f"{part}.id")
        yield _plain(f"{part}.key")
        yield from _of_schema(part, languages)
        yield from _more(kind, part)


def _plain(key: str) -> Column:
    kinds = {"id": "id", "contact_id": "id", "place_ids": "ids"}
    kinds |= {"postcode": "postcode", "hours": "hours"}
    return Column(key, TITLES[key], kinds.get(key.split(".")[1], "text"))


def _more(kind: str, part: str) -> Iterator[Column]:
    """Yield what a part has besides the fields of its own schema."""
    if kind == "actors":
        yield _plain("actor.postcode")
    elif part == "offer":
        yield _plain("offer.hours" if kind == "flat" else "offer.place_ids")
        if kind == "offers":
            yield _plain("offer.contact_id")
    elif part == "place":
        yield _plain(HOUSE_NUMBER)


def _of_schema(part: str, languages: tuple[str, ...]) -> Iterator[Column]:
    for name, field in SCHEMAS[part](audience="office").load_fields.items():
        key = f"{part}.{field.data_key or name}"
        if isinstance(field, fields.UUID) or key in _ELSEWHERE:
            continue
        if isinstance(field, TranslatedField):
            for language in dict.fromkeys((SOURCE, *languages)):
                ending = "" if language == SOURCE else f".{language}"
                yield Column(key + ending, _title(key, field, language), "text", field)
        elif key == "offer.languages":
            yield Column(key, _title(key, field), "languages", field)
        elif not isinstance(field, Part):
            yield Column(key, _title(key, field), _kind(field), field)


def _title(key: str, field: fields.Field[Any], language: str = SOURCE) -> str:
    part = key.split(".")[0]
    title = TITLES.get(key) or str(field.metadata.get("label", key))
    if key not in TITLES and part != "offer":
        title = f"{title} ({PART_NAMES[part]})"
    return title if language == SOURCE else f"{title} [{language}]"


_BY_TYPE: list[tuple[type[Any], str]] = [
    (fields.Boolean, "flag"),
    (fields.Date, "date"),
    (fields.Integer, "number"),
    (fields.Float, "degrees"),
    (fields.Email, "email"),
    (fields.Url, "url"),
    (fields.List, "list"),
]


def _kind(field: fields.Field[Any]) -> str:
    """Return how the cells of a field are read: by what its form offers, else by its type."""
    hints, many = field.metadata, isinstance(field, fields.List)
    choices = hints.get("choices", "")
    if choices.startswith("term:"):
        return "terms" if many else "term"
    if choices in ("municipality", "area"):
        return "regions" if many else "region"
    if "options" in hints:
        return "option"
    widgets = {"hours": "hours", "tel": "phone", "postcode": "postcode"}
    by_type = (kind for family, kind in _BY_TYPE if isinstance(field, family))
    return widgets.get(hints.get("widget", ""), next(by_type, "text"))
