"""Sending what waits in the outbox, and reading what came back."""

import logging
import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from registry.cli.base import command, commands, register, tell
from registry.config import Settings
from registry.core.db import db, now
from registry.core.mail import bounces, counting, sending
from registry.core.mail.delivery import Unreachable
from registry.server import with_key

log = logging.getLogger("registry.mail")
PAUSE = 10  # seconds between two looks at the outbox


@commands.group("mail")
def mail() -> None:
    """Send mail and look after it."""


@command("send", mail)
@click.option("--watch", is_flag=True, help="go on until stopped")
def send(*, watch: bool, as_json: bool) -> None:
    """Send what waits in the outbox; several of these may run at once."""
    settings = Settings.from_env(os.environ)
    settings.refuse_unsendable_mail()
    with register(with_key(settings, {})):
        if watch:
            logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        tally = _watch() if watch else _send_all(lambda: False)
        facts = dict(sorted(tally.items()))
        told = ", ".join(f"{number} {state}" for state, number in facts.items())
        tell(as_json, told or "Nothing was due.", **facts)


def _send_all(stopped: Callable[[], bool]) -> Counter[str]:
    """Send until nothing more is due."""
    tally: Counter[str] = Counter()
    while not stopped():
        sent = sending.send_due(now)
        db.session.rollback()  # what it read is old by the next batch
        if not sent:
            break
        tally += sent
    return tally


def _watch() -> Counter[str]:
    """Send whatever comes until a signal asks to stop; the mail in hand is finished first."""
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_of: stop.set())
    tally: Counter[str] = Counter()
    while not stop.is_set():
        try:
            sent = _send_all(stop.is_set)
        except (Unreachable, OperationalError) as error:
            db.session.rollback()
            log.warning("%s", str(error).splitlines()[0])
        else:
            tally += sent
            if sent:
                log.info("mail %s", dict(sent))
        stop.wait(PAUSE)
    return tally


@command("bounces", mail)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def read_bounces(*, paths: tuple[Path, ...], as_json: bool) -> None:
    """Read delivery reports: mbox, Maildir, .eml files or folders of them."""
    with register():
        found = (message for path in paths for message in bounces.messages(path))
        tally = Counter[str](bounces.take(message, now()) for message in found)
        told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(tally.items()))
        tell(as_json, told or "There was no message.", **tally)


@command("status", mail)
def status(*, as_json: bool) -> None:
    """Say how many mails are in which state."""
    with register():
        found: dict[str, Any] = counting.by_state()
        tell(as_json, "\n".join(f"{n:>8} {state}" for state, n in found.items()), **found)
