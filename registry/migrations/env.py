"""Run migrations through the application's own engine, the same on SQLite and PostgreSQL."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator

database = current_app.extensions["migrate"].db


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as what they are stored as: migrations must not import the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            render_item=plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
