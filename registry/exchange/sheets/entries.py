"""The entries that rows are about: those of the register, and those that the file itself brings."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from registry.exchange.sheets.columns import Column

CACHE = 8192  # KiB


@dataclass
class Entry:
    """An actor, place, contact or offer. `line` is the row that brings it, 0 if it stands already.

    `now` is its office dump from before the import, or what its row says. `claims` are the cells by
    column key that rows of this file have changed: the row, what it says, what stood there. `parts`
    are places and contacts of an actor that stands. What a row of this batch brings is `fresh`, and
    has no internal `id` before it is written; `said` are the cells it was made of.
    """

    part: str
    uuid: UUID
    now: dict[str, Any]
    id: int = 0
    line: int = 0
    version: int = 0
    fresh: bool = False
    claims: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    parts: dict[str, list["Entry"]] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what people call it."""
        title = self.now.get("title") or {}
        return str(self.now.get("name") or self.now.get("function") or title.get("de") or "")


class Key(NamedTuple):
    """How an entry of a file is found again: below `owner` (an actor's uuid), by folded name.

    `extra` is the postcode of an actor or place, the place of an offer.
    """

    part: str
    owner: str
    name: str
    extra: str


class Notebook:
    """What a file has brought so far, kept outside of memory: a file may have very many rows."""

    def __init__(self) -> None:
        # A database without a name is a file of its own that goes with the connection.
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.executescript(
            f"""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE};
            CREATE TABLE made (part TEXT, owner TEXT, name TEXT, extra TEXT, entry TEXT,
                PRIMARY KEY (part, owner, name, extra)) WITHOUT ROWID;
            CREATE TABLE claims (uuid TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;
            """
        )

    def close(self) -> None:
        self._kept.close()

    def note(self, entries: Iterable[tuple[Key, Entry]]) -> None:
        rows = [(*key, _stored(entry)) for key, entry in entries]
        self._kept.execute("BEGIN")
        self._kept.executemany("INSERT OR IGNORE INTO made VALUES (?, ?, ?, ?, ?)", rows)
        self._kept.execute("COMMIT")

    def claim(self, entries: Iterable[Entry]) -> None:
        rows = [(str(each.uuid), json.dumps(each.claims)) for each in entries]
        self._kept.executemany("INSERT OR REPLACE INTO claims VALUES (?, ?)", rows)

    def made(self, part: str, owner: str, name: str) -> list[tuple[Key, Entry]]:
        """Return what was made of a part, an owner and a name, whatever the extra is."""
        query = "SELECT extra, entry FROM made WHERE part = ? AND owner = ? AND name = ?"
        found = self._kept.execute(query, (part, owner, name))
        return [(Key(part, owner, name, extra), _entry(part, stored)) for extra, stored in found]

    def recall(self, entries: Iterable[Entry]) -> None:
        """Tell entries which of their cells earlier rows have changed."""
        query = "SELECT said FROM claims WHERE uuid = ?"
        for each in entries:
            for (said,) in self._kept.execute(query, (str(each.uuid),)):
                each.claims |= {name: tuple(claim) for name, claim in json.loads(said).items()}


def _stored(entry: Entry) -> str:
    return json.dumps([entry.id, entry.uuid.hex, entry.line, entry.now])


def _entry(part: str, stored: str) -> Entry:
    number, uuid, line, now = json.loads(stored)
    return Entry(part, UUID(uuid), now, number, line, version=1)


def stands(entry: Entry, column: Column) -> Any:
    """Return what an entry holds in a column."""
    if column.language is not None:
        return (entry.now.get(column.name) or {}).get(column.language)
    if column.key == "offer.hours":
        return next((row["hours"] for row in entry.now.get("places") or ()), None)
    if column.key == "offer.place_ids":
        return [row["place"] for row in entry.now.get("places") or ()]
    if column.key == "offer.contact_id":
        return entry.now.get("contact")
    return entry.now.get(column.name)
