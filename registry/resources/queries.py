"""Reading external resources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.core import versions
from registry.core.db import db
from registry.core.errors import NotFound
from registry.resources.models import ExternalResource
from registry.texts.translated import Translated


@dataclass(frozen=True)
class Resource:
    """A published resource; languages and topics are keys of terms."""

    uuid: UUID
    name: str
    summary: Translated
    url: str
    checked_on: date | None
    languages: tuple[str, ...]
    topics: tuple[str, ...]


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for resources of regions that `who` reads."""
    read = regions_of(who, Permission.DESK_READ)
    conditions = (ExternalResource.region.startswith(ags, autoescape=True) for ags in read)
    return or_(*conditions, false())


def load_resource(who: Who, uuid: UUID, *, lock: bool = False) -> ExternalResource:
    """Return the resource or raise NotFound, whether it is missing or of another register."""
    query = _whole(select(ExternalResource).where(ExternalResource.uuid == uuid, looked_after(who)))
    found = db.session.scalar(locked(query, ExternalResource) if lock else query)
    if found is None:
        raise NotFound
    return found


def office_list(
    who: Who, *, page: int = 1, per_page: int = 50
) -> tuple[Sequence[ExternalResource], int]:
    """Return one page of the resources that `who` looks after by name, and the total."""
    mine = looked_after(who)
    total = db.session.scalar(select(func.count(ExternalResource.id)).where(mine)) or 0
    found = db.session.scalars(
        _whole(select(ExternalResource).where(mine))
        .order_by(func.lower(ExternalResource.name), ExternalResource.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return found.all(), total


def addresses(region: str) -> set[str]:
    """Return the addresses that a register has already."""
    query = select(ExternalResource.url).where(ExternalResource.region == region)
    return set(db.session.scalars(query))


def published() -> list[Resource]:
    """Return the resources that everyone sees, by name."""
    return versions.kept("external resources", _published)


def _published() -> list[Resource]:
    query = _whole(select(ExternalResource).where(ExternalResource.published.is_(True)))
    found = [
        Resource(
            uuid=row.uuid,
            name=row.name,
            summary=row.summary,
            url=row.url,
            checked_on=row.checked_on,
            languages=tuple(term.key for term in row.languages),
            topics=tuple(term.key for term in row.topics),
        )
        for row in db.session.scalars(query)
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), str(each.uuid)))


def _whole(query: Select[ExternalResource]) -> Select[ExternalResource]:
    return query.options(
        selectinload(ExternalResource.languages), selectinload(ExternalResource.topics)
    )
