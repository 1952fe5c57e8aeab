"""Finding a person's traces in every table, whatever feature it belongs to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    String,
    Table,
    Text,
    TypeDecorator,
    cast,
    delete,
    func,
    inspect,
    or_,
    select,
    type_coerce,
    update,
)

from registry.core.db import db
from registry.core.mail.models import Mail
from registry.privacy import holdings
from registry.privacy.holdings import Kept, Leftovers
from registry.privacy.marks import Person, addresses
from registry.privacy.models import Erasure, RetentionRule, RetentionRun

# Versions of the data say nothing of anybody; erasures are digests.
_WITHOUT = {"data_version", "data_change", "erasure", "suppression"}
SECRET = {"password_hash", "digest"}  # what a copy for a person leaves out


@dataclass(frozen=True)
class Trace:
    """A row that mentions a person: its key, and its texts and JSON values by column."""

    table: Table
    key: tuple[Any, ...]
    values: dict[str, Any]

    @property
    def where(self) -> list[ColumnElement[bool]]:
        pairs = zip(self.table.primary_key, self.key, strict=True)
        return [column == value for column, value in pairs]


def _plain(column: Column[Any]) -> Any:
    """Return what a column is in the database, None unless it is text or JSON."""
    kind = column.type
    base = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(base, JSON):
        return JSON(none_as_null=column.nullable or False)
    return Text() if isinstance(base, String) else None


def _telling(table: Table) -> dict[str, Any]:
    """Return the columns of a table that hold text or JSON, with their plain types."""
    found = {column.name: _plain(column) for column in table.columns}
    return {name: kind for name, kind in found.items() if kind is not None}


def _tables() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if table.name not in _WITHOUT]


def traces(person: Person) -> Iterator[Trace]:
    """Yield every row that mentions a person."""
    needles = (*person.needles, *person.contacts)
    for table in _tables():
        for trace in _matching(table, needles):
            if any(person.is_in(value) for value in trace.values.values()):
                yield trace


def _matching(table: Table, needles: tuple[str, ...]) -> list[Trace]:
    telling = _telling(table)
    if not telling:
        return []
    texts = [func.lower(cast(table.c[name], Text)) for name in telling]
    wanted = {form for each in needles if each for form in (each, json.dumps(each)[1:-1])}
    found = [text.contains(each, autoescape=True) for text in texts for each in wanted]
    keys = list(table.primary_key)
    values = [type_coerce(table.c[name], kind).label(name) for name, kind in telling.items()]
    named = [key.label(f"key_{key.name}") for key in keys]
    return [
        Trace(table, tuple(row[: len(keys)]), dict(zip(telling, row[len(keys) :], strict=True)))
        for row in db.session.execute(select(*named, *values).where(or_(*found)))
    ]


def told(trace: Trace, person: Person) -> dict[str, Any]:
    """Return a row as a person may have it: without what protects an account or is of others."""
    columns = [column for column in trace.table.columns if column.name not in SECRET]
    row = db.session.execute(select(*columns).where(*trace.where)).one()
    values = {column.name: value for column, value in zip(columns, row, strict=True)}
    return {
        name: person.excerpt(trace.values[name]) if name in trace.values else value
        for name, value in values.items()
    }


def scrub(trace: Trace, person: Person) -> None:
    """Write a row anew without the person; a value that is nothing but the address goes."""
    kinds, changed = _telling(trace.table), {}
    for name, value in trace.values.items():
        column = trace.table.c[name]
        alone = isinstance(value, str) and value.strip().lower() == person.needles[0]
        new = None if alone and column.nullable else _fitting(column, person.scrubbed(value))
        if new != value:
            changed[name] = type_coerce(new, kinds[name])
    if changed:
        db.session.execute(update(trace.table).where(*trace.where).values(changed))


def _fitting(column: Column[Any], value: Any) -> Any:
    length = getattr(column.type, "length", None)
    return value[:length] if isinstance(value, str) and length else value


def all_addresses() -> set[str]:
    """Return every e-mail address that stands anywhere in the database."""
    found: set[str] = set()
    for table in _tables():
        for trace in _matching(table, ("@",)):
            for value in trace.values.values():
                found.update(addresses(value))
    return found


def mails(address: str) -> set[str]:
    """Return the ids of the mails to an address."""
    query = select(Mail.uuid).where(func.lower(Mail.recipient) == address.lower())
    return {str(uuid) for uuid in db.session.scalars(query)}


def delete_mails(address: str) -> int:
    mine = delete(Mail).where(func.lower(Mail.recipient) == address.lower())
    gone = mine.returning(Mail.id).execution_options(synchronize_session=False)
    return len(db.session.scalars(gone).all())


def remembered() -> set[str]:
    """Return the digests of erased addresses; none where there is no table for them yet."""
    with db.engine.connect() as connection:
        there = inspect(connection).has_table(Erasure.__tablename__)
        return set(connection.scalars(select(Erasure.digest))) if there else set()


def erased() -> set[str]:
    return set(db.session.scalars(select(Erasure.digest)))


def days() -> dict[str, int]:
    """Return for how many days each kind of record is kept."""
    given = dict(iter(db.session.execute(select(RetentionRule.kind, RetentionRule.days))))
    return {kind.key: given.get(kind.key, kind.days) for kind in holdings.kinds()}


def count_old(at: datetime) -> dict[str, int]:
    """Count, by kind, what has been kept long enough."""
    kept = days()
    return {kind.key: _count_old(kind, at, kept[kind.key]) for kind in holdings.kinds()}


def _count_old(kind: Kept, at: datetime, kept: int) -> int:
    if isinstance(kind, Leftovers):
        return kind.count(at - timedelta(days=kept))
    query = select(func.count()).select_from(kind.model).where(kind.only, kind.old(at, kept))
    return db.session.scalar(query) or 0


def delete_old(kind: Kept, at: datetime, kept: int) -> int:
    """Delete what of a kind is older than this many days; return how many."""
    if isinstance(kind, Leftovers):
        return kind.clear(at - timedelta(days=kept))
    old = delete(kind.model).where(kind.only, kind.old(at, kept))
    done: Any = db.session.execute(old.execution_options(synchronize_session=False))
    return int(done.rowcount)


@dataclass(frozen=True)
class Run:
    at: datetime
    who_label: str
    counts: dict[str, int]


def runs(*, page: int, per_page: int) -> tuple[list[Run], int]:
    """Return one page of the protocol, newest first, and how many runs there were."""
    total = db.session.scalar(select(func.count(RetentionRun.id))) or 0
    query = select(RetentionRun).order_by(RetentionRun.at.desc(), RetentionRun.id.desc())
    found = db.session.scalars(query.limit(per_page).offset((page - 1) * per_page))
    return [Run(each.at, each.who_label, each.counts) for each in found], total
