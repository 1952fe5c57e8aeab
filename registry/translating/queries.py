"""Which entries wait for a translation. The state of each text is worked out by the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.selectable import CTE

from registry.access.policy import Who
from registry.actors import queries as actors
from registry.actors.models import Actor, Status
from registry.core import i18n
from registry.core.db import db
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.texts.models import TranslatedText
from registry.texts.translated import SOURCE
from registry.upkeep.kinds import KINDS

Condition = ColumnElement[bool]
STATES = ("missing", "outdated", "machine")
_CLASSES: dict[str, Any] = {"offer": Offer, "actor": Actor}
_LOOKED_AFTER = {"offer": offers.looked_after, "actor": actors.looked_after}


@dataclass(frozen=True)
class Wanted:
    """A work list: entries with a text in one of the states in one of the languages."""

    languages: tuple[str, ...]
    states: tuple[str, ...] = STATES


@dataclass(frozen=True)
class Spot:
    """Where an entry stands in the work list."""

    kind: str
    id: int
    title: str


def others() -> tuple[str, ...]:
    """Return the languages that are translated into."""
    return tuple(each.tag for each in i18n.languages() if each.tag != SOURCE)


def work_list(
    who: Who, wanted: Wanted, *, page: int = 1, per_page: int = 50
) -> tuple[list[tuple[str, Any]], int]:
    """Return one page of entries as (kind, row), by title, and the total."""
    found = _entries(who, wanted)
    total = db.session.scalar(select(func.count()).select_from(found)) or 0
    query = _ordered(found).limit(per_page).offset((page - 1) * per_page)
    return _loaded([Spot(*values) for values in db.session.execute(query)]), total


def spots(who: Who, wanted: Wanted) -> list[Spot]:
    """Return all of a work list, by title."""
    return [Spot(*each) for each in db.session.execute(_ordered(_entries(who, wanted)))]


def load_spots(found: Sequence[Spot]) -> list[tuple[str, Any]]:
    """Return the entries of a part of a work list as (kind, row)."""
    return _loaded(found)


def beside(who: Who, wanted: Wanted, kind: str, row: Any) -> dict[str, tuple[str, UUID] | None]:
    """Return the entries before and after this one in the work list, whether it is in it or not."""
    found = _entries(who, wanted)
    order = tuple_(found.c.title, found.c.kind, found.c.id)
    here = tuple_(literal(row.folded_title), literal(kind), literal(row.id))
    after = _ordered(found).where(order > here)
    before = _ordered(found, back=True).where(order < here)
    return {"next": _first(after), "previous": _first(before)}


def counts(who: Who, language: str) -> dict[str, int]:
    """Count the entries that have a text in each of the states in a language."""
    found = {}
    for state in STATES:
        entries = _entries(who, Wanted((language,), (state,)))
        found[state] = db.session.scalar(select(func.count()).select_from(entries)) or 0
    return found


def count_outdated(who: Who, _day: date) -> int:
    """Count the entries of which a translation in any language is older than the German text."""
    found = _entries(who, Wanted(others(), ("outdated",)))
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def load_editable(who: Who, kind: str, uuids: Sequence[UUID]) -> dict[UUID, Any]:
    """Return those of the entries that `who` may edit, by id, with their texts."""
    if kind == "offer":
        found: Sequence[Any] = offers.load_many(who, uuids)
    else:
        mine = actors.looked_after(who, KINDS["actor"].edit)
        query = select(Actor).where(Actor.uuid.in_(uuids), mine)
        found = db.session.scalars(query.options(selectinload(Actor.units))).all()
    return {row.uuid: row for row in found}


def _entries(who: Who, wanted: Wanted) -> CTE:
    queries = [
        select(
            literal(kind).label("kind"), model.id.label("id"), model.folded_title.label("title")
        ).where(
            _LOOKED_AFTER[kind](who, KINDS[kind].edit),
            model.status != Status.ARCHIVED,
            or_(*_conditions(model, wanted)),
        )
        for kind, model in _CLASSES.items()
    ]
    return union_all(*queries).cte("entries")


def _ordered(found: CTE, *, back: bool = False) -> Select[Any]:
    columns = (found.c.title, found.c.kind, found.c.id)
    order = [column.desc() if back else column for column in columns]
    return select(found.c.kind, found.c.id, found.c.title).order_by(*order)


def _first(query: Select[Any]) -> tuple[str, UUID] | None:
    values = db.session.execute(query.limit(1)).first()
    if values is None:
        return None
    model = _CLASSES[values.kind]
    return values.kind, db.session.scalars(select(model.uuid).where(model.id == values.id)).one()


def _loaded(found: Sequence[Spot]) -> list[tuple[str, Any]]:
    ids = {kind: [spot.id for spot in found if spot.kind == kind] for kind in _CLASSES}
    query = select(Actor).where(Actor.id.in_(ids["actor"])).options(selectinload(Actor.units))
    rows: dict[tuple[str, int], Any] = {
        **{("offer", row.id): row for row in offers.load_offers(ids["offer"])},
        **{("actor", row.id): row for row in db.session.scalars(query)},
    }
    return [(spot.kind, rows[spot.kind, spot.id]) for spot in found]


def _conditions(model: Any, wanted: Wanted) -> Iterator[Condition]:
    """Yield a condition for each column of texts, of the entry's own and of its rows."""
    for column in _texts(model):
        yield _is_in(column, wanted)
    for relation in model.__mapper__.relationships:
        if relation.info.get("audit") == "rows" and (inner := _texts(relation.mapper.class_)):
            link = getattr(model, relation.key)
            yield link.any(or_(*(_is_in(column, wanted) for column in inner)))


def _texts(model: Any) -> list[Any]:
    attributes = model.__mapper__.column_attrs
    return [
        getattr(model, each.key)
        for each in attributes
        if isinstance(each.columns[0].type, TranslatedText)
    ]


def _is_in(column: Any, wanted: Wanted) -> Condition:
    stored = type_coerce(column, JSON)
    source = stored[(SOURCE, "version")].as_integer()
    states = [
        _state(stored, source, language, state)
        for language in wanted.languages
        for state in wanted.states
    ]
    # Of a text that was never changed no translation is older.
    first = source > 1 if wanted.states == ("outdated",) else source.is_not(None)
    return and_(first, or_(*states))


def _state(stored: Any, source: Any, language: str, state: str) -> Condition:
    made = stored[(language, "version")].as_integer()
    if state == "missing":
        return made.is_(None)
    if state == "outdated":
        return made < source
    return and_(made >= source, stored[(language, "machine")].as_boolean().is_(True))
