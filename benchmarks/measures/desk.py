"""The work desk: all its numbers, beside the same counts as bare statements.

What looks for duplicates is kept in memory and asked once before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row
from benchmarks.timing import medians, turns
from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.desk.tasks import tasks
from registry.upkeep.duplicates import finding

Statement = tuple[str, Any]


def measure(sizes: Sizes) -> list[Row]:
    return [_row(number) for number in sizes.all]


def _row(number: int) -> Row:
    with asked(number) as register:
        _find_duplicates()
        with _statements() as seen:
            _desk(register)
        bare = list(seen)
        ours, beside = medians(turns(number, 5), lambda: _desk(register), lambda: _bare(bare))
    what, against = "Work desk, all numbers", "the same counts as bare statements"
    return Row(what, ours, beside, against, goal=0, offers=number)


def _find_duplicates() -> None:
    while finding.counts(CONSOLE) is None:
        finding.wait()


def _desk(register: Register) -> None:
    tasks(CONSOLE, register.moment.day)
    db.session.rollback()


@contextmanager
def _statements() -> Iterator[list[Statement]]:
    """Collect what is asked of the database inside the block."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _bare(statements: list[Statement]) -> None:
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        for statement, values in statements:
            cursor.execute(statement, values).fetchall()
    finally:
        connection.close()
