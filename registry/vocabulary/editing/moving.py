"""Letting everything that uses one term use another, and taking that back.

Works on whatever refers to terms (`queries.references`). Where an entry has both terms already, its
link to the old one goes; it is kept for taking the merge back. Links hold numbers, words and texts
in several languages, which is all that can be kept.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import UniqueConstraint, bindparam, delete, insert, update

from registry.core import versions
from registry.core.db import db
from registry.texts.models import TranslatedText
from registry.texts.translated import Translated
from registry.vocabulary.editing import queries
from registry.vocabulary.editing.queries import Reference

Row = dict[str, Any]
Taken = list[tuple[tuple[str, ...], set[tuple[Any, ...]]]]
Moved = dict[str, dict[str, list[Row]]]


def move(old: int, new: int) -> Moved:
    """Point everything at `new` that points at `old`; return what takes it back."""
    db.session.flush()
    moved = {each.name: _move(each, old, new) for each in queries.references()}
    versions.touch_everything()
    db.session.expire_all()
    return {name: rows for name, rows in moved.items() if any(rows.values())}


def move_back(old: int, new: int, moved: Moved) -> None:
    """Undo `move(old, new)` for what has not been changed or deleted since."""
    db.session.flush()
    for each in queries.references():
        rows = moved.get(each.name, {})
        _update(each, new, old, rows.get("moved", []))
        _insert(each, old, rows.get("dropped", []))
    versions.touch_everything()
    db.session.expire_all()


def _move(each: Reference, old: int, new: int) -> dict[str, list[Row]]:
    rows, taken = queries.rows_using(each, old), _taken(each, new)
    dropped = [row for row in rows if _clashes(row, taken)]
    moved = [_only(row, _identity(each)) for row in rows if not _clashes(row, taken)]
    if dropped:
        _delete(each, old, [_only(row, _identity(each)) for row in dropped])
    if moved:
        rest = update(each.table).where(each.column == old).values({each.column: new})
        db.session.connection().execute(rest)
    return {"moved": moved, "dropped": [_plain(row) for row in dropped]}


def _clashes(row: Row, taken: Taken) -> bool:
    return any(_part(row, names) in have for names, have in taken)


def _taken(each: Reference, term_id: int) -> Taken:
    """Return for each rule of uniqueness its other columns, and what they hold with a term."""
    rules = [tuple(names) for names in _rules(each)]
    rows = queries.rows_using(each, term_id) if rules else []
    return [(names, {_part(row, names) for row in rows}) for names in rules]


def _rules(each: Reference) -> Iterator[list[str]]:
    uniques = [c for c in each.table.constraints if isinstance(c, UniqueConstraint)]
    for columns in (each.table.primary_key.columns, *(rule.columns for rule in uniques)):
        names = [column.name for column in columns]
        if each.column.name in names:
            yield [name for name in names if name != each.column.name]


def _identity(each: Reference) -> list[str]:
    """Return the columns that tell rows with the same term apart."""
    names = [column.name for column in each.table.primary_key.columns]
    return [name for name in names if name != each.column.name]


def _part(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _only(row: Mapping[str, Any], names: list[str]) -> Row:
    return {name: row[name] for name in names}


def _same(each: Reference, term_id: int) -> list[Any]:
    """Return the conditions for one row: its identity, and that it points at a term."""
    table = each.table
    named = [table.c[name] == bindparam(f"key_{name}") for name in _identity(each)]
    return [*named, each.column == term_id]


def _keys(rows: list[Row]) -> list[Row]:
    return [{f"key_{name}": value for name, value in row.items()} for row in rows]


def _update(each: Reference, old: int, new: int, rows: list[Row]) -> None:
    if rows:
        statement = update(each.table).where(*_same(each, old)).values({each.column: new})
        db.session.connection().execute(statement, _keys(rows))


def _delete(each: Reference, old: int, rows: list[Row]) -> None:
    statement = delete(each.table).where(*_same(each, old))
    db.session.connection().execute(statement, _keys(rows))


def _insert(each: Reference, old: int, rows: list[Row]) -> None:
    """Bring links back whose entries are still there and have not got the term anew."""
    owner = each.owner.name
    home = next(iter(each.owner.foreign_keys)).column if each.owner.foreign_keys else each.owner
    there = queries.existing(home, {row[owner] for row in rows})
    taken = _taken(each, old)
    wanted = [_read(each, row) for row in rows if row[owner] in there and not _clashes(row, taken)]
    if wanted:
        db.session.connection().execute(insert(each.table), wanted)


def _plain(row: Row) -> Row:
    """Return a row as JSON, without a number that may by then be another's."""
    return {
        name: value.to_json() if isinstance(value, Translated) else value
        for name, value in row.items()
        if name != "id"
    }


def _read(each: Reference, row: Row) -> Row:
    columns = each.table.c
    return {
        name: Translated.from_json(value)
        if isinstance(columns[name].type, TranslatedText)
        else value
        for name, value in row.items()
    }
