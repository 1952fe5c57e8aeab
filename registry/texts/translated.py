"""A text in several languages, kept with the source version each translation was made from. Pure.

The state of a translation follows from two numbers, so nobody can set it wrong: it is current when
it was made from the source's present version. A small correction does not raise that version. The
source keeps what it said in the earlier versions that a translation was made from, so that a
translator sees what has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

SOURCE = "de"
State = Literal["source", "current", "outdated", "machine", "missing"]


@dataclass(frozen=True)
class Entry:
    """One language: `version` is the source's own, or the one this translation was made from.

    `earlier` are versions of the source and what it said then.
    """

    body: str
    version: int = 1
    machine: bool = False
    earlier: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Made:
    """How a translation came about: from which version of the source, and by whom."""

    version: int
    machine: bool = False


class Bodies(dict[str, str]):
    """Texts by language, with what is said about them besides.

    `minor`: the source is corrected, its translations stay as they are. `made`: languages of which
    it is known what they were made from; the others count as made from the source as it will be.
    """

    def __init__(
        self,
        bodies: Mapping[str, str],
        *,
        minor: bool = False,
        made: Mapping[str, Made] | None = None,
    ) -> None:
        super().__init__(bodies)
        self.minor, self.made = minor, dict(made or {})


class Dumped(dict[str, str]):
    """Texts by language as a schema dumps them, which still know the states of the translations."""

    __slots__ = ("text",)
    text: "Translated"

    @classmethod
    def of(cls, text: "Translated") -> "Dumped":
        made = cls(text.bodies)
        made.text = text
        return made


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
        if old and new != old.body and not (minor or getattr(bodies, "minor", False)):
            version += 1
        made: Mapping[str, Made] = getattr(bodies, "made", {})
        for language, body in bodies.items():
            present = kept.get(language)
            if not body:
                kept.pop(language, None)
            elif language in made:
                kept[language] = Entry(body, made[language].version, made[language].machine)
            elif language == SOURCE or not present or present.body != body:
                kept[language] = Entry(body, version)
        order = sorted(kept, key=lambda language: (language != SOURCE, language))
        return Translated(tuple((language, kept[language]) for language in order))._keeping(old)

    def _keeping(self, old: Entry | None) -> "Translated":
        """Return a copy whose source remembers what those translations need that are older."""
        source = self.by_language.get(SOURCE)
        if source is None or old is None:
            return self
        needed = {entry.version for _language, entry in self.entries} - {source.version}
        known = {**dict(old.earlier), old.version: old.body}
        earlier = tuple((number, known[number]) for number in sorted(needed & known.keys()))
        kept = {**self.by_language, SOURCE: replace(source, earlier=earlier)}
        return Translated(tuple(kept.items()))

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

    def made_from(self, language: str) -> str | None:
        """Return what the source said when a translation was made, None where nobody knows."""
        entry, source = self.by_language.get(language), self.by_language.get(SOURCE)
        if entry is None or source is None or entry.version == source.version:
            return source.body if source else None
        return dict(source.earlier).get(entry.version)

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
        return cls(tuple((language, _entry(entry)) for language, entry in stored.items()))


def _entry_json(entry: Entry) -> dict[str, Any]:
    stored: dict[str, Any] = {"body": entry.body, "version": entry.version}
    if entry.earlier:
        stored["earlier"] = [list(each) for each in entry.earlier]
    return stored | ({"machine": True} if entry.machine else {})


def _entry(stored: Mapping[str, Any]) -> Entry:
    if "earlier" not in stored:
        return Entry(**stored)
    return Entry(
        **{**stored, "earlier": tuple((number, said) for number, said in stored["earlier"])}
    )
