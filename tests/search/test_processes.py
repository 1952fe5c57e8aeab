"""Several processes on one database: what one writes, the others' next answers show."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from registry.access.policy import CONSOLE
from registry.app import create_app
from registry.core import versions
from registry.core.answers import EXTENSION
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.exchange.backup import backup, restore
from registry.maps.viewport import Box
from registry.search import reader
from registry.search.criteria import Criteria, Moment
from tests.conftest import SETTINGS, NewDatabase
from tests.factories.offers import make_offer
from tests.factories.registers import RandomRegister
from tests.processes import done, started, telling
from tests.search import worker
from tests.search.test_index import says_what_sql_says

NOW = Moment(datetime(2026, 11, 24, 10, tzinfo=ZONE), "09576")
ROTH = Box(10.9, 49.1, 11.4, 49.4)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, new_database: NewDatabase) -> str:
    """The address of a database where commits are commits."""
    return new_database(request.param, "processes")


@pytest.fixture
def own(url: str) -> Iterator[Flask]:
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def total() -> int:
    """Ask as a new request does: in a transaction of its own."""
    db.session.rollback()
    return reader.ask(Criteria(), NOW).total()


def test_the_next_answer_shows_what_another_process_wrote(own: Flask, url: str) -> None:
    register = RandomRegister(Random(1))
    register.fill(8)
    base = reader.current(NOW).index.segments[0]
    done(started(worker.edit, url, 2, 8))
    db.session.rollback()
    for _ in range(8):
        says_what_sql_says(register.search(), NOW, ROTH, 9)
    assert reader.current(NOW).index.segments[0] is base


def test_kept_pages_give_way_to_what_another_process_wrote(own: Flask, url: str) -> None:
    RandomRegister(Random(1)).fill(4)
    client, tags = own.test_client(), []
    for seed in (1, 2):
        db.session.remove()  # each request has a transaction of its own
        page = client.get("/api/v1/offers?per_page=200")
        own.extensions[EXTENSION].clear()
        db.session.remove()
        assert client.get("/api/v1/offers?per_page=200").data == page.data
        tags.append(page.headers["ETag"])
        done(started(worker.edit, url, seed, 5))
    db.session.remove()
    assert client.get("/api/v1/offers?per_page=200").headers["ETag"] not in tags


def test_edits_of_several_processes_at_once_are_all_there(own: Flask, url: str) -> None:
    register = RandomRegister(Random(3))
    register.fill(8)
    others = [started(worker.edit, url, seed, 8) for seed in (4, 5)]
    while any(other.is_alive() for other in others):
        db.session.rollback()
        question = reader.ask(register.search(), NOW)
        assert question.total() >= 0
        try:
            make_offer()
        except SQLAlchemyError:  # somebody else came first
            db.session.rollback()
    for other in others:
        done(other)
    db.session.rollback()
    for _ in range(8):
        says_what_sql_says(register.search(), NOW, ROTH, 9)


def test_a_process_killed_while_it_builds_leaves_nothing_behind(own: Flask, url: str) -> None:
    RandomRegister(Random(6)).fill(8)
    before, version = total(), versions.current()
    for _ in range(2):
        with telling(worker.build, url) as (_victim, word):
            assert word.recv() == "building"
    reader.forget()
    assert (total(), versions.current()) == (before, version)
    done(started(worker.edit, url, 7, 2))
    assert total() == reader.ask(Criteria(), NOW).total()


def test_a_database_put_back_to_an_earlier_state_is_noticed(own: Flask, tmp_path: Path) -> None:
    make_offer()
    before = total()
    backup(CONSOLE, tmp_path / "backup.gz")
    make_offer()
    assert total() == before + 1
    db.session.remove()
    restore(CONSOLE, tmp_path / "backup.gz", replace=True)
    assert total() == before
    make_offer()
    assert total() == before + 1
