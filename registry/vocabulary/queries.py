"""Reading terms. The whole vocabulary is small: it is read once a session and kept there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.core.db import db
from registry.texts.translated import Shown, Translated
from registry.vocabulary.models import Term

MIN_PART = 3
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
        cached = {}
        columns = [getattr(Term, name) for name in TermRow.__dataclass_fields__]
        for values in db.session.execute(select(*columns).order_by(Term.scheme, Term.position)):
            term = TermRow(*values)
            cached.setdefault(term.scheme, {})[term.key] = term
        db.session.info[_CACHE] = cached
    return cached


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


def matching(word: str) -> Sequence[int]:
    """Return the ids of terms whose label or synonym, in any language, contains a folded word.

    German is left out: it is spoken nearly everywhere, so "Deutsch" would find everything. A word
    of one or two letters, such as B1, has to stand alone: it is inside of too many others.
    """
    alone = len(word) < MIN_PART
    column, part = (" " + Term.folded + " ", f" {word} ") if alone else (Term.folded, word)
    return db.session.scalars(
        select(Term.id).where(
            Term.scheme.in_(_SEARCHED),
            ~((Term.scheme == "language") & (Term.key == "de")),
            column.contains(part, autoescape=True),
        )
    ).all()
