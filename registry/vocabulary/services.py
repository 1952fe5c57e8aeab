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
    """Return the terms of these keys; an unknown key is a message at `field`."""
    wanted = list(dict.fromkeys(keys))
    found = queries.load_terms(scheme, wanted)
    if len(found) < len(wanted):
        unknown = sorted(set(wanted) - {term.key for term in found})
        raise Invalid({field: [_("Unknown value: %(value)s", value=", ".join(unknown)[:100])]})
    return found


def put_terms(who: Who, scheme: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Create or update terms from reference data; labels and hints are merged by language."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    rows = list(rows)
    present = {term.key: term for term in queries.load_terms(scheme, [str(r["key"]) for r in rows])}
    for position, data in enumerate(rows):
        key = str(data["key"])
        _put(present.get(key), scheme, key, position, data)
    db.session.flush()
    queries.forget()


def _put(term: Term | None, scheme: str, key: str, position: int, data: Mapping[str, Any]) -> None:
    if term is None:
        term = Term(scheme=scheme, key=key)
        db.session.add(term)
    term.position = position
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
