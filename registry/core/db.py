"""The database: one session, named constraints, both engines behaving alike."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, Text, TypeDecorator, Uuid, event, inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeEngine

from registry.core.text import fold

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Takes the place of the one who writes.
_WRITES_NOTHING = "UPDATE data_version SET id = id WHERE id = 0"


def now() -> datetime:
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, given back aware; SQLite alone would forget the zone."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return (value if value.tzinfo else value.replace(tzinfo=UTC)) if value else None


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)

# For the type checker a plain declarative base; at run time the model class that knows its bind.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
Model.registry.update_type_annotation_map({datetime: UtcDateTime()})


class Identified:
    """A small internal key, and a UUID that the outside world sees."""

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=uuid4)


class Editable(Identified):
    """A row people edit: a version for stale saves, and the dates of its life."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # We emit BEGIN ourselves: the driver would start transactions late and break savepoints.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "busy_timeout=5000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A session beside the request's: what it writes stays even if the request rolls back."""
    # Where the engine is one connection already in a transaction, as in tests, stay inside it.
    made = Session(db.engine, join_transaction_mode="create_savepoint")
    with made as session, session.begin():
        yield session


def read_anew() -> None:
    """Let the request's session see what `own_transaction` has just written beside it.

    To be called only where that wrote, before the request itself did. SQLite lets nobody write
    who reads an older state: asking the view again would not help, it would count again.
    """
    bind: Any = db.engine
    session = db.session()
    if bind.dialect.name == "sqlite" and not isinstance(bind, Connection) and _reads(session):
        connection = session.connection()
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN")


def wait_to_write() -> None:
    """Let nobody else write to SQLite until this transaction ends, once whoever does is done.

    Elsewhere a locked row does that for those who want the same row. What was read before may be
    older than what is then found.
    """
    connection = db.session.connection()
    if connection.dialect.name != "sqlite":
        return
    try:
        connection.exec_driver_sql(_WRITES_NOTHING)
    except OperationalError:  # somebody wrote since this began to read, so it has written nothing
        read_anew()
        connection.exec_driver_sql(_WRITES_NOTHING)


def _reads(session: Session) -> bool:
    return session.in_transaction() and not session.in_nested_transaction()


def protect_file() -> None:
    """Data files belong to their owner alone."""
    path = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and path and os.path.exists(path):
        os.chmod(path, 0o600)


def forget_deleted() -> bool:
    """Let nothing that was deleted stay in the file: SQLite would keep its bytes until reused.

    Return whether that was possible; whoever writes for long at the same time keeps it from it.
    """
    if not isinstance(db.engine, Engine) or db.engine.dialect.name != "sqlite":
        return True
    connection = db.engine.raw_connection()
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.cursor().execute(statement).fetchall()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


class Findable:
    """A row that search finds by its own words, which are folded when they are saved.

    `searched` are the attributes that `searchable` reads.
    """

    searched: ClassVar[frozenset[str]]
    folded: Mapped[str] = mapped_column(Text, default="")
    folded_title: Mapped[str] = mapped_column(Text, default="")

    def searchable(self) -> list[str]:
        """Return the public texts of this row, the most telling first."""
        raise NotImplementedError


@event.listens_for(Findable, "before_update", propagate=True)
def _fold_what_changed(mapper: Any, connection: Connection, row: Findable) -> None:
    if row.searched & inspect(row).committed_state.keys():
        _fold(mapper, connection, row)


@event.listens_for(Findable, "before_insert", propagate=True)
def _fold(_mapper: Any, _connection: Connection, row: Findable) -> None:
    texts = row.searchable()
    row.folded = fold(" ".join(texts))
    row.folded_title = fold(texts[0]) if texts else ""
