"""Reading terms. The whole vocabulary is small: it is read once for each version of the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.core import versions
from registry.core.db import db
from registry.texts.translated import Shown, Translated
from registry.vocabulary.models import Term

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


def schemes() -> dict[str, dict[str, TermRow]]:
    """Return all terms by scheme and key, each scheme in its order."""
    cached: dict[str, dict[str, TermRow]] | None = db.session.info.get(_CACHE)
    if cached is None:
        cached = db.session.info[_CACHE] = versions.kept("vocabulary", _schemes)
    return cached


def _schemes() -> dict[str, dict[str, TermRow]]:
    found: dict[str, dict[str, TermRow]] = {}
    columns = [getattr(Term, name) for name in TermRow.__dataclass_fields__]
    for values in db.session.execute(select(*columns).order_by(Term.scheme, Term.position)):
        term = TermRow(*values)
        found.setdefault(term.scheme, {})[term.key] = term
    return found


def forget() -> None:
    """Drop the session's copy; called by whatever changes terms."""
    db.session.info.pop(_CACHE, None)
    db.session.info.pop(_MAPPED, None)


def terms(scheme: str) -> list[TermRow]:
    return list(schemes().get(scheme, {}).values())


def term(scheme: str, key: str) -> TermRow | None:
    return schemes().get(scheme, {}).get(key)


def load_terms(scheme: str, keys: Iterable[str]) -> list[Term]:
    """Return the mapped terms in the order of `keys`; unknown keys are missing."""
    cached: dict[tuple[str, str], Term] | None = db.session.info.get(_MAPPED)
    if cached is None:
        cached = {(term.scheme, term.key): term for term in db.session.scalars(select(Term))}
        db.session.info[_MAPPED] = cached
    wanted = ((scheme, key) for key in dict.fromkeys(keys))
    return [cached[key] for key in wanted if key in cached]


def names() -> dict[int, str]:
    """Return the folded labels and synonyms, in all languages, of the terms people search by.

    German is left out: it is spoken nearly everywhere, so "Deutsch" would find everything.
    """
    german = (Term.scheme == "language") & (Term.key == "de")
    query = select(Term.id, Term.folded).where(Term.scheme.in_(_SEARCHED), ~german)
    return dict(iter(db.session.execute(query)))
