"""Invented offers over all of Germany, for trying things out at size: reproducible, all marked.

A postcode is drawn first, because postcodes are cut to about equal numbers of people: large towns
come up often and villages seldom. Rows go in by the thousand, so that memory stays flat.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from sqlalchemy import delete, update

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.models import Actor, ActorArea, Contact, Place, actor_field
from registry.config import resource_dir
from registry.core.db import db
from registry.core.tables import read_yaml
from registry.core.versions import touch_everything
from registry.exchange import bulk, queries
from registry.exchange.files import bar
from registry.exchange.invented.inventor import Inventor, Stock
from registry.exchange.invented.kinds import kinds, slots
from registry.exchange.invented.phrases import Composer
from registry.exchange.invented.rows import Batch, Ids
from registry.exchange.invented.towns import nearest_towns, spots
from registry.offers.models import Offer, OfferArea, OfferLanguage, OfferPlace, OfferTerm, Run
from registry.vocabulary import queries as vocabulary

PIECE = 2000
MANY = 20_000  # offers; for fewer it is not worth while to lock everybody else out
ALLOCATIONS = 50_000
# The lists of a batch, in the order in which they are written.
PARTS: dict[str, Any] = {
    "actors": Actor.__table__,
    "actor_fields": actor_field,
    "actor_areas": ActorArea.__table__,
    "contacts": Contact.__table__,
    "places": Place.__table__,
    "offers": Offer.__table__,
    "offer_terms": OfferTerm.__table__,
    "languages": OfferLanguage.__table__,
    "offer_places": OfferPlace.__table__,
    "offer_areas": OfferArea.__table__,
    "runs": Run.__table__,
}
SOURCE = "registry seed --synthetic"


def seed_synthetic(who: Who, count: int, today: date) -> int:
    """Add `count` published example offers; the same register gets the same ones every time."""
    require(who, Permission.DATA_TRANSFER, None)
    chance = Random(f"{queries.count_offers()} {count}")  # noqa: S311 (nothing secret)
    inventor = Inventor(chance, _stock(chance), _ids(), today)
    made_at = datetime.combine(today, time(12), UTC)
    touch_everything()
    prepared = bulk.prepared(PARTS.values()) if count >= MANY else nullcontext()
    with bar("synthetic", count) as progress, _seldom_collecting(), prepared:
        for start in range(0, count, PIECE):
            batch = inventor.batch(min(PIECE, count - start))
            _write(batch, made_at)
            progress.update(len(batch.offers))
    return count


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Let the garbage collector look for cycles seldom: it would take a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def remove_synthetic(who: Who) -> tuple[int, int]:
    """Delete all invented offers and their actors; return how many actors and offers."""
    require(who, Permission.DATA_TRANSFER, None)
    actors, offers = queries.count_actors(SOURCE), queries.count_offers(SOURCE)
    with bar("remove", 2 * actors) as progress:
        # All offers go first: an actor's contacts are looked for in those that are left.
        for ids in queries.example_actors(SOURCE):
            db.session.execute(delete(Offer).where(Offer.actor_id.in_(ids)))
            progress.update(len(ids))
        for ids in queries.example_actors(SOURCE):
            db.session.execute(update(Actor).where(Actor.parent_id.in_(ids)).values(parent_id=None))
            db.session.execute(delete(Actor).where(Actor.id.in_(ids)))
            progress.update(len(ids))
    return actors, offers


def _stock(chance: Random) -> Stock:
    entries = read_yaml(resource_dir("seed_data") / "synthetic.yaml")
    terms = {
        (scheme, key): term
        for scheme, found in vocabulary.schemes().items()
        for key, term in found.items()
    }
    return Stock(
        spots=spots(nearest_towns(queries.town_points(), queries.postcode_points())),
        kinds=kinds(entries, terms),
        terms=terms,
        composer=Composer(chance, entries, slots(terms)),
    )


def _ids() -> Ids:
    return Ids(
        actors=queries.new_ids(Actor),
        contacts=queries.new_ids(Contact),
        places=queries.new_ids(Place),
        offers=queries.new_ids(Offer),
    )


def _write(batch: Batch, made_at: datetime) -> None:
    life = {"example": True, "status": "published", "created_at": made_at, "updated_at": made_at}
    same: dict[str, dict[str, Any]] = {
        "actors": {"source": SOURCE, **life},
        "contacts": {"function": "Auskunft", "publish_public": True},
        "offers": life,
    }
    for name, table in PARTS.items():
        bulk.write(table, getattr(batch, name), **same.get(name, {}))
