"""An import that is killed in the middle leaves nothing behind and can be started again."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.access.permissions import Role
from registry.access.policy import CONSOLE, Who
from registry.accounts.services import create_user
from registry.actors.models import Actor
from registry.audit.models import AuditEntry
from registry.cli import main
from registry.core.db import db
from registry.exchange.sheets import queries, running, steps, uploads
from registry.exchange.sheets.models import ImportRun, State
from registry.offers.models import Offer
from tests.conftest import PASSWORD, SETTINGS
from tests.exchange.conftest import MakeRegister
from tests.factories.sheets import HEADER, csv_bytes
from tests.processes import telling

ROWS = 4 * running.PIECE


@pytest.fixture
def app(request: pytest.FixtureRequest, make_register: MakeRegister, tmp_path: Path) -> Flask:
    made = make_register(request.param)
    made.config["IMPORT_DIR"] = str(tmp_path / "imports")
    return made


def checked(who: Who, tmp_path: Path) -> ImportRun:
    """Return a large import that waits to be carried out."""
    rows = [[f"Verein {n}", f"Kurs {n}", "Spracherwerb", "91154", "Roth"] for n in range(ROWS)]
    path = tmp_path / "large.csv"
    path.write_bytes(csv_bytes([HEADER[:5], *rows]))
    with path.open("rb") as file:
        run = steps.begin(who, "09576", "flat", "large.csv", file)
    run.state = State.APPLYING
    db.session.commit()
    return run


def stuck(word: Connection, settings: dict[str, str], uuid: str) -> None:
    """Carry out an import; at its second piece nothing more happens until the plug is pulled."""
    write, pieces = running.Run._write, []

    def write_and_wait(run: Any, plans: Any, maker: Any) -> None:
        write(run, plans, maker)
        pieces.append(1)
        if len(pieces) == 2:
            word.send("written")
            time.sleep(600)

    running.Run._write = write_and_wait  # type: ignore[method-assign]
    os.environ.update(settings)
    main(["carry-out", uuid])


def counted() -> tuple[int, ...]:
    kinds = (Actor.id, Offer.id, AuditEntry.id)
    found = tuple(db.session.scalar(select(func.count(kind))) or 0 for kind in kinds)
    db.session.rollback()
    return found


def test_a_killed_import_leaves_nothing_and_starts_again(app: Flask, tmp_path: Path) -> None:
    with app.test_request_context("/de/"):
        person = create_user(CONSOLE, "amal@example.org", PASSWORD, Role.EDITOR, "09576")
        db.session.commit()
        who, folder = person.as_who(), tmp_path / "imports"
        run = checked(who, tmp_path)
        uuid, before = run.uuid, counted()
        settings = {
            **SETTINGS,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "IMPORT_DIR": str(folder),
        }
        with telling(stuck, settings, str(uuid)) as (_child, word):
            assert word.recv() == "written"
            assert uploads.is_worked_on(uuid)
        assert counted() == before
        run = queries.load_run(who, uuid)
        assert steps.is_interrupted(run)
        assert not list(folder.glob("*.rejected"))
        steps.again(who, uuid)
        db.session.commit()
        steps.process_for(run)
        _wait_until_done(who, uuid)
        assert counted()[:2] == (before[0] + ROWS, before[1] + ROWS)


def _wait_until_done(who: Who, uuid: object) -> None:
    for _tenth in range(3000):
        db.session.rollback()
        run = db.session.scalars(select(ImportRun).where(ImportRun.uuid == uuid)).one()
        if run.state == State.DONE:
            db.session.rollback()
            return
        db.session.rollback()
        time.sleep(0.1)
    raise AssertionError("it was not done in five minutes")
