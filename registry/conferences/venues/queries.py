"""Reading venues: the office's list, and one with its rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.conferences.models import Conference
from registry.conferences.venues.models import Room, Venue
from registry.core.db import db
from registry.core.errors import NotFound

SORTS = ("name", "city", "seats")


@dataclass(frozen=True)
class VenueRow:
    """A venue as one line of the list; `used` is in how many conferences."""

    uuid: UUID
    name: str
    street: str | None
    postcode: str | None
    city: str | None
    seats: int | None
    step_free: str
    rooms: int
    used: int
    example: bool


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for venues of regions whose conferences `who` reads."""
    read = regions_of(who, Permission.CONFERENCE_READ)
    return or_(*(Venue.region.startswith(ags, autoescape=True) for ags in read), false())


def load_venue(who: Who, uuid: UUID, *, lock: bool = False) -> Venue:
    """Return the venue or raise NotFound, whether it is missing or of another register."""
    query = (
        select(Venue)
        .where(Venue.uuid == uuid, looked_after(who))
        .options(selectinload(Venue.rooms), selectinload(Venue.host))
    )
    found = db.session.scalar(locked(query, Venue) if lock else query)
    if found is None:
        raise NotFound
    return found


def eligible(region: str) -> Sequence[Venue]:
    """Return the venues of a region that can be chosen, by name."""
    inside = Venue.region.startswith(region, autoescape=True)
    query = select(Venue).where(inside, Venue.archived_on.is_(None))
    return db.session.scalars(query.order_by(func.lower(Venue.name), Venue.id)).all()


def office_list(
    who: Who, *, archived: bool = False, sort: str = "name", page: int = 1, per_page: int = 50
) -> tuple[list[VenueRow], int]:
    """Return one page of venues, and the total."""
    kept = Venue.archived_on.is_not(None) if archived else Venue.archived_on.is_(None)
    conditions = [looked_after(who), kept]
    total = db.session.scalar(select(func.count(Venue.id)).where(*conditions)) or 0
    rooms = select(func.count(Room.id)).where(Room.venue_id == Venue.id).scalar_subquery()
    used = select(func.count(Conference.id)).where(Conference.venue_id == Venue.id)
    orders: dict[str, Any] = {"city": func.lower(Venue.city), "seats": Venue.seats}
    order = orders.get(sort.removeprefix("-"), func.lower(Venue.name))
    names = ("uuid", "name", "street", "postcode", "city", "seats", "step_free", "example")
    found = db.session.execute(
        select(
            rooms.label("rooms"),
            used.scalar_subquery().label("used"),
            *(getattr(Venue, name) for name in names),
        )
        .where(*conditions)
        .order_by(order.desc() if sort.startswith("-") else order, func.lower(Venue.name), Venue.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).mappings()
    return [VenueRow(**row) for row in found], total
