"""Reading what entries are compared by, what was told apart, and what was merged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    ColumnElement,
    Row,
    Text,
    cast,
    false,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors import queries as actors
from registry.actors import similar
from registry.actors.models import Actor, Contact, Place, Status
from registry.actors.similar import Spot, Traits
from registry.core.db import db
from registry.offers import queries as offers
from registry.offers.models import Offer, OfferPlace
from registry.texts.translated import SOURCE
from registry.upkeep.duplicates.models import Kind, Merging, NotTheSame

Ids = Sequence[int]
_PLACE = (Place.street, Place.postcode, Place.city, Place.lat, Place.lon, Place.phone)


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as the search for duplicates knows it; `actor` is the internal id of its owner."""

    traits: Traits
    uuid: UUID
    region: str
    actor: int


def load_actors(ids: Ids | None = None) -> list[Known]:
    """Return all actors that are not archived, or those of some ids."""
    kept = [Actor.status != Status.ARCHIVED]
    kept += [] if ids is None else [Actor.id.in_(ids)]
    places = _grouped(select(Place.actor_id, *_PLACE).join(Actor).where(*kept))
    reach = _grouped(
        select(Contact.actor_id, Contact.phone, Contact.email).join(Actor).where(*kept)
    )
    columns = (Actor.id, Actor.name, Actor.website, Actor.uuid, Actor.region)
    found = []
    for key, name, website, uuid, region in db.session.execute(select(*columns).where(*kept)):
        hosts = (website, *(row.email for row in reach[key]))
        numbers = (row.phone for row in (*places[key], *reach[key]))
        traits = similar.traits(key, name, _spots(places[key]), numbers, hosts)
        found.append(Known(traits, uuid, region, key))
    return found


def count_entries() -> int:
    """Count all actors and offers."""
    actors, offers = (select(func.count(kind.id)).scalar_subquery() for kind in (Actor, Offer))
    return db.session.scalar(select(actors + offers)) or 0


def offers_of(actors: Ids) -> Sequence[int]:
    """Return the ids of all offers of some actors."""
    return db.session.scalars(select(Offer.id).where(Offer.actor_id.in_(actors))).all()


def load_offers(ids: Ids | None = None) -> list[Known]:
    """Return all offers that are not archived, or those of some ids."""
    kept = [Offer.status != Status.ARCHIVED, Actor.status != Status.ARCHIVED]
    kept += [] if ids is None else [Offer.id.in_(ids)]
    linked = select(OfferPlace.offer_id, *_PLACE).join(Place).join(Offer).join(Actor, Offer.actor)
    places = _grouped(linked.where(*kept))
    columns = (Offer.id, _german(Offer.title), Offer.uuid, Actor.region, Offer.actor_id)
    query = select(*columns).join(Actor, Offer.actor).where(*kept)
    return [
        Known(similar.traits(key, title or "", _spots(places[key])), uuid, region, actor)
        for key, title, uuid, region, actor in db.session.execute(query)
    ]


def _german(text: Any) -> Any:
    """Return the German words of a text, read by the database: it is asked for very many."""
    return type_coerce(text, JSON)[SOURCE]["body"].as_string()


def _grouped(query: Any) -> defaultdict[int, list[Row[Any]]]:
    """Return the rows by the id in their first column."""
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row[0]].append(row)
    return found


def _spots(places: Sequence[Row[Any]]) -> list[Spot]:
    return [similar.spot(p.street, p.postcode, p.city, p.lat, p.lon) for p in places]


def told_apart() -> set[tuple[UUID, UUID]]:
    """Return the pairs of which somebody said that they are not the same."""
    query = select(NotTheSame.first, NotTheSame.second)
    return {(first, second) for first, second in db.session.execute(query)}


def load_told_apart(first: UUID, second: UUID) -> NotTheSame | None:
    pair = (NotTheSame.first == first, NotTheSame.second == second)
    return db.session.scalar(select(NotTheSame).where(*pair))


@dataclass(frozen=True)
class EntryRow:
    """One of two entries in the list of possible duplicates."""

    uuid: UUID
    name: str
    provider: str
    status: str
    town: str
    last_confirmed: Any
    actor_uuid: UUID


