"""Whole registers of their own, because backups are about what has been committed."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.app import create_app
from registry.conferences import demo as conferences
from registry.core.db import db
from registry.exchange.demo import seed_demo
from registry.exchange.described import describe
from registry.network import demo as network
from tests.conftest import DISTRICTS, SETTINGS, NewDatabase, fill, fresh_database, own_name
from tests.factories.sheets import Desk

ENGINES = ["sqlite", "postgresql"]
MakeRegister = Callable[..., Flask]


@pytest.fixture
def make_register(
    request: pytest.FixtureRequest, tmp_path: Path, new_database: NewDatabase
) -> Iterator[MakeRegister]:
    """Return a function that makes a database: empty, or with the reference data of a region."""
    made: list[Flask] = []

    def make(engine: str, *, below: str | None = DISTRICTS) -> Flask:
        name = f"register{len(made)}"
        if below == DISTRICTS:
            url = new_database(engine, name)
        elif engine == "postgresql":
            url = fresh_database(request.getfixturevalue("postgres"), name)
        else:
            url = f"sqlite:///{tmp_path}/{name}.sqlite3"
        beside = str(tmp_path / f"erasures{len(made)}.jsonl")
        app = create_app({**SETTINGS, "DATABASE_URL": url, "ERASURES_FILE": beside})
        made.append(app)
        if below not in {None, DISTRICTS}:
            fill(app, below)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


DEMO_DAY = date(2026, 11, 2)


@pytest.fixture(scope="session")
def demo_in_postgres(postgres: str) -> Callable[[str], str]:
    """Return a function that gives the address of a copy of the demo, as of `DEMO_DAY`."""
    app = create_app({**SETTINGS, "DATABASE_URL": fresh_database(postgres, "demo")})
    fill(app, "09")
    with app.app_context():
        seed_demo(CONSOLE, today=DEMO_DAY)
        network.seed(CONSOLE, DEMO_DAY)
        conferences.seed(CONSOLE, DEMO_DAY)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return lambda name: fresh_database(postgres, name, template=own_name("demo"))


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
