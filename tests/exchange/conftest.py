"""Whole registers of their own, because backups are about what has been committed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.app import create_app
from registry.core.db import db
from registry.exchange.described import describe
from registry.exchange.reference import set_up_register
from tests.conftest import SETTINGS, fresh_database

ENGINES = ["sqlite", "postgresql"]
MakeRegister = Callable[..., Flask]


@pytest.fixture
def make_register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeRegister]:
    """Return a function that makes a database: empty, or with the reference data of Roth."""
    made: list[Flask] = []

    def make(engine: str, *, empty: bool = False) -> Flask:
        url = f"sqlite:///{tmp_path}/register{len(made)}.sqlite3"
        if engine == "postgresql":
            url = fresh_database(request.getfixturevalue("postgres"), f"register{len(made)}")
        app = create_app({**SETTINGS, "DATABASE_URL": url})
        made.append(app)
        if not empty:
            with app.app_context():
                upgrade()
                set_up_register(CONSOLE, "09576", only_below="09576")
                db.session.commit()
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def contents(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, as plain values."""
    with app.app_context(), db.engine.connect() as connection:
        tables = [describe(table, 0) for table in db.metadata.sorted_tables]
        return {
            each.name: [
                tuple(row)
                for row in connection.execute(
                    select(each.clause).order_by(*(each.clause.c[name] for name in each.key))
                )
            ]
            for each in tables
        }
