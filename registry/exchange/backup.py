"""Everything in one file, and back again, on either database.

The file is gzipped text. Its first line describes the tables and names the revision they belong
to; then every row is one line, a JSON list. It describes itself, so that a newer program can read
an older file: it restores at the file's revision and migrates from there.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from flask_babel import gettext as _
from sqlalchemy import bindparam, column, delete, func, insert, inspect, select, table, text, update
from sqlalchemy.engine import Connection

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.core.db import db, now
from registry.core.errors import Invalid
from registry.exchange import revisions
from registry.exchange.described import Described, describe
from registry.exchange.files import bar, private_file
from registry.privacy.persons import ledger
from registry.privacy.persons.queries import Memory, remembered
from registry.privacy.persons.services import erase_again, sweep

FORMAT = 1
CHUNK = 1000
_OF_EVERY_DATABASE = {"alembic_version", "data_version", "data_change"}
_BROKEN = (gzip.BadGzipFile, EOFError, ValueError, KeyError, TypeError, zlib.error)


def backup(who: Who, path: Path) -> int:
    """Write all tables as they are at one moment, whoever writes meanwhile; return the rows."""
    require(who, Permission.DATA_TRANSFER, None)
    with _one_moment() as connection, private_file(path) as raw:
        tables = [
            describe(each, _count(connection, each.name)) for each in db.metadata.sorted_tables
        ]
        with gzip.open(raw, "wt", encoding="utf-8", compresslevel=6) as file:
            _write(connection, tables, file)
    return sum(each.rows for each in tables)


@dataclass(frozen=True)
class Restored:
    """How many rows came back and erasures were made again; `listed`: some were known of."""

    rows: int
    erased: int
    listed: bool


def restore(
    who: Who, path: Path, *, replace: bool = False, erasures: Path | None = None
) -> Restored:
    """Fill an empty database from a backup, all or nothing; `replace` empties it first.

    Erased again is what was erased since the backup, as far as it is known: from the database that
    is replaced, from the list beside it, and from `erasures`, a list of another machine.
    """
    require(who, Permission.DATA_TRANSFER, None)
    lists = [each for each in (ledger.own_file(), erasures) if each and each.exists()]
    known = [*remembered(), *(memory for each in lists for memory in _listed(each))]
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            head = json.loads(file.readline())
            tables = [Described(**each) for each in head["tables"]]
            _prepare(head, replace=replace)
            with db.engine.begin() as connection:
                _fill(connection, tables, file)
    except _BROKEN:
        raise Invalid({"file": [_("This file is not a complete backup.")]}) from None
    revisions.migrate()
    erased = erase_again(who, known)
    db.session.commit()
    db.session.remove()
    if known:
        sweep(who)
        db.session.remove()
    return Restored(sum(each.rows for each in tables), erased, bool(known or lists))


def _listed(path: Path) -> list[Memory]:
    try:
        return ledger.read(path)
    except (OSError, ValueError, KeyError, TypeError):
        message = _("This file is not a list of erasures: %(name)s", name=path.name)
        raise Invalid({"erasures": [message]}) from None


@contextmanager
def _one_moment() -> Iterator[Connection]:
    """A transaction that sees the database as it was when it began to read."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(table(name))) or 0


def _write(connection: Connection, tables: list[Described], file: TextIO) -> None:
    head = {"format": FORMAT, "revision": revisions.present(), "made_at": now()}
    file.write(_line(head | {"tables": [asdict(each) for each in tables]}))
    with bar("backup", sum(each.rows for each in tables)) as progress:
        for each in tables:
            query = select(each.clause).order_by(*(each.clause.c[name] for name in each.key))
            for row in connection.execution_options(yield_per=CHUNK).execute(query):
                file.write(_line(list(row)))
                progress.update()


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text) + "\n"


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _prepare(head: dict[str, Any], *, replace: bool) -> None:
    """Check that the file can be restored here, and bring an empty database to its revision."""
    revision = head["revision"]
    if head["format"] != FORMAT or not revisions.is_known(revision):
        raise Invalid({"file": [_("This backup was made by a newer version of the program.")]})
    if not replace and _holds_rows():
        raise Invalid(
            {"database": [_("This database is not empty. Use --replace to overwrite it.")]}
        )
    if revisions.present() is None:
        revisions.migrate(revision)
    elif revisions.present() != revision:
        message = _("This backup is of another version: restore it into a new, empty database.")
        raise Invalid({"database": [message]})


def _holds_rows() -> bool:
    with db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - _OF_EVERY_DATABASE
        return any(_count(connection, name) for name in sorted(names))


def _fill(connection: Connection, tables: list[Described], file: TextIO) -> None:
    for each in reversed(tables):
        connection.execute(delete(each.clause))
    with bar("restore", sum(each.rows for each in tables)) as progress:
        for each in tables:
            _fill_table(connection, each, file, progress)
    if file.readline():
        raise ValueError("more rows than announced")
    if connection.dialect.name == "postgresql":
        _set_sequences(connection, tables)


def _fill_table(connection: Connection, each: Described, file: TextIO, progress: Any) -> None:
    """Insert rows as they come; what points into the same table follows when all are there."""
    later: list[dict[str, Any]] = []
    left = each.rows
    while left:
        rows = [each.read(json.loads(line)) for line in islice(file, min(CHUNK, left))]
        if not rows:
            raise EOFError
        later += [_reference(each, row) for row in rows if any(row[name] for name in each.own)]
        bare = dict.fromkeys(each.own)
        connection.execute(insert(each.clause), [row | bare for row in rows])
        left -= len(rows)
        progress.update(len(rows))
    if later:
        same = [each.clause.c[name] == bindparam(f"key_{name}") for name in each.key]
        values: dict[str, Any] = {name: bindparam(f"own_{name}") for name in each.own}
        connection.execute(update(each.clause).where(*same).values(values), later)


def _reference(each: Described, row: dict[str, Any]) -> dict[str, Any]:
    keys = {f"key_{name}": row[name] for name in each.key}
    return keys | {f"own_{name}": row[name] for name in each.own}


def _set_sequences(connection: Connection, tables: list[Described]) -> None:
    """Let new rows be numbered after the restored ones."""
    for each in tables:
        if each.key != ["id"]:
            continue
        newest = connection.scalar(select(func.max(column("id"))).select_from(table(each.name)))
        if newest:
            arguments = {"name": f'"{each.name}"', "value": newest}
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :value)"), arguments
            )
