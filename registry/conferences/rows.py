"""Rows of a form that belong to one object: who was there before is known by its public id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID


class Placed(Protocol):
    uuid: Any
    position: Any


R = TypeVar("R", bound=Placed)


def in_order(present: Iterable[R], rows: Sequence[Mapping[str, Any]], kind: type[R]) -> list[R]:
    """Return the objects that the rows of a form describe; an id of elsewhere means a new one."""
    known: dict[UUID, R] = {each.uuid: each for each in present}
    kept = []
    for number, values in enumerate(rows):
        row = known.pop(values["uuid"], None) if values.get("uuid") else None
        row = row or kind()
        for name, value in values.items():
            if name != "uuid":
                setattr(row, name, value)
        row.position = number
        kept.append(row)
    return kept
