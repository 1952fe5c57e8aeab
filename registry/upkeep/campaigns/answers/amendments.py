"""What an answer would change: typed details beside those in the register. Pure.

Details are a flat dict of plain values, and lists of rows with an "id". Changes name each changed
detail by its path: {"contacts.<id>.phone": [old, new]}; days are ISO texts.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Details = Mapping[str, Any]
Changes = dict[str, list[Any]]


class Unknown(LookupError):
    """A row was named that is none of the entry's own."""


def changes(standing: Details, given: Details) -> Changes:
    """Return what was typed differently; rows and details that were left out stay as they are."""
    known = _named(standing)
    typed = _named(given)
    if any(row not in _rows(standing) for row in _rows(given)):
        raise Unknown
    return {
        path: [known[path], value]
        for path, value in typed.items()
        if path in known and known[path] != value
    }


def values(standing: Details) -> dict[str, Any]:
    """Return each detail by its path."""
    return dict(_named(standing))


def turned(made: Changes) -> Changes:
    """Return the changes that undo these."""
    return {path: [new, old] for path, (old, new) in made.items()}


def overtaken(made: Changes, standing: Details) -> list[str]:
    """Return the paths at which neither the old nor the new value stands any more."""
    now = _named(standing)
    return [path for path, pair in made.items() if now.get(path) not in pair]


def of_row(made: Changes, part: str, key: str) -> dict[str, Any]:
    """Return the new values of one row by their names."""
    begin = f"{part}.{key}."
    return {p.removeprefix(begin): new for p, (_old, new) in made.items() if p.startswith(begin)}


def touches(made: Changes, part: str) -> bool:
    return any(path.startswith(f"{part}.") for path in made)


def _named(details: Details) -> dict[str, Any]:
    return dict(_paths(details))


def _paths(details: Details) -> Iterator[tuple[str, Any]]:
    for name, value in details.items():
        if isinstance(value, list):
            for row in value:
                inner = ((key, each) for key, each in row.items() if key != "id")
                yield from ((f"{name}.{row['id']}.{key}", _plain(each)) for key, each in inner)
        else:
            yield name, _plain(value)


def _rows(details: Details) -> set[str]:
    lists = {name: value for name, value in details.items() if isinstance(value, list)}
    return {f"{name}.{row['id']}" for name, rows in lists.items() for row in rows}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value or None
