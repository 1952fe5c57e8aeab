"""Keeping the vocabulary true: add, change, order, delete, merge. Keys never change."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import normalize
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.core.ranges import check_ranges
from registry.texts.translated import SOURCE, Translated
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing import moving, palette, queries
from registry.vocabulary.models import SCHEMES, Term

TEXTS = ("labels", "hints")
# The program itself asks for these: they can be worded anew, but must stay.
NEEDED = {
    "cost": {"free"},
    "eligibility": {"all"},
    "format": {"online", "outreach", "phone"},
    "language": {"de"},
    "target_group": {"all"},
}
SCALES = {"level"}  # their order means something, and each step is needed


def add_term(who: Who, scheme: str, data: Mapping[str, Any]) -> Term:
    """Add a term at the end of its scheme."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    if scheme not in SCHEMES:
        raise NotFound
    values = dict(data)
    key = values.pop("key", None) or _key_from(scheme, values["labels"][SOURCE])
    if queries.key_exists(scheme, key):
        raise _taken()
    position = max((term.position for term in queries.load_order(scheme)), default=-1) + 1
    term = Term(scheme=scheme, key=key, position=position, synonyms={})
    _set(term, values)
    db.session.add(term)
    with recorded(who, "term.created", term, new=True):
        _flush(_taken)
    vocabulary.forget()
    return term


def change_term(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Term:
    """Change a term that still has the given version."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    term = _present(queries.load_term(uuid, lock=True))
    _check_version(term, version)
    with recorded(who, "term.updated", term):
        _set(term, {name: value for name, value in data.items() if name != "key"})
        term.version += 1
    vocabulary.forget()
    return term


def shift_term(who: Who, uuid: UUID, steps: int) -> Term:
    """Move a term up (negative steps) or down among those of its scheme."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    term = _present(queries.load_term(uuid))
    if term.scheme in SCALES:
        raise Invalid({"order": [_("The order of this list means something and stays.")]})
    order = queries.load_order(term.scheme)
    before = order.index(term)
    after = min(max(before + steps, 0), len(order) - 1)
    order.insert(after, order.pop(before))
    for position, each in enumerate(order):
        each.position = position
    if before != after:
        record(who, "term.ordered", term, {"position": [before + 1, after + 1]})
    db.session.flush()
    vocabulary.forget()
    return term


def delete_term(who: Who, uuid: UUID, version: int) -> Term:
    """Delete a term that nothing uses and nothing was merged into."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    term = _present(queries.load_term(uuid, lock=True))
    _check_version(term, version)
    _check_not_needed(term)
    if queries.uses_of(term.id) or queries.count_merged_into(term.id):
        raise _in_use()
    record(who, "term.deleted", term, {"labels": [term.labels.bodies, None]})
    db.session.delete(term)
    _flush(_in_use)
    vocabulary.forget()
    return term


def merge_terms(who: Who, uuid: UUID, into: UUID, versions: tuple[int, int]) -> Term:
    """Let everything that uses a term use another one of the same scheme from now on.

    `versions` are those of both terms when the merge was looked at. The old key keeps leading to
    the other term.
    """
    require(who, Permission.VOCABULARY_MANAGE, None)
    pair = queries.load_pair(uuid, into)
    if len(pair) < 2 or pair[uuid].scheme != pair[into].scheme:
        raise NotFound
    old, new = pair[uuid], pair[into]
    for term, version in zip((old, new), versions, strict=True):
        _check_version(_present(term), version)
    _check_not_needed(old)
    counts = queries.uses_of(old.id)
    with recorded(who, "term.merged", old):
        old.moved = moving.move(old.id, new.id)
        old.merged_into = new
        old.version += 1
    record(who, "term.received", new, {old.key: [None, counts]})
    vocabulary.forget()
    return new


def unmerge_term(who: Who, uuid: UUID) -> Term:
    """Take a merge back: what moved and has not been changed since moves back."""
    require(who, Permission.VOCABULARY_MANAGE, None)
    term = queries.load_term(uuid, lock=True)
    into = term.merged_into
    if into is None:
        raise NotFound
    if into.merged_into_id is not None:
        message = _("“%(name)s” was merged itself since. Take that back first.", name=into.key)
        raise Invalid({"term": [message]})
    with recorded(who, "term.unmerged", term):
        moving.move_back(term.id, into.id, term.moved or {})
        term.merged_into, term.moved = None, None
        term.version += 1
    vocabulary.forget()
    return term


def is_needed(term: Term) -> bool:
    """Return whether the program itself asks for this term."""
    return term.scheme in SCALES or term.key in NEEDED.get(term.scheme, ())


def _set(term: Term, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        text = name in TEXTS
        setattr(term, name, (getattr(term, name) or Translated()).merged(value) if text else value)
    check_ranges(term)
    if term.valid_to and "valid_to" in values:
        _check_not_needed(term, "valid_to")
    if values.get("color"):
        with db.session.no_autoflush:  # the other colours as they are, without what is refused
            _check_color(term)


def _check_color(term: Term) -> None:
    color = term.color = str(term.color).lower()
    if not palette.readable(color):
        message = _(
            "White symbols cannot be seen on %(color)s. The nearest colour on which they can is "
            "%(proposed)s.",
            color=color,
            proposed=palette.proposed(color),
        )
        raise Invalid({"color": [message]})
    others = {
        each.label(SOURCE).body: each.color
        for each in vocabulary.terms(term.scheme)
        if each.color and each.key != term.key
    }
    if similar := palette.confused_with(color, others):
        message = _("Some people could not tell this colour from that of “%(name)s”.")
        raise Invalid({"color": [message % {"name": similar[0]}]})


def _check_not_needed(term: Term, field: str = "term") -> None:
    if is_needed(term):
        raise Invalid({field: [_("The program needs this term. It can only be worded anew.")]})


def _check_version(term: Term, version: int) -> None:
    if term.version != version:
        raise Conflict(term)


def _present(term: Term) -> Term:
    """Return a term; one that was merged is no longer there to be changed."""
    if term.merged_into_id is not None:
        raise NotFound
    return term


def _key_from(scheme: str, label: str) -> str:
    """Return a key made of a name that no other term of the scheme has."""
    plain = normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    stem = "_".join(re.findall(r"[a-z0-9]+", plain))[:50] or scheme
    numbered = (f"{stem}_{number}" for number in range(2, 1000))
    return next(key for key in (stem, *numbered) if not queries.key_exists(scheme, key))


def _taken() -> Invalid:
    return Invalid({"key": [_("There is a term with this key already.")]})


def _in_use() -> Invalid:
    return Invalid({"term": [_("This term is in use. Give it an end date instead.")]})


def _flush(error: Callable[[], Invalid]) -> None:
    """Write; what somebody else did at the same moment makes it an error."""
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise error() from None
