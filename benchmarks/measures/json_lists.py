"""Goal 6: the JSON list, beside its own statements put straight to SQLite and fetched.

No answer is a kept one. First of pages whose offers nobody has read before, then of the same again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from flask import Flask
from sqlalchemy import event

from benchmarks.registers import Register, Sizes, opened
from benchmarks.table import Row, Wanted
from benchmarks.timing import Times, p50, spent
from benchmarks.web import Visitor
from registry.core.db import db

SORTS = {50: "title", 200: "confirmed"}  # by length of the page: other offers come first
PAGES = 8
FIRST = 3  # page
Statements = list[str]


def measure(sizes: Sizes) -> list[Row]:
    return [row for offers in sizes.upper for row in _rows(opened(offers))]


def _rows(register: Register) -> list[Row]:
    found: list[Row] = []
    twice, three, n = Wanted("cost", 2.0), Wanted("own", 3), register.offers
    Visitor(register.app, "/api/v1/offers?per_page=1").ask()
    for per_page in SORTS:
        with closing(sqlite3.connect(register.file)) as bare, _traced(register.app) as traced:
            unread, selects = _times(register, per_page, bare, traced)
            again, _selects = _times(register, per_page, bare, traced)
        what, alone = f"JSON list of {per_page}", "its SELECTs alone"
        found += [
            Row(
                6, f"{what}, not read before", n, p50(unread[0]), "ms", p50(unread[1]), alone, twice
            ),
            Row(6, f"{what}, read before", n, p50(again[0]), "ms", p50(again[1]), alone, twice),
            Row(6, f"{what}, SELECTs", n, selects, "", wanted=three),
        ]
    return found


def _times(
    register: Register, per_page: int, bare: sqlite3.Connection, traced: Statements
) -> tuple[tuple[Times, Times], int]:
    """Return the times of pages and of their statements, and the most statements of a page."""
    ours, raw, most = Times(), Times(), 0
    for page in range(FIRST, FIRST + PAGES):
        path = f"/api/v1/offers?per_page={per_page}&sort={SORTS[per_page]}&page={page}"
        visitor = Visitor(register.app, path)
        traced.clear()
        ours.append(spent(visitor.ask_anew))
        selects = [each for each in traced if each.startswith("SELECT")]
        raw.append(spent(lambda: [bare.execute(each).fetchall() for each in selects]))  # noqa: B023
        most = max(most, len(selects))
    return (ours, raw), most


@contextmanager
def _traced(app: Flask) -> Iterator[Statements]:
    """Note every statement that reaches SQLite, its parameters filled in."""
    with app.app_context():
        engine = db.engine
    found: Statements = []

    def begin(connection: sqlite3.Connection, *_record: object) -> None:
        connection.set_trace_callback(found.append)

    def end(connection: sqlite3.Connection, *_record: object) -> None:
        connection.set_trace_callback(None)

    event.listen(engine, "checkout", begin)
    event.listen(engine, "checkin", end)
    yield found
    event.remove(engine, "checkout", begin)
    event.remove(engine, "checkin", end)
