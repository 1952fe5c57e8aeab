"""Rows that look like mapped objects, without a session behind them. Pure.

A row has the attributes and properties of the mapped class. Only UUIDs are their text, as they are
in JSON, and terms are their keys.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from json import loads
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.types import TypeDecorator

from registry.core.db import Model
from registry.offers.models import terms_of
from registry.offers.reading.shapes import Part, Shape, Values, python_type

Read = Callable[[Any], Any]
Reads = Iterator[tuple[str, Read]]


class Row:
    """One row; whatever it knows stands in `__dict__`. Rows are shared: nobody changes them."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Unread:
    """An attribute that did not travel: asking for it must not look like an empty value."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, _row: Any, owner: type) -> Any:
        raise LookupError(f"{self.name} does not travel with {owner.__name__}")


def row_maker(shape: Shape) -> Callable[[Values], Row]:
    """Return what makes a row of its values in the order of the shape."""
    kind = _row_class(shape.kind)
    names = [*shape.columns, *shape.terms, *(part.name for part in shape.parts)]
    present, always = list(_columns(shape)), [*_decorated(shape), *_parts(shape)]

    def make(values: Values) -> Row:
        row = kind()
        data = row.__dict__
        data.update(zip(names, values))  # noqa: B905 (what is beyond the names comes below)
        for name, read in present:
            if data[name] is not None:
                data[name] = read(data[name])
        for name, read in always:
            data[name] = read(data[name])
        if shape.lists:
            data.update(_term_lists(shape.lists, values[-1]))
        return row

    return make


def _row_class(kind: type[Any]) -> type[Row]:
    """Return a class with the properties and methods of a mapped one and of its mixins."""
    bases = [base for base in reversed(kind.__mro__) if not issubclass(Model, base)]
    own = {
        name: value
        for base in bases
        for name, value in vars(base).items()
        if (name == "__str__" or not name.startswith("_")) and not isinstance(value, terms_of)
    }
    mapped = {attribute.key: Unread(attribute.key) for attribute in inspect(kind).attrs}
    return type(f"{kind.__name__}Row", (Row,), own | mapped)


def _with_hyphens(stored: str) -> str:
    """Return the text of a UUID; SQLite stores its digits only."""
    if "-" in stored:
        return stored
    return f"{stored[:8]}-{stored[8:12]}-{stored[12:16]}-{stored[16:20]}-{stored[20:]}"


# What reads a value that JSON has in another form. A column of a new type needs a line here.
READERS: dict[type, Read | None] = {
    str: None,
    int: None,
    dict: None,
    bool: bool,
    float: float,
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: _with_hyphens,
}


def _columns(shape: Shape) -> Reads:
    """Yield what reads the columns of which JSON has another form; None stays None."""
    for name, column in shape.columns.items():
        read = READERS[python_type(column.type)]
        if read and not isinstance(column.type, TypeDecorator):
            yield name, read


def _decorated(shape: Shape) -> Reads:
    """Yield what reads the columns of a type of ours, which knows what None stands for."""
    for name, column in shape.columns.items():
        if isinstance(column.type, TypeDecorator):
            yield name, _decorator(column.type)


def _decorator(type_: TypeDecorator[Any]) -> Read:
    # Ours need no dialect, they do the same on both databases; and nobody can change their values.
    decorate: Callable[[Any, Any], Any] = type_.process_result_value
    read, nothing = READERS[python_type(type_)], decorate(None, None)

    def decorated(stored: Any) -> Any:
        if stored is None:
            return nothing
        return decorate(read(stored) if read else stored, None)

    return decorated


def _parts(shape: Shape) -> Reads:
    for part in shape.parts:
        yield part.name, _several(part) if part.many else _single(part)


def _single(part: Part) -> Read:
    make = row_maker(part.shape)
    return lambda sent: None if sent is None else make(_loaded(sent))


def _several(part: Part) -> Read:
    make, order = row_maker(part.shape), part.order

    def rows(sent: Any) -> list[Row]:
        values = _loaded(sent) or ()
        return [make(each) for each in (sorted(values, key=order) if order else values)]

    return rows


def _term_lists(lists: dict[str, str], sent: Any) -> dict[str, list[str]]:
    """Return the keys of terms by list, made of links: scheme, key and position."""
    found: dict[str, list[str]] = {name: [] for name in lists.values()}
    for scheme, key, _position in sorted(_loaded(sent) or (), key=itemgetter(2)):
        if scheme in lists:
            found[lists[scheme]].append(key)
    return found


def _loaded(sent: Any) -> Any:
    """Return a list; SQLite may forget on the way out of a subquery that a text is JSON."""
    return loads(sent) if isinstance(sent, str) else sent
