"""Another process of the register, for tests: it edits, or it builds its index again and again."""

from multiprocessing.connection import Connection
from random import Random

from sqlalchemy.exc import OperationalError

from registry.app import create_app
from registry.core.db import db
from registry.core.errors import AppError
from registry.search import reader
from registry.search.choices import now_here
from tests.conftest import SETTINGS
from tests.factories.registers import RandomRegister


def edit(url: str, seed: int, count: int) -> None:
    with create_app({**SETTINGS, "DATABASE_URL": url}).app_context():
        register = RandomRegister(Random(seed))
        for _ in range(count):
            try:
                register.edit()
            except (AppError, OperationalError):  # somebody else came first
                db.session.rollback()


def build(word: Connection, url: str) -> None:
    with create_app({**SETTINGS, "DATABASE_URL": url}).app_context():
        while True:
            word.send("building")
            reader.forget()
            reader.current(now_here())
