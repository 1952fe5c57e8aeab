"""States of an entry in words, and what of an earlier one still fits. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NAMES = "names"
# Which fields of a state, or of its rows, hold the id of something else.
POINTERS = ("place", "contact", "unit", "parent")
State = Mapping[str, Any]


@dataclass(frozen=True)
class Gone:
    """Something an earlier state points at that exists no longer."""

    field: str
    name: str


def compared(before: State, after: State) -> dict[str, list[Any]]:
    """Return {detail: [old, new]} of what differs, ids replaced by names."""
    names = {**before.get(NAMES, {}), **after.get(NAMES, {})}
    fields = [name for name in after if name != NAMES and after[name] != before.get(name)]
    return {
        name: [_worded(name, before.get(name), names), _worded(name, after[name], names)]
        for name in fields
    }


def _worded(field: str, value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_worded_row(row, names) if isinstance(row, Mapping) else row for row in value]
    return names.get(str(value), value) if field in POINTERS else value


def _worded_row(row: State, names: Mapping[str, str]) -> dict[str, Any]:
    return {name: _worded(name, value, names) for name, value in row.items() if name != "id"}


def fitted(then: State, now: State, parents: Iterable[str]) -> tuple[dict[str, Any], list[Gone]]:
    """Return an earlier state without what exists no longer, and what that is.

    `parents` are the ids of organisations that exist; all else an entry points at is known by the
    names that the present state holds. An entry's own parts are no pointers: they are made anew.
    """
    names = {**now.get(NAMES, {}), **then.get(NAMES, {})}
    known = {*now.get(NAMES, {}), *parents}
    kept, gone = dict(then), []
    for field in ("contact", "unit", "parent"):
        if kept.get(field) and kept[field] not in known:
            gone.append(Gone(field, names.get(kept[field], kept[field])))
            kept[field] = now.get(field)
    rows = [row for row in then.get("places", ()) if row.get("place", None) not in {None, *known}]
    gone += [Gone("places", names.get(row["place"], row["place"])) for row in rows]
    if rows:
        kept["places"] = [row for row in then["places"] if row not in rows]
    kept.pop(NAMES, None)
    return kept, gone
