"""A backup is the register at one moment, and comes back whole on either database."""

import gzip
import json
import stat
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.access.policy import CONSOLE, PUBLIC
from registry.accounts.models import User
from registry.actors.models import Actor, Contact, Unit
from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed
from registry.exchange import revisions
from registry.exchange.backup import backup, restore
from registry.regions.models import RegionSettings
from tests.exchange.conftest import ENGINES, MakeRegister, contents
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer
from tests.factories.old_backups import old_backup

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


def _fill(app: Flask) -> None:
    with app.app_context():
        parent = make_actor(name="Träger")
        child = make_actor(
            name="Haus „International“ ☕", places=[{**PLACE, "lat": 49.1, "lon": 11.2}]
        )
        make_offer(child, languages=[{"language": "ar", "by": "interpreter"}])
        # The parent comes after its child in the file: ids alone do not give the order.
        parent.parent = child
        db.session.add(RegionSettings(ags="09576", logo=b"\x89PNG\x00\xff"))
        db.session.commit()


def _saved(app: Flask, path: Path) -> Path:
    with app.app_context():
        backup(CONSOLE, path)
    return path


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_comes_back_equal_on_the_other_database(
    make_register: MakeRegister, tmp_path: Path, engine: str
) -> None:
    source, target = make_register(engine), make_register(OTHER[engine], below=None)
    _fill(source)
    file = _saved(source, tmp_path / "backup.gz")
    with target.app_context():
        restore(CONSOLE, file)
    assert contents(target) == contents(source)
    with target.app_context():
        new = make_actor(name="Danach")
        assert new.id > 2


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_shows_one_moment_while_others_write(
    make_register: MakeRegister, tmp_path: Path, engine: str
) -> None:
    source, target = make_register(engine), make_register("sqlite", below=None)
    with source.app_context():
        actor, connections = make_actor().id, db.engine
    stop = Event()

    def write_pairs() -> None:
        while not stop.is_set():
            with Session(connections) as session, session.begin():
                session.add(Unit(actor_id=actor, name="Paar"))
                session.add(Contact(actor_id=actor, function="Paar"))

    writer = Thread(target=write_pairs)
    writer.start()
    try:
        file = _saved(source, tmp_path / "backup.gz")
    finally:
        stop.set()
        writer.join()
    with target.app_context():
        restore(CONSOLE, file)
        units = db.session.scalar(select(func.count(Unit.id)))
        contacts = db.session.scalar(select(func.count(Contact.id)))
    assert units == contacts


def test_a_backup_is_for_its_owner_alone(make_register: MakeRegister, tmp_path: Path) -> None:
    file = _saved(make_register("sqlite"), tmp_path / "backup.gz")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob(".backup*")] == []


def test_restore_needs_an_empty_database_or_a_clear_word(
    make_register: MakeRegister, tmp_path: Path
) -> None:
    source, target = make_register("sqlite"), make_register("sqlite")
    _fill(source)
    file = _saved(source, tmp_path / "backup.gz")
    with target.app_context():
        with pytest.raises(Invalid) as refused:
            restore(CONSOLE, file)
        assert "database" in refused.value.errors
        restore(CONSOLE, file, replace=True)
    assert contents(target) == contents(source)


@pytest.mark.parametrize("kept", [0.1, 0.6, 0.99])
def test_half_a_file_changes_nothing(
    make_register: MakeRegister, tmp_path: Path, kept: float
) -> None:
    app = make_register("sqlite")
    _fill(app)
    file = _saved(app, tmp_path / "backup.gz")
    before = contents(app)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    with app.app_context(), pytest.raises(Invalid) as refused:
        restore(CONSOLE, file, replace=True)
    assert "file" in refused.value.errors
    assert contents(app) == before


@pytest.mark.parametrize("change", [{"format": 99}, {"revision": "9999"}])
def test_a_file_of_a_newer_program_is_refused(
    make_register: MakeRegister, tmp_path: Path, change: dict[str, object]
) -> None:
    app = make_register("sqlite")
    file = _saved(app, tmp_path / "backup.gz")
    head, *rows = gzip.decompress(file.read_bytes()).decode().splitlines()
    lines = [json.dumps(json.loads(head) | change), *rows]
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    with app.app_context(), pytest.raises(Invalid):
        restore(CONSOLE, file, replace=True)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_backup_of_an_older_version_comes_back_at_the_newest(
    make_register: MakeRegister, tmp_path: Path, engine: str, revision: str
) -> None:
    app = make_register(engine, below=None)
    file = old_backup(tmp_path / "old.gz", revision)
    with app.app_context():
        restore(CONSOLE, file)
        assert revisions.present() == revisions.newest()
        actor = db.session.scalars(select(Actor).filter_by(name="Verein")).one()
        assert actor.parent
        assert actor.category
        assert (actor.parent.name, actor.version, len(actor.areas)) == ("Verband", 4, 1)
        assert actor.category.labels.bodies == {"de": "Sport", "en": "Sports"}
        user = db.session.scalars(select(User)).one()
        assert [(grant.role, grant.region) for grant in user.grants] == [("editor", "09576")]
        assert make_actor(name="Danach", category="sports", fields=[]).id > 2


def test_an_older_backup_asks_for_an_empty_database(
    make_register: MakeRegister, tmp_path: Path
) -> None:
    app = make_register("sqlite")
    before = contents(app)
    with app.app_context(), pytest.raises(Invalid) as refused:
        restore(CONSOLE, old_backup(tmp_path / "old.gz", "0001"), replace=True)
    assert "database" in refused.value.errors
    assert contents(app) == before


def test_only_who_may_transfer_data_may_back_up(
    make_register: MakeRegister, tmp_path: Path
) -> None:
    with make_register("sqlite").app_context():
        with pytest.raises(NotAllowed):
            backup(PUBLIC, tmp_path / "backup.gz")
        with pytest.raises(NotAllowed):
            restore(PUBLIC, tmp_path / "backup.gz")
        assert db.session.scalar(select(func.count(Actor.id))) == 0
