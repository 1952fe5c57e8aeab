"""States of an entry as its schema dumps them: what leads from one to another. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

State = Mapping[str, Any]


def changes(before: State, after: State) -> dict[str, Any]:
    """Return the fields that lead from one state to another, as the schema loads them.

    Rows that stand only in `after` lose their ids: they will be new. Texts that are gone become
    empty ones, because a text that is not named would stay.
    """
    differing = (name for name, value in after.items() if value != before.get(name))
    return {name: _leading(before.get(name), after[name]) for name in differing}


def _leading(before: Any, after: Any) -> Any:
    if isinstance(after, dict):
        gone = before.keys() - after.keys() if isinstance(before, dict) else ()
        return {**after, **dict.fromkeys(gone, "")}
    if isinstance(after, list):
        known = {_key(row): row for row in before or () if isinstance(row, dict)}
        return [_row(known, row) if isinstance(row, dict) else row for row in after]
    return after


def _row(known: Mapping[Any, State], row: State) -> dict[str, Any]:
    present = known.get(_key(row))
    if present is None:
        return {name: value for name, value in row.items() if name != "id"}
    texts = {name: value for name, value in row.items() if isinstance(value, dict)}
    return {**row, **{name: _leading(present.get(name), text) for name, text in texts.items()}}


def _key(row: State) -> Any:
    """Return what makes a row the same row: its id, or what it joins to the entry."""
    names = ("language", "by", "closed_from", "closed_to")
    return row.get("id") or row.get("place") or tuple(row.get(name) for name in names)


def joined(rows: Sequence[State], more: Sequence[State]) -> list[State]:
    """Return the rows of two lists, of those that are the same row the one in `more`."""
    known = {_key(row) for row in more} - {(None, None, None, None)}
    return [*(row for row in rows if _key(row) not in known and row not in more), *more]
