"""Two workers at once, and one that is killed: on databases of their own, with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.app import create_app
from registry.core.db import db, now
from registry.core.mail import sending
from registry.core.mail.models import Mail, State
from registry.core.mail.outbox import Letter, post
from tests.conftest import SETTINGS, NewDatabase
from tests.mail.conftest import Postman, know_templates, served_by, use

MAILS = 60


@pytest.fixture(params=["sqlite", "postgresql"])
def register(
    request: pytest.FixtureRequest, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """An application on a database of its own, whose mails leave for real."""
    app = create_app({**SETTINGS, "DATABASE_URL": new_database(request.param, "mail")})
    know_templates(app, monkeypatch)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def fill(number: int, kind: str = "note") -> None:
    """Post mails, in a register that is ready to be worked on by commands."""
    for each in range(number):
        post(Letter(kind, f"a{each}@example.org", "09576", {"name": "Amt", "text": "x"}))
    db.session.commit()
    db.session.remove()


def at_once(app: Flask, work: Callable[[], None]) -> None:
    """Do the same in two threads that start together."""
    start, failed = Barrier(2), []

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                work()
            except BaseException as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=run) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_two_workers_send_each_mail_once(
    register: Flask, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(register, served_by(postman.port), monkeypatch)  # type: ignore[attr-defined]
    fill(MAILS)

    def work() -> None:
        while sending.send_due(now):
            db.session.rollback()

    at_once(register, work)
    assert postman.recipients == sorted(f"a{each}@example.org" for each in range(MAILS))
    sent = select(func.count(Mail.id)).where(Mail.state == State.SENT, Mail.tries == 1)
    assert db.session.scalar(sent) == MAILS


def test_two_workers_claim_different_mails(register: Flask) -> None:
    fill(MAILS)
    claimed: list[int] = []

    def work() -> None:
        while found := sending.claim(now(), 7):
            claimed.extend(each.key for each in found)

    at_once(register, work)
    assert len(claimed) == len(set(claimed)) == MAILS


COMMAND = [sys.executable, "-c", "from registry.cli import main; raise SystemExit(main())"]
HANGING = """
import os, signal
from registry.cli import main
from registry.core.mail import sending
sending._note = lambda *_of: os.kill(os.getpid(), signal.SIGKILL)
main(["mail", "send"])
"""


@pytest.fixture
def environment(tmp_path: Path, postman: Postman, register: Flask) -> dict[str, str]:
    return {
        **os.environ,
        **SETTINGS,
        "DATABASE_URL": register.config["SQLALCHEMY_DATABASE_URI"],
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(postman.port),  # type: ignore[attr-defined]
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "register@example.org",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def test_a_worker_killed_after_handing_over_leaves_a_claim_that_is_taken_up_later(
    register: Flask, environment: dict[str, str], postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(1, kind="privacy_notice")
    killed = subprocess.run([sys.executable, "-c", HANGING], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    mail = db.session.scalars(select(Mail)).one()
    assert (mail.state, len(postman.taken)) == (State.SENDING, 1)
    db.session.remove()
    use(register, served_by(postman.port), monkeypatch)  # type: ignore[attr-defined]
    assert sending.send_due(now) == {}
    later = now() + sending.FORGOTTEN
    assert sending.send_due(lambda: later) == {"sent": 1}


def test_a_watching_worker_sends_what_comes_and_stops_when_asked(
    register: Flask, environment: dict[str, str], postman: Postman
) -> None:
    fill(1, kind="privacy_notice")
    worker = subprocess.Popen(
        [*COMMAND, "mail", "send", "--watch"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not postman.taken and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)
    said, failed = worker.communicate(timeout=20)
    assert (worker.returncode, said.strip()) == (0, "1 sent"), failed
    assert len(postman.taken) == 1
