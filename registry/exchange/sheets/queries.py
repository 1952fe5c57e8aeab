"""What an import asks the register, a batch of rows at a time."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Update, and_, false, func, or_, select, update
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.accounts.models import User
from registry.actors import queries as actors
from registry.actors.models import Actor, Place
from registry.core.db import Identified, db
from registry.core.errors import NotFound
from registry.exchange.sheets.columns import SHEETS
from registry.exchange.sheets.models import ExternalId, ImportMapping, ImportRun, State
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.regions.models import Postcode, Region, RegionPostcode
from registry.texts.translated import Translated

MOST = 500  # values in one statement
T = TypeVar("T")
Point = tuple[float, float]


class Standing(NamedTuple):
    """An actor of the register by its folded name."""

    id: int
    uuid: UUID
    name: str
    postcodes: frozenset[str]


class RunRow(NamedTuple):
    """An import as one line of a list."""

    uuid: UUID
    made_at: datetime
    who_label: str
    file_name: str
    sheet: str
    state: str
    counts: dict[str, int]


class StandingOffer(NamedTuple):
    id: int
    uuid: UUID
    actor_id: int
    title: Translated


def postcodes() -> frozenset[str]:
    return frozenset(db.session.scalars(select(Postcode.code)))


def region_names() -> dict[str, str]:
    return dict(iter(db.session.execute(select(Region.ags, Region.name).order_by(Region.ags))))


def municipality_names(district: str) -> dict[str, str]:
    """Return the names of the municipalities of a district by their keys."""
    found = select(Region.ags, Region.name).where(
        Region.ags.startswith(district, autoescape=True), func.length(Region.ags) == 8
    )
    return dict(iter(db.session.execute(found)))


def only_municipalities() -> dict[str, str]:
    """Return the municipality of every postcode that has but one."""
    found = (
        select(RegionPostcode.postcode, func.min(RegionPostcode.ags))
        .group_by(RegionPostcode.postcode)
        .having(func.count() == 1)
    )
    return dict(iter(db.session.execute(found)))


def middles() -> dict[str, Point]:
    """Return latitude and longitude of regions and postcodes by key or code, in degrees."""
    found: dict[str, Point] = {}
    for kind in (select(Postcode.code, Postcode.lat, Postcode.lon), _middles_of_regions()):
        found |= {key: (lat, lon) for key, lat, lon in db.session.execute(kind)}
    return found


def _middles_of_regions() -> Any:
    return select(Region.ags, Region.lat, Region.lon).where(Region.lat.is_not(None))


def standing(
    who: Who, region: str, uuids: Collection[UUID], names: Collection[str]
) -> list[Standing]:
    """Return actors that `who` edits: of these ids, and of these folded names in the region."""
    mine = actors.looked_after(who, Permission.ACTOR_EDIT)
    query = select(Actor.id, Actor.uuid, Actor.folded_title)
    by_name = [and_(Actor.region == region, Actor.folded_title.in_(some)) for some in pieces(names)]
    by_uuid = [Actor.uuid.in_(some) for some in pieces(uuids)]
    found = {
        row.id: row
        for each in by_name + by_uuid
        for row in db.session.execute(query.where(mine, each))
    }
    codes: dict[int, set[str]] = {}
    for some in pieces(found):
        of_places = select(Place.actor_id, Place.postcode).where(Place.actor_id.in_(some))
        for actor, code in db.session.execute(of_places):
            if code:
                codes.setdefault(actor, set()).add(code)
    return [
        Standing(row.id, row.uuid, row.folded_title, frozenset(codes.get(row.id, ())))
        for row in found.values()
    ]


def load_actors(ids: Collection[int]) -> list[Actor]:
    """Return mapped actors with all that their schema dumps."""
    query = select(Actor).options(
        selectinload(Actor.places),
        selectinload(Actor.contacts),
        selectinload(Actor.units),
        selectinload(Actor.fields),
        selectinload(Actor.areas),
        selectinload(Actor.parent),
        selectinload(Actor.category),
        selectinload(Actor.legal_form),
    )
    return [
        actor
        for some in pieces(ids)
        for actor in db.session.scalars(query.where(Actor.id.in_(some)))
    ]


def offers_of(ids: Collection[int]) -> list[StandingOffer]:
    """Return the offers of actors, with just enough to know them by their title."""
    query = select(Offer.id, Offer.uuid, Offer.actor_id, Offer.title)
    return [
        StandingOffer(*row)
        for some in pieces(ids)
        for row in db.session.execute(query.where(Offer.actor_id.in_(some)))
    ]


def offers_by_uuid(who: Who, uuids: Collection[UUID]) -> list[StandingOffer]:
    """Return those of the offers that `who` edits."""
    mine = offers.looked_after(who, Permission.OFFER_EDIT)
    query = select(Offer.id, Offer.uuid, Offer.actor_id, Offer.title).where(mine)
    return [
        StandingOffer(*row)
        for some in pieces(uuids)
        for row in db.session.execute(query.where(Offer.uuid.in_(some)))
    ]


def actor_uuids(ids: Collection[int]) -> dict[int, UUID]:
    """Return the public ids of actors."""
    query = select(Actor.id, Actor.uuid)
    return {
        key: uuid
        for some in pieces(ids)
        for key, uuid in db.session.execute(query.where(Actor.id.in_(some)))
    }


def newest(kind: type[Identified]) -> int:
    """Return the highest key that a row has been given so far."""
    return db.session.scalar(select(func.max(kind.id))) or 0


def external(region: str, source: str, kind: str, keys: Collection[str]) -> dict[str, UUID]:
    """Return the public ids of entries by the keys that a source gave them."""
    query = select(ExternalId.key, ExternalId.record).where(
        ExternalId.region == region, ExternalId.source == source, ExternalId.kind == kind
    )
    return {
        key: record
        for some in pieces(keys)
        for key, record in db.session.execute(query.where(ExternalId.key.in_(some)))
    }


def repoint(region: str, source: str, kind: str, key: str, record: UUID) -> bool:
    """Let a key of a source mean another entry; return whether it was known at all."""
    changed = (
        update(ExternalId)
        .where(
            ExternalId.region == region,
            ExternalId.source == source,
            ExternalId.kind == kind,
            ExternalId.key == key,
        )
        .values(record=record)
        .returning(ExternalId.id)
    )
    return db.session.scalar(changed) is not None


def pieces(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield values in pieces that one statement can name."""
    rest = iter(values)
    while piece := list(islice(rest, MOST)):
        yield piece


