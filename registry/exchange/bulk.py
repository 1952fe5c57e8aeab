"""Many rows at once, inside the session's transaction.

PostgreSQL takes them by COPY, SQLite by one prepared statement: what costs time in an ordinary
insert is building it row by row. Values still go through the types of their columns.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Table, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import AddConstraint, DropConstraint
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from registry.core.db import db

CACHE = 65_536  # KiB


def write(target: Table, rows: Sequence[Any], **same: Any) -> None:
    """Insert named tuples; `same` and the plain defaults of the model go into every row.

    Nobody listens to these rows: `folded` has to be among them.
    """
    if not rows:
        return
    connection = db.session.connection()
    given = dict(zip(rows[0]._fields, zip(*rows, strict=True), strict=True))
    once = {name: (value,) for name, value in (_defaults(target) | same).items()}
    columns = {
        name: _stored(target.c[name], values, connection.dialect)
        for name, values in (once | given).items()
    }
    for name in once.keys() - given.keys():
        columns[name] *= len(rows)
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(target.name)} ({', '.join(map(quote, columns))})"
    put = _copy if connection.dialect.name == "postgresql" else _execute
    put(connection, into, list(zip(*columns.values(), strict=True)))


@contextmanager
def prepared(tables: Iterable[Table]) -> Iterator[None]:
    """Make the database ready for very many rows, in this transaction."""
    connection = db.session.connection()
    ready = _checked_at_the_end if connection.dialect.name == "postgresql" else _large_cache
    with ready(connection, tables):
        yield


@contextmanager
def _checked_at_the_end(connection: Connection, tables: Iterable[Table]) -> Iterator[None]:
    """Let PostgreSQL check the tables' foreign keys for all new rows together.

    Row by row that would be half of all the work. For it the constraints are dropped and added
    again, so everybody else waits until the transaction ends.
    """
    keys = [key for each in tables for key in each.foreign_key_constraints]
    # Somebody who holds a table for long would make us, and all others behind us, wait for it.
    connection.execute(text("SET LOCAL lock_timeout = '10s'"))
    for key in keys:
        connection.execute(DropConstraint(key))
    yield
    for key in keys:
        connection.execute(AddConstraint(key, isolate_from_table=False))


@contextmanager
def _large_cache(connection: Connection, tables: Iterable[Table]) -> Iterator[None]:
    """Let SQLite keep more pages: random keys touch them again and again."""
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = {-CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")


def _defaults(target: Table) -> dict[str, Any]:
    return {
        each.name: each.default.arg
        for each in target.c
        if isinstance(each.default, ScalarElementColumnDefault)
    }


def _stored(target: Column[Any], values: Iterable[Any], dialect: Dialect) -> list[Any]:
    """Return the values as the driver takes them."""
    process = target.type.dialect_impl(dialect).bind_processor(dialect)
    return list(map(process, values) if process else values)


def _execute(connection: Connection, target: str, rows: list[Any]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", rows)  # noqa: S608


def _copy(connection: Connection, target: str, rows: list[Any]) -> None:
    statement = f"COPY {target} FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error
