"""Migrations and models say the same, on both databases."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

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


ROWS_AT_FIRST = [
    "INSERT INTO region (ags, name, kind) VALUES ('09576', 'Roth', 'district')",
    "INSERT INTO term (id, uuid, scheme, key, position, labels, hints, synonyms, framework, folded,"
    " folded_title) VALUES (1, '00000000000000000000000000000001', 'category', 'sports', 0, '{}',"
    " '{}', '{}', false, '', '')",
    "INSERT INTO actor (id, uuid, region, status, example, name, description, category_id, tier,"
    " engagement, folded, folded_title, version, created_at, updated_at) VALUES (1,"
    " '00000000000000000000000000000002', '09576', 'draft', false, 'Verein', '{}', 1, 'none',"
    " 'professional', '', '', 1, '2026-01-01', '2026-01-01')",
    "INSERT INTO actor_area (actor_id, ags) VALUES (1, '09576')",
]


def test_rows_of_the_first_revision_outlive_every_migration(empty: Flask) -> None:
    upgrade(revision="0001")
    with db.engine.begin() as connection:
        for statement in ROWS_AT_FIRST:
            connection.execute(text(statement))
    upgrade()
    query = "SELECT term.key, actor_area.ags FROM actor JOIN actor_area ON actor_id = actor.id"
    with db.engine.connect() as connection:
        kept = connection.execute(text(f"{query} JOIN term ON term.id = category_id")).one()
    assert tuple(kept) == ("sports", "09576")
