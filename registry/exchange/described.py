"""A table described well enough to be written to a file and read back without its model."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    Uuid,
    column,
    table,
)
from sqlalchemy.sql import TableClause
from sqlalchemy.types import TypeEngine

from registry.core.db import UtcDateTime

# What the values of a column are in the file, and how the database is asked for them.
TYPES: dict[str, TypeEngine[Any]] = {
    "moment": UtcDateTime(),
    "date": Date(),
    "time": Time(),
    "boolean": Boolean(),
    "integer": Integer(),
    "float": Double(),
    "uuid": Uuid(),
    "json": JSON(),
    "json or nothing": JSON(none_as_null=True),
    "bytes": LargeBinary(),
    "text": Text(),
}
_KIND_OF: list[tuple[type[TypeEngine[Any]], str]] = [
    (DateTime, "moment"),
    (Date, "date"),
    (Time, "time"),
    (Boolean, "boolean"),
    (Integer, "integer"),
    (Float, "float"),
    (Uuid, "uuid"),
    (JSON, "json"),
    (LargeBinary, "bytes"),
    (String, "text"),
]
_READ: dict[str, Callable[[str], Any]] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "uuid": UUID,
    "bytes": base64.b64decode,
}


@dataclass(frozen=True)
class Described:
    """`columns` are kinds by name; `own` are columns that point into the same table."""

    name: str
    columns: dict[str, str]
    key: list[str]
    own: list[str]
    rows: int

    @cached_property
    def clause(self) -> TableClause:
        return table(self.name, *(column(name, TYPES[kind]) for name, kind in self.columns.items()))

    def read(self, values: list[Any]) -> dict[str, Any]:
        """Return a row of the file as the database takes it."""
        pairs = zip(self.columns.items(), values, strict=True)
        return {name: _value(kind, value) for (name, kind), value in pairs}


def describe(model: Table, rows: int) -> Described:
    return Described(
        name=model.name,
        columns={each.name: _kind(each) for each in model.columns},
        key=[each.name for each in model.primary_key],
        own=sorted({key.parent.name for key in model.foreign_keys if key.column.table is model}),
        rows=rows,
    )


def _kind(each: Column[Any]) -> str:
    plain = each.type.impl_instance if isinstance(each.type, TypeDecorator) else each.type
    kind = next(kind for family, kind in _KIND_OF if isinstance(plain, family))
    return "json or nothing" if kind == "json" and each.nullable else kind


def _value(kind: str, value: Any) -> Any:
    read = _READ.get(kind)
    return read(value) if read and value is not None else value
