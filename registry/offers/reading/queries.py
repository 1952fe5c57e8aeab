"""Reading whole offers: one statement, whatever their number.

The database makes one JSON list of an offer and all that hangs on it, and where the public asks
none of an offer that may not be seen. There is no identity map, no instrumentation and no second
question.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from typing import cast as typed

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    select,
)

from registry.core.db import db
from registry.offers.models import Offer, OfferTerm
from registry.offers.queries import published_on
from registry.offers.reading.rows import Row, row_maker
from registry.offers.reading.shapes import Part, Shape, Values, python_type, shape_of
from registry.texts.models import TranslatedText
from registry.vocabulary.models import Term

KEPT = 2000  # offers, of some 10 kB each
Expression = ColumnElement[Any]


@dataclass(frozen=True)
class Words:
    """What the two databases call the same things."""

    list_of: Callable[..., Expression]
    all_of: Callable[[Expression], Expression]
    parsed: Callable[[Expression], Expression]
    exact: Callable[[Expression], Expression]
    elements: Callable[[Expression], Any]


WORDS = {
    "sqlite": Words(
        list_of=func.json_array,
        all_of=func.json_group_array,
        parsed=func.json,
        # JSON would have 15 digits of a number; `quote` gives as many as it takes.
        exact=lambda number: func.nullif(func.quote(number), "NULL"),
        elements=func.json_each,
    ),
    "postgresql": Words(
        list_of=func.json_build_array,
        all_of=func.json_agg,
        parsed=lambda text: cast(text, JSON),
        exact=lambda number: cast(number, Text),
        elements=lambda text: func.json_array_elements_text(cast(text, JSON)),
    ),
}


def public_offers(ids: Sequence[int], day: date) -> list[Row]:
    """Return the offers of these internal ids that everyone may see that day, in this order.

    What has not changed since it was last read is the same row again.
    """
    wanted = {"ids": json.dumps(list(ids)), "day": day}
    found = db.session.scalars(_query(db.engine.dialect.name, public=True), wanted).all()
    offers = [_offer(document) for document in found if document]
    by_id = {offer.id: offer for offer in offers}
    return [by_id[key] for key in ids if key in by_id]


def whole_offers(ids: Sequence[int]) -> list[Row]:
    """Return the offers of these internal ids, public or not; whoever calls knows who asks."""
    wanted = {"ids": json.dumps(list(ids))}
    query = _query(db.engine.dialect.name, public=False)
    found: Sequence[Any] = db.session.scalars(query, wanted).all()
    return [_maker()(json.loads(document)) for document in found if document]


@lru_cache(maxsize=KEPT)
def _offer(document: str) -> Row:
    return _maker()(json.loads(document))


@cache
def _shape() -> Shape:
    # Not before it is asked for: until then not all classes need to know one another.
    return shape_of(Offer)


@cache
def _maker() -> Callable[[Values], Row]:
    return row_maker(_shape())


@cache
def _query(dialect: str, *, public: bool) -> Select[tuple[str | None]]:
    """One subquery for each id: no planner comes to think of reading all that is published."""
    words, offer = WORDS[dialect], Offer.__table__
    wanted = words.elements(bindparam("ids", type_=Text)).table_valued("value")
    day = typed(date, bindparam("day", type_=Date))
    document = select(cast(_document(_shape(), offer, words), Text)).where(
        offer.c.id == cast(wanted.c.value, Integer), *([published_on(day)] if public else [])
    )
    return select(document.correlate(wanted).scalar_subquery()).select_from(wanted)


def _document(shape: Shape, source: FromClause, words: Words) -> Expression:
    """Return a row as a JSON list in the order of its shape."""
    columns = {name: source.c[column.name] for name, column in shape.columns.items()}
    return words.list_of(
        *(_cell(column, words) for column in columns.values()),
        *(_key(columns[holder]) for holder in shape.terms.values()),
        *(_inside(part, columns, source, words) for part in shape.parts),
        *([_links(source, words)] if shape.lists else []),
    )


def _cell(column: Expression, words: Words) -> Expression:
    if isinstance(column.type, TranslatedText):
        # An empty one need not be parsed.
        return words.parsed(func.nullif(cast(column, Text), "{}"))
    stored = python_type(column.type)
    if stored is dict:
        return words.parsed(cast(column, Text))
    return words.exact(column) if stored is float else column


def _key(term_id: Expression) -> Expression:
    return select(Term.key).where(Term.id == term_id).scalar_subquery()


def _inside(part: Part, ours: dict[str, Any], source: FromClause, words: Words) -> Expression:
    """Return the row or the rows of a part."""
    target = part.shape.kind.__table__.alias()
    theirs = {name: target.c[column.name] for name, column in part.shape.columns.items()}
    document = _document(part.shape, target, words)
    found = select(words.all_of(document) if part.many else document)
    on = (ours[name] == theirs[name_there] for name, name_there in part.on)
    return found.where(*on).correlate(source).scalar_subquery()


def _links(offer: FromClause, words: Words) -> Expression:
    """Return scheme, key and position of all terms of an offer."""
    link = words.list_of(Term.scheme, Term.key, OfferTerm.position)
    on = (OfferTerm.offer_id == offer.c.id, Term.id == OfferTerm.term_id)
    return select(words.all_of(link)).where(*on).correlate(offer).scalar_subquery()
