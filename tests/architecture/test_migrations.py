"""Migrations and models say the same, on both databases."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from registry.app import create_app
from registry.core.db import db
from tests.conftest import SETTINGS, fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[Flask]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.sqlite3"
    else:
        url = fresh_database(request.getfixturevalue("postgres"), "registry_migrations")
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    with app.app_context():
        yield app
        db.engine.dispose()


def test_migrations_go_up_down_and_up_again_and_equal_the_models(empty: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
