"""Choosing and changing terms."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.core.db import db
from registry.core.errors import Invalid
from registry.texts.translated import Translated
from registry.vocabulary import queries
from registry.vocabulary.models import Term


def choose(scheme: str, keys: Iterable[str], field: str) -> list[Term]:
    """Return the terms of these keys, each once; an unknown key is a message at `field`."""
    return list(dict.fromkeys(choose_by_key(scheme, keys, field).values()))


def choose_by_key(scheme: str, keys: Iterable[str], field: str) -> dict[str, Term]:
    """Return the terms by the keys asked for, in their order."""
    wanted = list(dict.fromkeys(keys))
    found = queries.load_terms(scheme, wanted)
    if unknown := sorted(set(wanted) - found.keys()):
        raise Invalid({field: [_("Unknown value: %(value)s", value=", ".join(unknown)[:100])]})
    return found


def put_terms(who: Who, scheme: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Create or update terms from reference data; labels and hints are merged by language.

    The order and what somebody has changed by hand stay as they are.
    """
    require(who, Permission.VOCABULARY_MANAGE, None)
    present = queries.load_scheme(scheme)
    for position, data in enumerate(rows):
        key = str(data["key"])
        term = present.get(key) or _new(scheme, key, position)
        if term.version == 1:
            _put(term, data)
    db.session.flush()
    queries.forget()


def _new(scheme: str, key: str, position: int) -> Term:
    term = Term(scheme=scheme, key=key, position=position, version=1)
    db.session.add(term)
    return term


def _put(term: Term, data: Mapping[str, Any]) -> None:
    term.labels = (term.labels or Translated()).merged(data["labels"], minor=True)
    term.hints = (term.hints or Translated()).merged(data.get("hints") or {}, minor=True)
    term.synonyms = data.get("synonyms") or {}
    term.framework = bool(data.get("framework"))
    for name in ("autonym", "icon", "color", "url"):
        setattr(term, name, data.get(name))
    for name in ("valid_from", "valid_to"):
        setattr(term, name, _day(data.get(name)))


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None
