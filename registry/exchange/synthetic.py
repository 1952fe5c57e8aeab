"""Invented offers over all of Germany, for trying things out at size: reproducible, all marked.

A postcode is drawn first, because postcodes are cut to about equal numbers of people: large towns
come up often and villages seldom. Rows go in by the thousand, so that memory stays flat.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import delete, insert, select, update

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.models import Actor, ActorArea, Contact, Place, actor_field
from registry.config import resource_dir
from registry.core.db import db
from registry.core.tables import read_yaml
from registry.exchange import queries
from registry.exchange.files import bar
from registry.exchange.invented import SOURCE, Batch, Inventor, Town, nearest_towns
from registry.offers.models import Offer, OfferArea, OfferLanguage, OfferPlace, OfferTerm, Run
from registry.vocabulary import queries as vocabulary

PIECE = 1000


def seed_synthetic(who: Who, count: int, today: date) -> int:
    """Add `count` published example offers; the same register gets the same ones every time."""
    require(who, Permission.DATA_TRANSFER, None)
    random = Random(f"{queries.count_offers()} {count}")  # noqa: S311 (nothing secret)
    inventor = Inventor(random, _towns(), _kinds(), _terms(), today)
    left = count
    with bar("synthetic", count) as progress:
        while left:
            batch = inventor.batch(min(left, PIECE))
            _insert(batch)
            left -= len(batch.offers)
            progress.update(len(batch.offers))
    return count


def remove_synthetic(who: Who) -> tuple[int, int]:
    """Delete all invented offers and their actors; return how many actors and offers."""
    require(who, Permission.DATA_TRANSFER, None)
    doomed = select(Actor.id).where(Actor.source == SOURCE, Actor.example)
    counted = (queries.count_actors(SOURCE), queries.count_offers(SOURCE))
    db.session.execute(delete(Offer).where(Offer.actor_id.in_(doomed)))
    db.session.execute(update(Actor).where(Actor.parent_id.in_(doomed)).values(parent_id=None))
    db.session.execute(delete(Actor).where(Actor.id.in_(doomed)))
    return counted


def _towns() -> list[Town]:
    return nearest_towns(queries.town_points(), queries.postcode_points())


def _kinds() -> list[dict[str, Any]]:
    return read_yaml(resource_dir("seed_data") / "synthetic.yaml")


def _terms() -> Mapping[tuple[str, str], Any]:
    return {
        (scheme, key): term
        for scheme, terms in vocabulary.schemes().items()
        for key, term in terms.items()
    }


def _insert(batch: Batch) -> None:
    """Insert a batch; until then rows point at each other by their place in its lists."""
    actors = _numbered(Actor, batch.actors)
    for rows in (batch.places, batch.contacts, batch.offers, batch.actor_fields, batch.actor_areas):
        _point(rows, "actor_id", actors)
    places, contacts = _numbered(Place, batch.places), _numbered(Contact, batch.contacts)
    _point(batch.offers, "contact_id", contacts)
    offers = _numbered(Offer, batch.offers)
    _point(batch.offer_places, "place_id", places)
    parts: list[tuple[Any, list[dict[str, Any]]]] = [
        (OfferTerm.__table__, batch.offer_terms),
        (OfferLanguage.__table__, batch.languages),
        (OfferPlace.__table__, batch.offer_places),
        (OfferArea.__table__, batch.offer_areas),
        (Run.__table__, batch.runs),
    ]
    for _table, rows in parts:
        _point(rows, "offer_id", offers)
    parts += [(actor_field, batch.actor_fields), (ActorArea.__table__, batch.actor_areas)]
    for table, rows in parts:
        if rows:
            db.session.execute(insert(table), rows)


def _numbered(kind: type[Any], rows: list[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    table = kind.__table__
    query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(query, rows))


def _point(rows: Iterable[dict[str, Any]], name: str, ids: list[int]) -> None:
    for row in rows:
        row[name] = ids[row[name]]
