"""Blackening: a person's traces in texts and JSON give way to a mark. Pure.

A person is an e-mail address and the ids of the contacts it belonged to.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registry.core.text import fold

ADDRESS = re.compile(r"[^\s\"'<>()\[\],;:|\\]+@[^\s\"'<>()\[\],;:|\\]+\.[^\s\"'<>()\[\],;:|\\.]+")


def digest(address: str) -> str:
    """Return what is remembered of an erased address."""
    return hashlib.sha256(f"erased\0{address.strip().casefold()}".encode()).hexdigest()


def addresses(value: Any) -> Iterator[str]:
    """Yield whatever looks like an e-mail address in a text or a JSON value."""
    if isinstance(value, str):
        yield from ADDRESS.findall(value)
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)


@dataclass(frozen=True)
class Person:
    """Whose traces are looked for: an address, and public ids of contacts that had it."""

    address: str
    contacts: frozenset[str] = frozenset()

    @cached_property
    def mark(self) -> str:
        return f"[erased {digest(self.address)[:8]}]"

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Return what to look for, in small letters: the address, and as search folds it."""
        return (self.address.strip().lower(), fold(self.address))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # An address is not found inside a longer one.
        either = "|".join(re.escape(each) for each in self.needles)
        return re.compile(rf"(?<![\w.+-])(?:{either})(?![\w-]|\.\w)", re.IGNORECASE)

    def is_in(self, value: Any) -> bool:
        return self.scrubbed(value) != value

    def scrubbed(self, value: Any) -> Any:
        """Return the value without the person; a contact's row loses all it says of it."""
        if isinstance(value, str):
            return self._pattern.sub(self.mark, value)
        if isinstance(value, list):
            return [self.scrubbed(inner) for inner in value]
        if isinstance(value, dict):
            if self._is_row_of(value):
                return {name: self._blackened(name, inner) for name, inner in value.items()}
            return {self.scrubbed(name): self.scrubbed(inner) for name, inner in value.items()}
        return value

    def excerpt(self, value: Any) -> Any:
        """Return what a JSON value says of the person, without what it says of others."""
        if isinstance(value, dict) and not self._is_row_of(value):
            return {name: self.excerpt(inner) for name, inner in value.items() if self.is_in(inner)}
        if isinstance(value, list):
            return [self.excerpt(inner) for inner in value if self.is_in(inner)]
        return value

    def _is_row_of(self, row: dict[Any, Any]) -> bool:
        email = str(row.get("email") or "").strip().lower()
        return email == self.needles[0] or str(row.get("uuid")) in self.contacts

    def _blackened(self, name: str, value: Any) -> Any:
        return self.mark if isinstance(value, str) and value and name != "uuid" else value
