"""The same questions in SQL, put straight to SQLite: what the answers from bits stand beside.

Statements are written as SQLite does them fastest: sets of ids first, no table read twice.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.registers import Register
from registry.search.index import morton

# What everyone may see. Views take no parameters, so SQLite is asked for the day.
SHOWN = """
    CREATE TEMP VIEW shown AS SELECT id, actor_id, folded_title FROM offer
    WHERE status = 'published'
      AND (valid_from IS NULL OR valid_from <= date('now', 'localtime'))
      AND (valid_to IS NULL OR valid_to >= date('now', 'localtime'))
      AND actor_id IN (SELECT id FROM actor WHERE status = 'published')
"""
PLACES = "SELECT id, lat, lon FROM place WHERE NOT confidential AND lat IS NOT NULL"


class PlainSql:
    """A connection of its own to a register's file."""

    def __init__(self, register: Register) -> None:
        self.connection = sqlite3.connect(register.file)
        self.connection.execute(SHOWN)

    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        return self.connection.execute(statement, values or {}).fetchall()

    def pairs(self, statement: str, values: Mapping[str, Any] | None = None) -> dict[Any, int]:
        """Return what a statement counts."""
        return dict(self.rows(statement, values))

    def prepare_tiles(self) -> None:
        """Store the tile of every public place, as a table with an index."""
        place, lat, lon = (np.array(each) for each in zip(*self.rows(PLACES), strict=True))
        tiles = zip(place.tolist(), morton.codes(lat, lon).tolist(), strict=True)
        execute = self.connection.execute
        execute("CREATE TEMP TABLE tile (place_id INTEGER PRIMARY KEY, code INTEGER NOT NULL)")
        self.connection.executemany("INSERT INTO tile VALUES (?, ?)", tiles)
        execute("CREATE INDEX tile_code ON tile (code)")
        self.connection.commit()

    def close(self) -> None:
        self.connection.close()


class Differ(Exception):
    """Two answers that had to be equal are not."""


def must_equal(what: str, ours: Mapping[Any, int], theirs: Mapping[Any, int]) -> None:
    if dict(ours) == dict(theirs):
        return
    keys = [key for key in {*ours, *theirs} if ours.get(key) != theirs.get(key)]
    shown = {key: (ours.get(key), theirs.get(key)) for key in keys[:5]}
    raise Differ(f"{what}: {len(keys)} counts differ from plain SQL, (ours, theirs): {shown}")
