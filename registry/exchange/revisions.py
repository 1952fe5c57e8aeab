"""Which version of the tables a database has, and bringing it to another one."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from flask import current_app
from flask_migrate import upgrade

from registry.core.db import db, protect_file


def present() -> str | None:
    """Return the revision of the database, None while it has no tables."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    return _scripts().get_current_head() or ""


def is_known(revision: str) -> bool:
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def migrate(revision: str = "head") -> None:
    """Bring the tables to a revision; a data file is made for its owner alone from the start."""
    if db.engine.dialect.name == "sqlite" and (path := db.engine.url.database):
        # SQLite gives the files beside it the permissions that this one has when they are made.
        Path(path).touch(mode=0o600)
        protect_file()
    upgrade(revision=revision)


def _scripts() -> ScriptDirectory:
    config = current_app.extensions["migrate"].migrate.get_config()
    return ScriptDirectory.from_config(config)