def actor_rows(uuids: Iterable[UUID]) -> dict[UUID, EntryRow]:
    """Return actors by id as lines of a list."""
    columns = (Actor.uuid, Actor.name, Actor.status, _town_of_actor(), Actor.last_confirmed)
    found = db.session.execute(select(*columns).where(Actor.uuid.in_(set(uuids))))
    return {
        uuid: EntryRow(uuid, name, "", status, town or "", confirmed, uuid)
        for uuid, name, status, town, confirmed in found
    }


def offer_rows(uuids: Iterable[UUID]) -> dict[UUID, EntryRow]:
    """Return offers by id as lines of a list."""
    columns = (Offer.uuid, Offer.title, Actor.name, Offer.status, Offer.last_confirmed, Actor.uuid)
    query = select(*columns, _town_of_offer()).join(Actor, Offer.actor)
    found = db.session.execute(query.where(Offer.uuid.in_(set(uuids))))
    return {
        uuid: EntryRow(uuid, title.shown("de").body, name, status, town or "", confirmed, owner)
        for uuid, title, name, status, confirmed, owner, town in found
    }


def _town_of_actor() -> Any:
    towns = select(func.min(Place.city)).where(Place.actor_id == Actor.id)
    return towns.correlate(Actor).scalar_subquery()


def _town_of_offer() -> Any:
    towns = select(func.min(Place.city)).join(OfferPlace, OfferPlace.place_id == Place.id)
    return towns.where(OfferPlace.offer_id == Offer.id).correlate(Offer).scalar_subquery()


# --- what was merged


@dataclass(frozen=True)
class MergingRow:
    """A merge as one line of a list."""

    uuid: UUID
    kind: str
    winner: UUID
    loser: UUID
    winner_name: str
    loser_name: str
    made_at: datetime
    undone_at: datetime | None
    kept: bool


# What has to be known to take them apart is kept for a while only. JSON is not compared anywhere.
_KEPT = cast(Merging.before, Text) != "{}"


def count_old(before: datetime) -> int:
    """Count the merges of then that could still be taken apart."""
    query = select(func.count(Merging.id)).where(_KEPT, Merging.made_at < before)
    return db.session.scalar(query) or 0


def clear_old(before: datetime) -> int:
    """Forget what is needed to take the merges of then apart; that they were made stays."""
    old = update(Merging).where(_KEPT, Merging.made_at < before).values(before={})
    done: Any = db.session.execute(old.execution_options(synchronize_session=False))
    return int(done.rowcount)


def _mine(who: Who) -> ColumnElement[bool]:
    regions = regions_of(who, Permission.ENTRY_MERGE)
    return or_(false(), *(Merging.region.startswith(region) for region in regions))


def mergings(who: Who, *, page: int, per_page: int) -> tuple[list[MergingRow], int]:
    """Return one page of the merges in the regions of `who`, newest first, and the total."""
    total = db.session.scalar(select(func.count(Merging.id)).where(_mine(who))) or 0
    names = [name for name in MergingRow.__dataclass_fields__ if name != "kept"]
    columns = [*(getattr(Merging, name) for name in names), _KEPT]
    found = db.session.execute(
        select(*columns)
        .where(_mine(who))
        .order_by(Merging.made_at.desc(), Merging.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [MergingRow(*values) for values in found], total


def leads_to(who: Who, kind: str, uuid: UUID, day: date) -> UUID | None:
    """Return the entry that a merged one lives on in, if `who` may see that one."""
    passed = {uuid}
    while (winner := winner_of(uuid)) and winner not in passed:
        if _is_visible(who, kind, winner, day):
            return winner
        passed.add(winner)
        uuid = winner
    return None


def _is_visible(who: Who, kind: str, uuid: UUID, day: date) -> bool:
    if kind == Kind.ACTOR:
        query = select(Actor.id).where(Actor.uuid == uuid, actors.visible_to(who))
    else:
        query = select(Offer.id).where(Offer.uuid == uuid, offers.visible_to(who, day))
    return db.session.scalar(query) is not None


def load_merging(who: Who, uuid: UUID) -> Merging | None:
    """Return a merge in the regions of `who`, read anew and held until the transaction ends."""
    query = select(Merging).where(Merging.uuid == uuid, _mine(who)).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def winner_of(loser: UUID) -> UUID | None:
    """Return the id of the entry that an archived one went into."""
    query = select(Merging.winner).where(Merging.loser == loser, Merging.undone_at.is_(None))
    return db.session.scalar(query.order_by(Merging.id.desc()).limit(1))
