"""A mapped object as plain data, so that two moments can be compared. Pure apart from reading it.

Columns are taken as they are; a relationship takes part when its `info["audit"]` says how:
"rows" (parts that belong to the object) or "label" (other things it points at).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, inspect

_SKIPPED = {
    "id",
    "version",
    "created_at",
    "updated_at",
    "folded",
    "folded_title",
    "position",
    "moved",
    "answer_before",
    "before_rules",
}


def snapshot(subject: Any, only: Collection[str] | None = None) -> dict[str, Any]:
    """Return all that is compared of a subject, or what some attributes of it say."""
    kind: Any = type(subject)
    columns, relations = _compared(kind)
    taken = {
        name: _plain(getattr(subject, name)) for name in columns if only is None or name in only
    }
    for name, part in relations.items():
        if only is None or name in only:
            read = snapshot if part == "rows" else str
            taken[name] = _related(getattr(subject, name), read)
    return taken


@cache
def _compared(kind: type[Any]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the columns that are compared, and how each relationship takes part."""
    mapper = inspect(kind)
    columns = (
        attr.key
        for attr in mapper.column_attrs
        if attr.key not in _SKIPPED and _is_read(attr.columns[0])
    )
    relations = {each.key: each.info.get("audit") for each in mapper.relationships}
    return tuple(columns), {name: kind for name, kind in relations.items() if kind}


def _is_read(column: Any) -> bool:
    """Return whether a reader can make something of a column: no keys, no pictures."""
    return not column.foreign_keys and not isinstance(column.type, LargeBinary)


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} of what differs, in the order of the fields."""
    names = dict.fromkeys((*before, *after))
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def _related(value: Any, read: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [read(item) for item in value]
    return read(value)


def _plain(value: Any) -> Any:
    if hasattr(value, "bodies"):  # a text in several languages: its words, not their history
        return value.bodies
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value.value if isinstance(value, Enum) else value
