"""Which version of the data this process has seen, and what each commit since then touched.

Every commit that changes what a page may show raises one counter inside its own transaction and
notes the rows it touched. Whatever is kept in memory carries the version it was made from; before
it is used, the counter is asked. A version has a number, which orders, and a token, which tells
two histories apart that reached the same number (a backup was restored).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import uuid4

from sqlalchemy import JSON, CheckConstraint, String, delete, event, insert, inspect, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction, mapped_column

from registry.core.db import Model, db

LOG_LENGTH = 1000  # commits; whoever is further behind starts anew
WAYS = 100  # from version to version; whoever asks for another asks the log
ANYTHING: frozenset[str] = frozenset()
MAX_NOTED = 5000  # rows; a commit that touches more may have touched anything
_TOUCHED, _SEEN = "versions.touched", "versions.seen"
_TOKEN = "SELECT token FROM data_version"  # noqa: S105 (the query of it)
T = TypeVar("T")
Touched = dict[str, list[Any]]


@dataclass(frozen=True)
class Version:
    number: int
    token: str


class DataVersion(Model):
    """The one row of the counter."""

    __tablename__ = "data_version"
    __table_args__ = (CheckConstraint("id = 1", "single"),)
    versioned = False

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    token: Mapped[str] = mapped_column(String(32))


class DataChange(Model):
    """What one commit touched: keys by table, or None for anything."""

    __tablename__ = "data_change"
    versioned = False

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))
    touched: Mapped[Touched | None] = mapped_column(JSON(none_as_null=True))


def current() -> Version:
    """Return the version that this transaction sees; asked of the database once in each."""
    info = db.session.info
    if _SEEN not in info:
        query = select(DataVersion.number, DataVersion.token)
        info[_SEEN] = Version(*db.session.connection().execute(query).one())
    return cast(Version, info[_SEEN])


def committed() -> str:
    """Return the token a new transaction would see, by the shortest way; "" if nobody can tell.

    It is asked before every public page: a session or a transaction would cost more than the rest.
    """
    bind: Any = db.engine
    if isinstance(bind, Connection):  # in a transaction of somebody else, as in tests
        return str(bind.exec_driver_sql(_TOKEN).scalar_one())
    try:
        connection = bind.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(_TOKEN)
            return str(cursor.fetchone()[0])
        finally:
            connection.close()
    except (SQLAlchemyError, bind.dialect.loaded_dbapi.Error):
        return ""


def touched_since(seen: Version) -> Touched | None:
    """Return the keys by table touched since a version; None where anything may have changed."""
    query = select(DataChange.number, DataChange.token, DataChange.touched)
    rows = db.session.connection().execute(
        query.where(DataChange.number >= seen.number).order_by(DataChange.number)
    )
    log = rows.all()
    if not log or (log[0].number, log[0].token) != (seen.number, seen.token):
        return None
    found: Touched = {}
    for row in log[1:]:
        if row.touched is None:
            return None
        for table, keys in row.touched.items():
            found.setdefault(table, []).extend(keys)
    return found


def touch_everything() -> None:
    """Note that this transaction may change anything."""
    db.session.info[_TOUCHED] = None


@dataclass(frozen=True)
class _Kept:
    """A value, the version it was made from, and the last one for which it was still the same."""

    made: Version
    seen: Version
    value: Any


_kept: dict[str, _Kept] = {}
_since: dict[tuple[str, str], frozenset[str] | None] = {}


def kept(name: str, make: Callable[[], T], of: frozenset[str] = ANYTHING) -> T:
    """Return what `make` makes of the data, made once for each version in this process.

    What is made of a few tables alone (`of`) stays as long as nobody writes to one of them.
    """
    if _being_changed(of):
        return make()
    version, present = current(), _kept.get(name)
    if present is not None and _still_holds(present, version, of):
        if present.seen != version:
            _kept[name] = replace(present, seen=version)
        return cast(T, present.value)
    made = make()
    if not _being_changed(of):  # reading may have flushed what is not committed yet
        _kept[name] = _Kept(version, version, made)
    return made


def _being_changed(of: frozenset[str]) -> bool:
    """Return whether this transaction has changed what is in these tables."""
    if _TOUCHED not in db.session.info:
        return False
    touched = db.session.info[_TOUCHED]
    return not of or touched is None or not of.isdisjoint(touched)


def _still_holds(present: _Kept, version: Version, of: frozenset[str]) -> bool:
    known = (present.seen, present.made)  # the latter outlives a database put back to it
    if any(version.token == each.token for each in known):
        return True
    ways = (_tables_since(each, version) for each in known if of)
    tables = next((each for each in ways if each is not None), None)
    return tables is not None and of.isdisjoint(tables)


def _tables_since(seen: Version, version: Version) -> frozenset[str] | None:
    """Return which tables were written to on the way to a version; asked once for all."""
    way = (seen.token, version.token)
    if way not in _since:
        if len(_since) >= WAYS:
            _since.clear()
        touched = touched_since(seen)
        _since[way] = None if touched is None else frozenset(touched)
    return _since[way]


@event.listens_for(Session, "after_flush")
def _note_rows(session: Session, _context: Any) -> None:
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *session.deleted, *changed):
        if getattr(row, "versioned", True):
            _note(session, _keys_of(row))


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    """Rows written in bulk pass by the flush: nobody knows which they are."""
    statement: Any = state.statement
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and statement.table.name not in _unversioned():
        state.session.info[_TOUCHED] = None


@event.listens_for(Session, "before_commit")
def _raise_version(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if _TOUCHED in session.info:
        _write(session, session.info.pop(_TOUCHED))


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_TOUCHED, None)
        session.info.pop(_SEEN, None)


def _note(session: Session, keys: Iterable[tuple[str, Any]]) -> None:
    touched: dict[str, set[Any]] | None = session.info.setdefault(_TOUCHED, {})
    if touched is None:
        return
    for table, key in keys:
        touched.setdefault(table, set()).add(key)
    if sum(map(len, touched.values())) > MAX_NOTED:
        session.info[_TOUCHED] = None


def _keys_of(row: Any) -> list[tuple[str, Any]]:
    """Return the row's own key, and those of the rows that it is a part of."""
    kind: Any = type(row)
    own = inspect(kind).primary_key_from_instance(row)
    keys = [(row.__tablename__, own[0])] if len(own) == 1 else []
    parents = ((table, getattr(row, name)) for name, table in _parents(kind))
    return keys + [(table, key) for table, key in parents if key is not None]


@lru_cache(maxsize=200)
def _parents(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return attribute and table of what a row belongs to: it would be deleted along with it."""
    mapper = inspect(kind)
    return tuple(
        (mapper.get_property_by_column(column).key, key.column.table.name)
        for column in mapper.local_table.columns
        for key in column.foreign_keys
        if key.ondelete == "CASCADE"
    )


@lru_cache(maxsize=1)
def _unversioned() -> frozenset[str]:
    kinds = (mapper.class_ for mapper in Model.registry.mappers)
    return frozenset(k.__tablename__ for k in kinds if not getattr(k, "versioned", True))


def _write(session: Session, touched: dict[str, set[Any]] | None) -> None:
    connection, token = session.connection(), uuid4().hex
    raised = update(DataVersion).values(number=DataVersion.number + 1, token=token)
    number = connection.execute(raised.returning(DataVersion.number)).scalar_one()
    noted = None if touched is None else {table: sorted(keys) for table, keys in touched.items()}
    connection.execute(insert(DataChange).values(number=number, token=token, touched=noted))
    connection.execute(delete(DataChange).where(DataChange.number <= number - LOG_LENGTH))
