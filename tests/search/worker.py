"""Another process of the register, for tests: it edits, or it builds its index again and again."""

import sys
from random import Random

from sqlalchemy.exc import OperationalError

from registry.app import create_app
from registry.core.db import db
from registry.core.errors import AppError
from registry.search import reader
from registry.search.choices import now_here
from tests.factories.registers import RandomRegister


def edit(seed: int, count: int) -> None:
    register = RandomRegister(Random(seed))
    for _ in range(count):
        try:
            register.edit()
        except (AppError, OperationalError):  # somebody else came first
            db.session.rollback()


def build() -> None:
    while True:
        sys.stdout.write("building\n")
        sys.stdout.flush()
        reader.forget()
        reader.current(now_here())


def main(url: str, command: str, *numbers: str) -> None:
    with create_app({"DATABASE_URL": url}).app_context():
        edit(*map(int, numbers)) if command == "edit" else build()


if __name__ == "__main__":
    main(*sys.argv[1:])
