"""Going back to what an entry once was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from registry.access.policy import Who, require
from registry.actors.states import changes
from registry.core.errors import Conflict
from registry.upkeep.history import queries
from registry.upkeep.history.states import NAMES, Gone, compared, fitted
from registry.upkeep.kinds import Kind


@dataclass(frozen=True)
class Return:
    """What going back would mean: `differences` is {detail: [now, then]}."""

    row: Any
    at: datetime
    differences: dict[str, list[Any]]
    data: dict[str, Any]
    gone: list[Gone]


def look_back(who: Who, kind: Kind, uuid: UUID, key: int) -> Return:
    """Return what would change if the state after one change came back."""
    row = kind.load(who, uuid)
    require(who, kind.read, row)
    entry = queries.load_change(kind.name, uuid, key)
    then, now = entry.state or {}, kind.state(row)
    kept, gone = fitted(then, now, queries.parent_exists(who, then))
    named = {**kept, NAMES: {**then.get(NAMES, {}), **now[NAMES]}}
    present = {name: value for name, value in now.items() if name != NAMES}
    return Return(row, entry.at, compared(now, named), changes(present, kept), gone)


def go_back(who: Who, kind: Kind, uuid: UUID, key: int, version: int) -> Any:
    """Bring an earlier state back as a new change; the status stays as it is."""
    row = kind.load(who, uuid, lock=True)
    require(who, kind.edit, row)
    if row.version != version:
        raise Conflict(row)
    found = look_back(who, kind, uuid, key)
    return kind.update(who, uuid, version, kind.life.load(found.data))