def load_run(who: Who, uuid: UUID, *, lock: bool = False) -> ImportRun:
    """Return an import of a region where `who` imports, or raise NotFound."""
    query = select(ImportRun).where(ImportRun.uuid == uuid, _of(who))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def runs(
    who: Who, *, under_way: bool = False, page: int = 1, per_page: int = 50
) -> tuple[Sequence[RunRow], int]:
    """Return one page of the imports of the regions where `who` imports, and the total.

    `under_way`: only those that somebody has begun and not brought to an end.
    """
    ended = (State.DONE, State.DISCARDED)
    wanted = and_(_of(who), ImportRun.state.not_in(ended)) if under_way else _of(who)
    total = db.session.scalar(select(func.count(ImportRun.id)).where(wanted)) or 0
    columns = [getattr(ImportRun, name) for name in RunRow._fields]
    found = db.session.execute(
        select(*columns)
        .where(wanted)
        .order_by(ImportRun.made_at.desc(), ImportRun.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [RunRow(*row) for row in found], total


def _of(who: Who) -> ColumnElement[bool]:
    regions = regions_of(who, Permission.DATA_IMPORT)
    return or_(false(), *(ImportRun.region.startswith(region) for region in regions))


def load_mapping(region: str, fingerprint: str) -> ImportMapping | None:
    return db.session.get(ImportMapping, (region, fingerprint))


def load_importer(uuid: UUID) -> User | None:
    """Return whose rights an import has: who took its last step, unless the account is closed."""
    begun = select(ImportRun.who_id).where(ImportRun.uuid == uuid).scalar_subquery()
    return db.session.scalar(select(User).where(User.id == begun, User.active))


def progress(key: int, done: int) -> Update:
    """Return the statement that says how many rows of an import there have been."""
    return update(ImportRun).where(ImportRun.id == key).values(done_rows=done)


def all_ids(sheet: str) -> Sequence[int]:
    """Return the internal ids that a sheet of everything is made of."""
    kind = Offer if "offer" in SHEETS[sheet] else Actor
    return db.session.scalars(select(kind.id).order_by(kind.id)).all()
