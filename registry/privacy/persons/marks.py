"""Blackening: a person's traces in texts and JSON give way to a mark. Pure.

A person is what it is looked for by, and the ids of its contacts.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry.privacy.persons.terms import Term

_IDS = ("uuid", "id")
LINES = "samples"  # lines of a file: what stands beside a person is about the person


def digest(salt: str, form: str) -> str:
    """Return what is remembered of something erased, by its form or id."""
    return hashlib.sha256(f"{salt}erased\0{form}".encode()).hexdigest()


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def contact_rows(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows in a JSON value that are contacts with an id."""
    if isinstance(value, dict):
        if is_contact(value):
            yield value
        for inner in value.values():
            yield from contact_rows(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from contact_rows(inner)


def without_contacts(value: Any) -> Any:
    """Return a JSON value without the rows that are contacts with an id."""
    if isinstance(value, dict):
        return {k: without_contacts(v) for k, v in value.items() if not is_contact(v)}
    if isinstance(value, list):
        return [without_contacts(inner) for inner in value if not is_contact(inner)]
    return value


def is_contact(value: Any) -> bool:
    return isinstance(value, dict) and "function" in value and bool(id_of(value))


def id_of(row: dict[str, Any]) -> str:
    return str(next((row[name] for name in _IDS if row.get(name)), ""))


@dataclass(frozen=True)
class Person:
    """Whose traces are looked for: by terms, and by the public ids of contacts."""

    terms: tuple[Term, ...]
    contacts: frozenset[str] = frozenset()
    mark: str = "[erased]"

    @property
    def likes(self) -> set[str]:
        """Return LIKE patterns of which whatever holds the person fits one at least."""
        return {
            *(like for term in self.terms for like in term.likes),
            *(f"%{uuid}%" for uuid in self.contacts),
        }

    def is_in(self, value: Any) -> bool:
        return bool(self.scrubbed(value) != value)

    def scrubbed(self, value: Any) -> Any:
        """Return the value without the person.

        A contact's row loses all it says; where it would be loaded again, it goes as a whole.
        """
        if isinstance(value, str):
            for term in self.terms:
                value = term.pattern.sub(self.mark, value)
            return value
        if isinstance(value, list):
            return [self.scrubbed(inner) for inner in value if not self._goes(inner)]
        if isinstance(value, dict):
            return self._scrubbed_row(value)
        return value

    def excerpt(self, value: Any) -> Any:
        """Return what a JSON value says of the person, without what it says of others."""
        if isinstance(value, dict) and not self._is_row_of(value):
            return {name: self.excerpt(inner) for name, inner in value.items() if self.is_in(inner)}
        if isinstance(value, list):
            return [self.excerpt(each) for each in value if self._goes(each) or self.is_in(each)]
        return value

    def _scrubbed_row(self, row: dict[Any, Any]) -> dict[Any, Any]:
        if self._is_row_of(row) or self._is_of(row.get("path")):
            kept = (*_IDS, "path")
            return {n: v if n in kept else self._blackened(v) for n, v in row.items()}
        return {self.scrubbed(name): self._scrubbed_at(name, value) for name, value in row.items()}

    def _scrubbed_at(self, name: Any, value: Any) -> Any:
        if self._is_of(name):
            return self._blackened(value)
        if name == LINES and isinstance(value, list):
            return [self._blackened(line) if self.is_in(line) else line for line in value]
        return self.scrubbed(value)

    def _goes(self, value: Any) -> bool:
        """Return whether this is a row of the person as a schema loads it."""
        return isinstance(value, dict) and "uuid" not in value and self._is_row_of(value)

    def _is_row_of(self, row: dict[Any, Any]) -> bool:
        if "function" not in row and "email" not in row:
            return False
        if known := id_of(row):
            return known in self.contacts
        return any(term.pattern.search(text) for text in texts(row) for term in self.terms)

    def _is_of(self, name: Any) -> bool:
        """Return whether a name leads to a contact: its id, or "contacts.<id>.phone"."""
        return isinstance(name, str) and any(
            name == uuid or f"contacts.{uuid}." in name for uuid in self.contacts
        )

    def _blackened(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._blackened(inner) for inner in value]
        if isinstance(value, dict):
            return {name: self._blackened(inner) for name, inner in value.items()}
        return self.mark if isinstance(value, str) and value else value
