"""A text in several languages, kept with the source version each translation was made from. Pure.

The state of a translation follows from two numbers, so nobody can set it wrong: it is current when
it was made from the source's present version. A small correction does not raise that version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

SOURCE = "de"
State = Literal["source", "current", "outdated", "machine", "missing"]


@dataclass(frozen=True)
class Entry:
    """One language: `version` is the source's own, or the one this translation was made from."""

    body: str
    version: int = 1
    machine: bool = False


@dataclass(frozen=True)
class Shown:
    """What a reader gets: the text, the language it really is in, and its state."""

    body: str
    language: str
    state: State

    def __str__(self) -> str:
        return self.body


@dataclass(frozen=True)
class Translated:
    entries: tuple[tuple[str, Entry], ...] = ()

    @classmethod
    def of(cls, bodies: Mapping[str, str]) -> "Translated":
        return cls().merged(bodies)

    @property
    def by_language(self) -> dict[str, Entry]:
        return dict(self.entries)

    @property
    def bodies(self) -> dict[str, str]:
        return {language: entry.body for language, entry in self.entries}

    def __bool__(self) -> bool:
        return bool(self.entries)

    def merged(self, bodies: Mapping[str, str | None], *, minor: bool = False) -> "Translated":
        """Return a copy with these languages set; an empty body removes its language.

        A changed source raises the version unless the change is `minor`; a translation given along
        with it counts as made from the new source.
        """
        kept = self.by_language
        old = kept.get(SOURCE)
        new = bodies.get(SOURCE, old.body if old else "") or ""
        version = old.version if old else 1
        if old and new != old.body and not minor:
            version += 1
        for language, body in bodies.items():
            present = kept.get(language)
            if not body:
                kept.pop(language, None)
            elif language == SOURCE or not present or present.body != body:
                kept[language] = Entry(body, version)
        order = sorted(kept, key=lambda language: (language != SOURCE, language))
        return Translated(tuple((language, kept[language]) for language in order))

    def marked_machine(self, language: str) -> "Translated":
        entries = self.by_language
        entries[language] = replace(entries[language], machine=True)
        return Translated(tuple(entries.items()))

    def state(self, language: str) -> State:
        entry, source = self.by_language.get(language), self.by_language.get(SOURCE)
        if entry is None:
            return "missing"
        if language == SOURCE:
            return "source"
        if source and entry.version < source.version:
            return "outdated"
        return "machine" if entry.machine else "current"

    def shown(self, language: str) -> Shown:
        """Return the text in `language`, else in German, else in whatever there is."""
        entries = self.by_language
        for candidate in (language, SOURCE, *entries):
            if candidate in entries:
                return Shown(entries[candidate].body, candidate, self.state(candidate))
        return Shown("", language, "missing")

    def to_json(self) -> dict[str, Any]:
        return {language: _entry_json(entry) for language, entry in self.entries}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Translated":
        return cls(tuple((language, Entry(**entry)) for language, entry in stored.items()))


def _entry_json(entry: Entry) -> dict[str, Any]:
    stored: dict[str, Any] = {"body": entry.body, "version": entry.version}
    return stored | ({"machine": True} if entry.machine else {})
