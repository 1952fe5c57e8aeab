"""Saving translations: what is saved counts as made from the German text as it stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.policy import Who, require
from registry.actors.life import waits
from registry.core.errors import Conflict, Invalid
from registry.core.text import is_storable
from registry.texts.translated import Bodies, Made
from registry.translating.units import Unit, units_of
from registry.upkeep.kinds import Kind

Worded = Mapping[str, tuple[str, Made]]


@dataclass(frozen=True)
class Sent:
    """Translations by the keys of their texts, made from an entry as it was in a version.

    An empty one is taken away; those that are `unsure` and unchanged keep the state they have.
    """

    version: int
    language: str
    said: Mapping[str, str]
    unsure: Collection[str] = ()


def translate(who: Who, kind: Kind, uuid: UUID, sent: Sent) -> Any:
    """Save the translations of an entry in a language."""
    row = kind.load(who, uuid, lock=True)
    require(who, kind.edit, row)
    if row.version != sent.version:
        raise Conflict(row)
    said, language = sent.said, sent.language
    units = {unit.key: unit for unit in units_of(kind, row) if unit.key in said}
    if problems := {key: found for key in units if (found := _problem(units[key], said[key]))}:
        raise Invalid({key: [message] for key, message in problems.items()})
    worded = {
        key: (said[key], Made(unit.version))
        for key, unit in units.items()
        if not (key in sent.unsure and unit.body(language) == said[key])
    }
    return put(who, kind, row, language, worded)


def put(who: Who, kind: Kind, row: Any, language: str, worded: Worded) -> Any:
    """Set translations of a row that `who` may edit and that nobody else changes meanwhile."""
    require(who, kind.edit, row)
    units = {unit.key: unit for unit in units_of(kind, row)}
    new = {key: each for key, each in worded.items() if units[key].body(language) != each[0]}
    old = {key: each for key, each in worded.items() if key not in new and each[0]}
    if waits(who, row):
        # What everyone sees already may be said to fit; only new words wait for the office.
        if old:
            kind.life.rework(who, row, lambda: _set(kind, row, language, old))
        if not new:
            return row
        return kind.life.work(who, row, row.version, lambda: _set(kind, row, language, new))
    return kind.life.work(who, row, row.version, lambda: _set(kind, row, language, worded))


def _problem(unit: Unit, body: str) -> str:
    """Return what is wrong with a translation of a text, in words; empty if nothing is."""
    if not is_storable(body):
        return _("This character is not allowed.")
    if len(body) > unit.limit:
        return _("Please use at most %(limit)s characters.", limit=unit.limit)
    return ""


def _set(kind: Kind, row: Any, language: str, worded: Worded) -> None:
    for unit in units_of(kind, row):
        if unit.key in worded:
            body, made = worded[unit.key]
            merged = unit.text.merged(Bodies({language: body}, made={language: made}))
            setattr(unit.owner, unit.name, merged)
