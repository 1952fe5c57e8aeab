"""Finding a person's traces in every table, whatever feature it belongs to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

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
from registry.privacy.models import Erasure
from registry.privacy.persons.marks import Person, contact_rows, id_of, texts

# Versions of the data say nothing of anybody; erasures are digests.
_WITHOUT = {"data_version", "data_change", "erasure", "suppression"}
SECRET = {"password_hash", "digest"}  # what a copy for a person leaves out
OTHERS = {"who_label", "author"}  # and what names others, unless it is the person
CHUNK = 500
CONTACT = "contact"  # the rows that also stand, as a whole, in the states of other rows


@dataclass(frozen=True)
class Trace:
    """A row that mentions a person: its key, and its texts and JSON values by column."""

    table: Table
    key: tuple[Any, ...]
    values: dict[str, Any]
    uuid: str  # its public id, "" where it has none
    subject: str  # the public id of what it is about

    @property
    def where(self) -> list[ColumnElement[bool]]:
        pairs = zip(self.table.primary_key, self.key, strict=True)
        return [column == value for column, value in pairs]

    @property
    def ref(self) -> str:
        """Return what the row is chosen by; all that is about one thing is chosen together."""
        return f"{self.table.name}:{self.subject or '/'.join(map(str, self.key))}"


@dataclass(frozen=True)
class Memory:
    """That something was erased: the digest of its form or id, and in which rows, if not in all."""

    digest: str
    kind: str = "address"
    salt: str = ""
    rows: list[str] | None = None
    at: datetime | None = None


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
    for table in _tables():
        for trace in _matching(table, person.likes, person.contacts):
            known = table.name == CONTACT and trace.uuid in person.contacts
            if known or any(person.is_in(value) for value in trace.values.values()):
                yield trace


def _matching(
    table: Table, likes: Collection[str], contacts: Collection[str] = ()
) -> Iterator[Trace]:
    """Yield the rows of a table with a text like one of these, and of contacts those with an id."""
    telling = _telling(table)
    if not telling:
        return
    columns = [func.lower(cast(table.c[name], Text)) for name in telling]
    found = [each.like(like, escape="/") for each in columns for like in likes]
    if table.name == CONTACT:
        found.append(table.c.uuid.in_([UUID(each) for each in contacts]))
    keys = [key.label(f"key_{key.name}") for key in table.primary_key]
    ids = [table.c[n].label(f"id_{n}") for n in ("uuid", "subject_id") if n in table.c]
    values = [type_coerce(table.c[name], kind).label(name) for name, kind in telling.items()]
    query = select(*keys, *ids, *values).where(or_(*found))
    for row in db.session.execute(query.execution_options(yield_per=CHUNK)).mappings():
        yield Trace(
            table,
            tuple(row[key.name] for key in keys),
            {name: row[name] for name in telling},
            str(row.get("id_uuid") or ""),
            str(row.get("id_subject_id") or ""),
        )


def told(trace: Trace, person: Person) -> dict[str, Any]:
    """Return a row as a person may have it: without what protects an account or is of others."""
    columns = [column for column in trace.table.columns if column.name not in SECRET]
    row = db.session.execute(select(*columns).where(*trace.where)).one()
    values = {column.name: value for column, value in zip(columns, row, strict=True)}
    return {
        name: person.excerpt(trace.values[name]) if name in trace.values else value
        for name, value in values.items()
        if name not in OTHERS or person.is_in(value)
    }


def scrub(trace: Trace, person: Person) -> None:
    """Write a row anew without the person; a value that is nothing but a term goes."""
    kinds, changed = _telling(trace.table), {}
    for name, value in trace.values.items():
        column = trace.table.c[name]
        new = person.scrubbed(value)
        new = None if new == person.mark and column.nullable else _fitting(column, new)
        if new != value:
            changed[name] = type_coerce(new, kinds[name])
    if changed:
        db.session.execute(update(trace.table).where(*trace.where).values(changed))


def _fitting(column: Column[Any], value: Any) -> Any:
    length = getattr(column.type, "length", None)
    return value[:length] if isinstance(value, str) and length else value


def all_texts(like: str) -> Iterator[str]:
    """Yield every text of the database that stands in a row with a text like this one."""
    for table in _tables():
        for trace in _matching(table, [like]):
            for value in trace.values.values():
                yield from texts(value)


def all_contacts() -> set[str]:
    """Return the ids of all contacts that there are, or were as far as anything tells."""
    query = select(db.metadata.tables[CONTACT].c.uuid)
    found = {str(uuid) for uuid in db.session.scalars(query)}
    for table in _tables():
        for trace in _matching(table, ['%"function"%']):
            rows = (row for value in trace.values.values() for row in contact_rows(value))
            found.update(map(id_of, rows))
    return found


def of_refs(refs: Collection[str]) -> Iterator[Trace]:
    """Yield the rows that were chosen by these names."""
    names = {ref.partition(":")[0] for ref in refs}
    for table in _tables():
        if table.name in names:
            yield from (trace for trace in _matching(table, ["%"]) if trace.ref in refs)


def is_shared(found: Sequence[Trace], trace: Trace, name: str) -> bool:
    """Return whether a row of the table says the same that is not among those found."""
    own = func.lower(trace.table.c[name]) == func.lower(trace.values[name])
    query = select(func.count()).select_from(trace.table).where(own)
    same = [each for each in found if each.values[name] == trace.values[name]]
    return (db.session.scalar(query) or 0) > len(same)


def delete_mails(uuids: set[str]) -> int:
    mine = delete(Mail).where(Mail.uuid.in_([UUID(each) for each in uuids]))
    gone = mine.returning(Mail.id).execution_options(synchronize_session=False)
    return len(db.session.scalars(gone).all())


def erasures() -> list[Memory]:
    """Return what was erased in this database."""
    columns = [getattr(Erasure, each.name) for each in fields(Memory)]
    return [Memory(**row) for row in db.session.execute(select(*columns)).mappings()]


def remembered() -> list[Memory]:
    """Return what was erased before a restore; none where there is no table for it yet."""
    with db.engine.connect() as connection:
        found, name = inspect(connection), Erasure.__tablename__
        if not found.has_table(name):
            return []
        there = {each["name"] for each in found.get_columns(name)}
        columns = [getattr(Erasure, each.name) for each in fields(Memory) if each.name in there]
        return [Memory(**row) for row in connection.execute(select(*columns)).mappings()]
