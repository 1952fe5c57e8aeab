"""The texts of an entry that can be translated, those of its rows included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry.core.forms import Part, RecordSchema
from registry.texts.schemas import MAX_LENGTH, TranslatedField
from registry.texts.translated import SOURCE, State, Translated
from registry.upkeep.kinds import Kind


@dataclass(frozen=True)
class Unit:
    """One text: `key` finds it again in its entry, `about` is what names its row."""

    key: str
    label: Any
    owner: Any
    name: str
    limit: int  # characters
    lines: int
    about: Any = ""

    @property
    def text(self) -> Translated:
        found: Translated = getattr(self.owner, self.name)
        return found

    @property
    def german(self) -> str:
        return self.text.by_language[SOURCE].body

    @property
    def version(self) -> int:
        """Return the version of the German text."""
        return self.text.by_language[SOURCE].version

    def state(self, language: str) -> State:
        return self.text.state(language)

    def body(self, language: str) -> str:
        return self.text.bodies.get(language, "")


def units_of(kind: Kind, row: Any) -> list[Unit]:
    """Return the texts of an entry that have a German wording, in the order of its form."""
    return list(_units(kind.life.reader, row))


def _units(schema: RecordSchema, row: Any, prefix: str = "", about: Any = "") -> Iterator[Unit]:
    taken: set[str] = set()
    for name, field in schema.load_fields.items():
        if isinstance(field, TranslatedField):
            if SOURCE in (getattr(row, name) or Translated()).bodies:
                hints = field.metadata
                limit, lines = hints.get("max_length", MAX_LENGTH), hints.get("lines", 1)
                yield Unit(prefix + name, hints["label"], row, name, limit, lines, about)
        elif isinstance(field, Part) and field.many:
            for inner in getattr(row, name):
                key = f"{prefix}{name}.{_key(inner)}."
                while key in taken:  # two closures of the same days
                    key = key[:-1] + "+."
                taken.add(key)
                yield from _units(field.rows, inner, key, _about(inner))


def _key(row: Any) -> str:
    """Return what makes a row of an entry the same row."""
    if hasattr(row, "closed_from"):
        return f"{row.closed_from}:{row.closed_to}"
    if hasattr(row, "language"):
        return f"{row.language.key}:{row.by}"
    return str((row.place if hasattr(row, "place") else row).uuid)


def _about(row: Any) -> Any:
    """Return what names a row: a place, a language (as a term), a unit, or the first closed day."""
    if hasattr(row, "closed_from"):
        return row.closed_from
    return getattr(row, "place", None) or getattr(row, "language", None) or str(row)
