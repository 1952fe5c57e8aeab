"""Reading the directory of officers: the office's list, one, and what everyone sees."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, Status
from registry.actors.queries import locked
from registry.conferences.training.models import Officer
from registry.core import versions
from registry.core.db import db
from registry.core.errors import NotFound
from registry.regions.models import Region

SORTS = ("municipality", "function")


@dataclass(frozen=True)
class Entry:
    """An officer as everyone sees one; `actor` only if it is published."""

    municipality: str
    function: str
    actor: tuple[UUID, str] | None
    tasks: str | None
    hours: str | None
    email: str | None
    phone: str | None
    example: bool


@dataclass(frozen=True)
class OfficerRow:
    """An officer as one line of the office's list."""

    uuid: UUID
    municipality: str
    function: str
    actor: str | None
    public: bool
    example: bool


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for officers of regions whose conferences `who` reads."""
    read = regions_of(who, Permission.CONFERENCE_READ)
    return or_(*(Officer.region.startswith(ags, autoescape=True) for ags in read), false())


def load_officer(who: Who, uuid: UUID, *, lock: bool = False) -> Officer:
    """Return the officer or raise NotFound, whether missing or of another register."""
    query = select(Officer).where(Officer.uuid == uuid, looked_after(who))
    found = db.session.scalar(locked(query, Officer) if lock else query)
    if found is None:
        raise NotFound
    return found


def taken(region: str, ags: str, function: str) -> Officer | None:
    """Return who has this function in this municipality already."""
    query = select(Officer).where(
        Officer.region == region, Officer.ags == ags, Officer.function == function
    )
    return db.session.scalar(query)


def office_list(
    who: Who, *, sort: str = "municipality", page: int = 1, per_page: int = 50
) -> tuple[list[OfficerRow], int]:
    """Return one page of officers, and the total."""
    total = db.session.scalar(select(func.count(Officer.id)).where(looked_after(who))) or 0
    columns = {"municipality": Region.name, "function": Officer.function}
    order = func.lower(columns.get(sort.removeprefix("-"), Region.name))
    query = (
        select(
            Officer.uuid,
            Officer.function,
            Officer.public,
            Officer.example,
            Region.name.label("municipality"),
            Actor.name.label("actor"),
        )
        .join(Region, Region.ags == Officer.ags)
        .outerjoin(Actor, Actor.id == Officer.actor_id)
        .where(looked_after(who))
        .order_by(order.desc() if sort.startswith("-") else order, Officer.function, Officer.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [OfficerRow(**row) for row in db.session.execute(query).mappings()], total


def published() -> list[Entry]:
    """Return the public officers by municipality, read once for each version of the data."""
    return versions.kept("public officers", _published)


def _published() -> list[Entry]:
    query = (
        select(Officer, Region.name, Actor.uuid, Actor.name)
        .join(Region, Region.ags == Officer.ags)
        .outerjoin(Actor, (Actor.id == Officer.actor_id) & (Actor.status == Status.PUBLISHED.value))
        .where(Officer.public.is_(True))
        .order_by(func.lower(Region.name), Officer.function, Officer.id)
    )
    return [
        Entry(
            town,
            row.function,
            (uuid, name) if uuid else None,
            row.tasks,
            row.hours,
            row.email,
            row.phone,
            row.example,
        )
        for row, town, uuid, name in db.session.execute(query)
    ]
