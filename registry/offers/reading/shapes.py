"""What travels of a mapped class and in which order: the agreement of statement and rows. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, inspect
from sqlalchemy.orm import Mapper, RelationshipProperty
from sqlalchemy.sql.elements import NamedColumn
from sqlalchemy.types import TypeDecorator, TypeEngine

from registry.core.db import Findable
from registry.offers.models import OfferTerm, terms_of
from registry.vocabulary.models import Term

Values = Sequence[Any]
Link = RelationshipProperty[Any]
Path = tuple[type[Any], ...]

# Only a search reads the folded words of a row.
LEFT_OUT = frozenset(Findable.__annotations__)


@dataclass(frozen=True)
class Shape:
    """The order of a row's values: columns, keys of single terms, parts, and links to many terms.

    `terms` gives for each single term the attribute with its id; `lists` gives for each scheme the
    list its terms belong to, and is empty where there are no links.
    """

    kind: type[Any]
    columns: dict[str, NamedColumn[Any]]
    terms: dict[str, str]
    parts: "tuple[Part, ...]"
    lists: dict[str, str]


@dataclass(frozen=True)
class Part:
    """A relationship that travels; `on` pairs our attributes with theirs, `order` sorts several."""

    name: str
    shape: Shape
    many: bool
    on: tuple[tuple[str, str], ...]
    order: Callable[[Values], Any] | None


def shape_of(kind: type[Any], above: Path = ()) -> Shape:
    """Return the shape of a mapped class and of what hangs on it.

    Lists travel with the outermost row only, single rows with every row, unless they lead back.
    """
    mapper: Mapper[Any] = inspect(kind)
    links, columns = list(mapper.relationships), mapper.column_attrs
    return Shape(
        kind=kind,
        columns={each.key: each.columns[0] for each in columns if each.key not in LEFT_OUT},
        terms={link.key: _holder(link) for link in links if _is_term(link)},
        parts=tuple(_part(link, (*above, kind)) for link in links if _travels(link, above, kind)),
        lists={v.scheme: name for name, v in vars(kind).items() if isinstance(v, terms_of)},
    )


def _is_term(link: Link) -> bool:
    return link.mapper.class_ is Term and not link.uselist


def _holder(link: Link) -> str:
    """Return the attribute that holds the id of what is linked."""
    (column,) = link.local_columns
    return _name(link.parent, column)


def _travels(link: Link, above: Path, kind: type[Any]) -> bool:
    target = link.mapper.class_
    if target in (Term, OfferTerm, kind, *above) or link.back_populates:
        return False
    return not link.uselist or (not above and link.secondary is None)


def _part(link: Link, path: Path) -> Part:
    shape = shape_of(link.mapper.class_, path)
    pairs = link.local_remote_pairs or ()
    names = list(shape.columns)
    order = [names.index(_name(link.mapper, column)) for column in link.order_by or ()]
    return Part(
        name=link.key,
        shape=shape,
        many=bool(link.uselist),
        on=tuple((_name(link.parent, ours), _name(link.mapper, theirs)) for ours, theirs in pairs),
        order=itemgetter(*order) if order else None,
    )


def _name(mapper: Mapper[Any], column: Any) -> str:
    """Return the attribute that holds a column."""
    return mapper.get_property_by_column(column).key


def python_type(type_: TypeEngine[Any]) -> type:
    """Return what a column stores, before a type of ours makes something else of it."""
    stored = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
    return dict if isinstance(stored, JSON) else stored.python_type
