"""Reading terms for those who keep them, and who uses which.

Whatever refers to a term is found in the description of the tables: no feature has to say so, and
none can forget to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, Table, func, intersect, literal, select, union
from sqlalchemy.orm import aliased

from registry.core.db import Model, db
from registry.core.errors import NotFound
from registry.vocabulary.models import Term

Uses = dict[str, int]  # how many by kind: {"offer": 12, "actor": 3}


@dataclass(frozen=True)
class Reference:
    """A column that points at terms; `owner` is the key of the entry of this kind it belongs to."""

    column: Column[Any]
    kind: str
    owner: Column[Any]

    @property
    def table(self) -> Table:
        return self.column.table

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"


@dataclass(frozen=True)
class MergedRow:
    """A term that was merged, and the one it went into."""

    uuid: UUID
    key: str
    labels: Any
    into: str


@lru_cache(maxsize=1)
def references() -> tuple[Reference, ...]:
    """Return every column that points at a term, a part's with the entry that it is a part of."""
    return tuple(
        Reference(key.parent, *_owner(table))
        for table in Model.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name)
        if key.column.table.name == Term.__tablename__ != table.name
    )


def _owner(table: Any) -> tuple[str, Column[Any]]:
    for key in table.foreign_keys:
        if key.ondelete == "CASCADE":
            return key.column.table.name, key.parent
    return table.name, table.c.id


def uses(scheme: str) -> dict[int, Uses]:
    """Return for each term of a scheme that is used how many entries of which kind use it."""
    return _counted(select(Term.id).where(Term.scheme == scheme))


def uses_of(term_id: int) -> Uses:
    return _counted(select(Term.id).where(Term.id == term_id)).get(term_id, {})


def _counted(wanted: Select[Any]) -> dict[int, Uses]:
    pairs = union(*(_pairs(each, wanted) for each in references())).subquery()
    found = db.session.execute(
        select(pairs.c.term, pairs.c.kind, func.count()).group_by(pairs.c.term, pairs.c.kind)
    )
    counted: dict[int, Uses] = {}
    for term, kind, number in found:
        counted.setdefault(term, {})[kind] = number
    return counted


def _pairs(each: Reference, wanted: Select[Any]) -> Select[Any]:
    columns = (literal(each.kind).label("kind"), each.column.label("term"), each.owner.label("of"))
    return select(*columns).where(each.column.in_(wanted))


def uses_of_both(one: int, other: int) -> Uses:
    """Return how many entries of which kind use both terms."""
    first, second = (union(*(_owners(each, key) for each in references())) for key in (one, other))
    both = intersect(first.subquery().select(), second.subquery().select()).subquery()
    found = db.session.execute(select(both.c.kind, func.count()).group_by(both.c.kind))
    return dict(iter(found))


def _owners(each: Reference, term_id: int) -> Select[Any]:
    columns = (literal(each.kind).label("kind"), each.owner.label("of"))
    return select(*columns).where(each.column == term_id)


def load_term(uuid: UUID, *, lock: bool = False) -> Term:
    """Return a term; raises NotFound."""
    query = select(Term).where(Term.uuid == uuid)
    found = db.session.scalar(query.with_for_update(of=Term) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_pair(one: UUID, other: UUID) -> dict[UUID, Term]:
    """Return two terms, locked in one order: two people may merge the same pair."""
    query = select(Term).where(Term.uuid.in_([one, other])).order_by(Term.id)
    return {term.uuid: term for term in db.session.scalars(query.with_for_update(of=Term))}


def load_order(scheme: str) -> list[Term]:
    """Return the terms of a scheme in their order, without merged ones."""
    query = select(Term).where(Term.scheme == scheme, Term.merged_into_id.is_(None))
    order = query.order_by(Term.position, Term.id)
    return list(db.session.scalars(order.with_for_update(of=Term)))


def key_exists(scheme: str, key: str) -> bool:
    query = select(Term.id).where(Term.scheme == scheme, Term.key == key)
    return db.session.scalar(query) is not None


def merged(scheme: str) -> list[MergedRow]:
    """Return the merged terms of a scheme by their key."""
    into = aliased(Term)
    found = db.session.execute(
        select(Term.uuid, Term.key, Term.labels, into.key)
        .join(into, into.id == Term.merged_into_id)
        .where(Term.scheme == scheme)
        .order_by(Term.key)
    )
    return [MergedRow(*values) for values in found]


def count_merged_into(term_id: int) -> int:
    query = select(func.count(Term.id)).where(Term.merged_into_id == term_id)
    return db.session.scalar(query) or 0


def rows_using(each: Reference, term_id: int) -> list[dict[str, Any]]:
    """Return the whole rows that point at a term by this column."""
    found = db.session.execute(select(each.table).where(each.column == term_id))
    return [dict(row) for row in found.mappings()]


def existing(column: Column[Any], values: Iterable[Any]) -> set[Any]:
    """Return which of these values a key column holds."""
    wanted = list(values)
    found: set[Any] = set()
    for start in range(0, len(wanted), 500):
        part = select(column).where(column.in_(wanted[start : start + 500]))
        found.update(db.session.scalars(part))
    return found
