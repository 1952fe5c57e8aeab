"""Run migrations through the application's own engine, the same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator
from sqlalchemy.engine import Connection

database = current_app.extensions["migrate"].db


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as what they are stored as: migrations must not import the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


@contextmanager
def references_unwatched(connection: Connection) -> Iterator[None]:
    """Let SQLite replace whole tables: dropping one would delete what refers to its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection  # before any BEGIN, or it has no effect
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check_references(connection: Connection) -> None:
    """Raise where a row of SQLite refers to one that a migration has lost."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"rows that refer to nothing: {lost[:5]}")


def run() -> None:
    with database.engine.connect() as connection, references_unwatched(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            render_item=plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()
            check_references(connection)
        connection.commit()


run()
