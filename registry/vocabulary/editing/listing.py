"""The lists of the vocabulary as the office sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from registry.core.text import fold
from registry.texts.translated import Shown
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing import queries
from registry.vocabulary.editing.queries import Uses
from registry.vocabulary.editing.schemas import LANGUAGES
from registry.vocabulary.models import SCHEMES
from registry.vocabulary.queries import TermRow

CURRENT = ("source", "current", "machine")


@dataclass(frozen=True)
class SchemeLine:
    """How many terms of a scheme hold today, how many do not, and translations that lack."""

    scheme: str
    valid: int
    retired: int
    missing: int


@dataclass(frozen=True)
class TermLine:
    """A term, what uses it, and in how many languages its name is up to date."""

    term: TermRow
    valid: bool
    translated: int
    uses: Uses = field(default_factory=dict)

    @property
    def used(self) -> int:
        return sum(self.uses.values())

    @property
    def uuid(self) -> UUID:
        return self.term.uuid


def schemes(day: date) -> list[SchemeLine]:
    return [_scheme(scheme, vocabulary.terms(scheme), day) for scheme in SCHEMES]


def _scheme(scheme: str, terms: Sequence[TermRow], day: date) -> SchemeLine:
    valid = sum(term.valid_on(day) for term in terms)
    missing = sum(len(LANGUAGES) - _translated(term) for term in terms)
    return SchemeLine(scheme, valid, len(terms) - valid, missing)


def terms(scheme: str, day: date, sort: str) -> list[TermLine]:
    """Return the terms of a scheme in their order, or by "uses", most used first."""
    uses = queries.uses(scheme)
    lines = [
        TermLine(term, term.valid_on(day), _translated(term), uses.get(term.id, {}))
        for term in vocabulary.terms(scheme)
    ]
    return sorted(lines, key=lambda line: -line.used) if sort == "uses" else lines


def found(wanted: Sequence[str], language: str) -> list[tuple[TermRow, Shown]]:
    """Return the terms whose names, synonyms or key hold all of these folded words."""
    if not wanted:
        return []
    return [
        (term, term.label(language))
        for scheme in SCHEMES
        for term in vocabulary.terms(scheme)
        if all(word in _said(term) for word in wanted)
    ]


def _said(term: TermRow) -> str:
    synonyms = [word for words in term.synonyms.values() for word in words]
    return fold(" ".join([term.key, *term.labels.bodies.values(), *synonyms]))


def _translated(term: TermRow) -> int:
    return sum(term.labels.state(tag) in CURRENT for tag in LANGUAGES)
