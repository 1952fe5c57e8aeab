"""Whole registers of their own, because backups are about what has been committed."""

import shutil
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
from tests.factories.sheets import Desk

ENGINES = ["sqlite", "postgresql"]
MakeRegister = Callable[..., Flask]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the reference data of Roth: copying it is faster than filling one again."""
    file = tmp_path_factory.mktemp("filled") / "register.sqlite3"
    app = create_app({**SETTINGS, "DATABASE_URL": f"sqlite:///{file}"})
    fill(app, "09576")
    return file


def fill(app: Flask, below: str) -> None:
    with app.app_context():
        upgrade()
        set_up_register(CONSOLE, "09576", only_below=below)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def make_register(
    request: pytest.FixtureRequest, tmp_path: Path, filled: Path
) -> Iterator[MakeRegister]:
    """Return a function that makes a database: empty, or with the reference data of a region."""
    made: list[Flask] = []

    def make(engine: str, *, below: str | None = "09576") -> Flask:
        file = tmp_path / f"register{len(made)}.sqlite3"
        if engine == "postgresql":
            url = fresh_database(request.getfixturevalue("postgres"), f"register{len(made)}")
        else:
            url = f"sqlite:///{file}"
        app = create_app({**SETTINGS, "DATABASE_URL": url})
        made.append(app)
        if below == "09576" and engine == "sqlite":
            shutil.copy(filled, file)
        elif below:
            fill(app, below)
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


@pytest.fixture
def desk(tmp_path: Path, database: None) -> Desk:
    return Desk(tmp_path)
