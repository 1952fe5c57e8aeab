"""Reading what is needed, and what is offered to set against it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, union
from sqlalchemy.orm import aliased, selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Place
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.designations.models import Designation
from registry.network.catalogue.cells import Needed
from registry.network.needs.models import Need
from registry.network.queries import one_place
from registry.offers.models import OfferPlace
from registry.regions.models import Region
from registry.vocabulary.models import Term


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for needs of regions whose network `who` reads."""
    read = regions_of(who, Permission.NETWORK_READ)
    return or_(*(Need.region.startswith(ags, autoescape=True) for ags in read), false())


def load_need(who: Who, uuid: UUID, *, lock: bool = False) -> Need:
    """Return the need or raise NotFound, whether it is missing or of another region."""
    query = _whole(select(Need).where(Need.uuid == uuid, looked_after(who)))
    found = db.session.scalar(locked(query, Need) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_needs(who: Who, uuids: Iterable[str]) -> dict[str, Need]:
    """Return some needs by their public ids."""
    wanted = [UUID(each) for each in uuids]
    query = _whole(select(Need).where(Need.uuid.in_(wanted), looked_after(who)))
    return {str(row.uuid): row for row in db.session.scalars(query)}


def needed(region: str) -> list[Needed]:
    """Return all that is needed in a region."""
    field, language, group = aliased(Term), aliased(Term), aliased(Term)
    query = (
        select(Need.uuid, field.key, one_place(Need.place), language.key, group.key, Need.persons)
        .join(Region, Region.ags == Need.place)
        .join(field, field.id == Need.field_id)
        .outerjoin(language, language.id == Need.language_id)
        .outerjoin(group, group.id == Need.target_group_id)
        .where(Need.region.startswith(region, autoescape=True))
        .order_by(Need.id)
    )
    return [Needed(str(row[0]), *row[1:]) for row in db.session.execute(query)]


def load_all(region: str) -> Sequence[Need]:
    """Return all needs of a region."""
    inside = Need.region.startswith(region, autoescape=True)
    return db.session.scalars(_whole(select(Need).where(inside)).order_by(Need.id)).all()


def same(region: str, place: str, terms: Sequence[int | None], besides: int | None) -> Need | None:
    """Return another need of the same field, language and group (ids of terms) in a place."""
    columns = (Need.field_id, Need.language_id, Need.target_group_id)
    conditions = [
        column == value if value is not None else column.is_(None)
        for column, value in zip(columns, terms, strict=True)
    ]
    query = select(Need).where(Need.region == region, Need.place == place, *conditions)
    return db.session.scalars(query.where(Need.id != (besides or 0))).first()


def _whole(query: Select[Need]) -> Select[Need]:
    return query.options(
        selectinload(Need.field), selectinload(Need.language), selectinload(Need.target_group)
    )


def load_sites(region: str, day: date) -> list[tuple[float, float]]:
    """Return where the contact points of a region are on a day, in degrees (WGS 84)."""
    current = and_(
        Designation.region.startswith(region, autoescape=True),
        or_(Designation.valid_from.is_(None), Designation.valid_from <= day),
        or_(Designation.valid_to.is_(None), Designation.valid_to >= day),
    )
    of_offers = (
        select(Place.lat, Place.lon)
        .join(OfferPlace, OfferPlace.place_id == Place.id)
        .join(Designation, Designation.offer_id == OfferPlace.offer_id)
        .where(current, ~Place.confidential)
    )
    of_actors = (
        select(Place.lat, Place.lon)
        .join(Designation, Designation.actor_id == Place.actor_id)
        .where(current, ~Place.confidential)
    )
    rows = db.session.execute(union(of_offers, of_actors))
    return sorted((lat, lon) for lat, lon in rows if lat is not None and lon is not None)
