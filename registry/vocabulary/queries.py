"""Reading terms. The whole vocabulary is small: it is read again when a term was changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from registry.core import versions
from registry.core.db import db
from registry.texts.translated import Shown, Translated
from registry.vocabulary.models import Term

OF_TERMS = frozenset({Term.__tablename__})
_CACHE = "vocabulary"
_MAPPED = "mapped terms"
# What people type names these; documents, steps and laws would only add noise.
_SEARCHED = (
    "field",
    "area_of_life",
    "target_group",
    "language",
    "eligibility",
    "level",
    "format",
    "cost",
    "service_type",
    "topic",
)


@dataclass(frozen=True)
class TermRow:
    id: int
    uuid: UUID
    version: int
    scheme: str
    key: str
    labels: Translated
    hints: Translated
    synonyms: dict[str, list[str]]
    autonym: str | None
    icon: str | None
    color: str | None
    url: str | None
    framework: bool
    valid_from: date | None
    valid_to: date | None

    def label(self, language: str) -> Shown:
        return self.labels.shown(language)

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Vocabulary:
    """All terms by scheme and key, each scheme in its order.

    `merged` gives for the key of one that was merged the term it went into; `former` gives for a
    term those that went into it.
    """

    schemes: dict[str, dict[str, TermRow]] = field(default_factory=dict)
    merged: dict[tuple[str, str], TermRow] = field(default_factory=dict)
    former: dict[int, list[TermRow]] = field(default_factory=dict)


def schemes() -> dict[str, dict[str, TermRow]]:
    """Return all terms by scheme and key, each scheme in its order."""
    return _vocabulary().schemes


def _vocabulary() -> Vocabulary:
    cached: Vocabulary | None = db.session.info.get(_CACHE)
    if cached is None:
        cached = db.session.info[_CACHE] = versions.kept("vocabulary", _read, OF_TERMS)
    return cached


def _read() -> Vocabulary:
    columns = [getattr(Term, name) for name in TermRow.__dataclass_fields__]
    order = (Term.scheme, Term.position, Term.id)
    found = db.session.execute(select(Term.merged_into_id, *columns).order_by(*order)).all()
    rows = {row.id: TermRow(*row[1:]) for row in found}
    following = {row.id: row.merged_into_id for row in found if row.merged_into_id}
    read = Vocabulary()
    for row in rows.values():
        if row.id in following:
            into = rows[last(row.id, following)]
            read.merged[row.scheme, row.key] = into
            read.former.setdefault(into.id, []).append(row)
        else:
            read.schemes.setdefault(row.scheme, {})[row.key] = row
    return read


def last(term_id: int, following: Mapping[int, int]) -> int:
    """Return where the way of a merged term ends: the one it went into may have been merged."""
    while term_id in following:
        term_id = following[term_id]
    return term_id


def forget() -> None:
    """Drop the session's copy; called by whatever changes terms."""
    db.session.info.pop(_CACHE, None)
    db.session.info.pop(_MAPPED, None)


def terms(scheme: str) -> list[TermRow]:
    return list(schemes().get(scheme, {}).values())


def term(scheme: str, key: str) -> TermRow | None:
    """Return a term; the key of one that was merged finds the one it was merged into."""
    vocabulary = _vocabulary()
    return vocabulary.schemes.get(scheme, {}).get(key) or vocabulary.merged.get((scheme, key))


def keys(scheme: str) -> list[str]:
    """Return every key by which a term of a scheme is found, those of merged ones as well."""
    vocabulary = _vocabulary()
    merged = [key for of, key in vocabulary.merged if of == scheme]
    return [*vocabulary.schemes.get(scheme, {}), *merged]


def words_of(term: TermRow, language: str) -> list[str]:
    """Return the further words for a term in a language: synonyms, and what merged ones said."""
    words = list(term.synonyms.get(language, []))
    for former in _vocabulary().former.get(term.id, []):
        label = former.labels.bodies.get(language)
        words += [former.key, *([label] if label else []), *former.synonyms.get(language, [])]
    return words


def present_keys(scheme: str, keys: Iterable[str]) -> list[str]:
    """Return keys as they are now, merged ones followed, each once; unknown ones stay."""
    found = ((key, term(scheme, key)) for key in keys)
    return list(dict.fromkeys(each.key if each else key for key, each in found))


def load_terms(scheme: str, keys: Iterable[str]) -> dict[str, Term]:
    """Return the mapped terms by the keys asked for; merged ones are followed, unknown missing."""
    cached: dict[tuple[str, str], Term] | None = db.session.info.get(_MAPPED)
    if cached is None:
        cached = db.session.info[_MAPPED] = _mapped()
    return {key: cached[scheme, key] for key in keys if (scheme, key) in cached}


def _mapped() -> dict[tuple[str, str], Term]:
    found = {term.id: term for term in db.session.scalars(select(Term))}
    following = {key: term.merged_into_id for key, term in found.items() if term.merged_into_id}
    return {(term.scheme, term.key): found[last(term.id, following)] for term in found.values()}


def load_scheme(scheme: str) -> dict[str, Term]:
    """Return the mapped terms of a scheme by their own key, those that were merged as well."""
    query = select(Term).where(Term.scheme == scheme).order_by(Term.position, Term.id)
    return {term.key: term for term in db.session.scalars(query)}


def names() -> dict[int, str]:
    """Return the folded labels and synonyms, in all languages, of the terms people search by.

    German is left out: it is spoken nearly everywhere, so "Deutsch" would find everything. The
    words of a term that was merged name the one it was merged into.
    """
    german = (Term.scheme == "language") & (Term.key == "de")
    columns: Any = (Term.id, Term.folded, Term.merged_into_id)
    query = select(*columns).where(Term.scheme.in_(_SEARCHED), ~german)
    found = db.session.execute(query).all()
    following = {term: into for term, _words, into in found if into}
    named: dict[int, str] = {}
    for term_id, words, _into in found:
        key = last(term_id, following)
        named[key] = f"{named[key]} {words}" if key in named else words
    return named
