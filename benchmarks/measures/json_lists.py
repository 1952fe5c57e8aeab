"""Goal 6: the JSON list, beside its own statements put straight to SQLite and fetched.

No answer is a kept one. First of pages whose offers nobody has read before, then of the same again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial

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
    found: list[Row] = []
    for offers in sizes.upper:
        register = opened(offers)
        Visitor(register.app, "/api/v1/offers?per_page=1").ask()
        for per_page in SORTS:
            found += _rows(register, per_page)
    return found


def _rows(register: Register, per_page: int) -> list[Row]:
    with closing(sqlite3.connect(register.file)) as bare, _traced(register.app) as traced:
        unread, again = (_Times.of(register, per_page, bare, traced) for _ in range(2))
    row = partial(Row, goal=6, offers=register.offers)
    twice, what = Wanted("cost", 2.0), f"JSON list of {per_page}"
    alone, three = "its SELECTs alone", Wanted("own", 3)
    return [
        row(f"{what}, not read before", p50(unread.ours), p50(unread.bare), alone, twice),
        row(f"{what}, read before", p50(again.ours), p50(again.bare), alone, twice),
        row(f"{what}, SELECTs", unread.selects, wanted=three, unit=""),
    ]


@dataclass
class _Times:
    """Of pages and of their statements alone, and the most SELECTs that a page needed."""

    ours: Times
    bare: Times
    selects: int

    @classmethod
    def of(
        cls, register: Register, per_page: int, bare: sqlite3.Connection, traced: Statements
    ) -> "_Times":
        found = cls([], [], 0)
        for page in range(FIRST, FIRST + PAGES):
            query = f"per_page={per_page}&sort={SORTS[per_page]}&page={page}"
            traced.clear()
            found.ours.append(spent(Visitor(register.app, f"/api/v1/offers?{query}").ask_anew))
            selects = [each for each in traced if each.startswith("SELECT")]
            found.bare.append(spent(partial(_fetch, bare, selects)))
            found.selects = max(found.selects, len(selects))
        return found


def _fetch(connection: sqlite3.Connection, statements: Statements) -> None:
    for each in statements:
        connection.execute(each).fetchall()


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
