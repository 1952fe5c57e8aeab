"""Reading urgent notices: those that hold now, and all of a register for its office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.core import versions
from registry.core.db import db
from registry.core.errors import NotFound
from registry.regions import queries as regions
from registry.texts.translated import Translated
from registry.urgent.models import Severity, UrgentNotice

_RANK = {severity.value: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Notice:
    """A published notice; `areas` are its regions by AGS, with their names."""

    uuid: UUID
    region: str
    severity: str
    title: Translated
    text: Translated
    starts_on: date
    ends_on: date
    updated_at: datetime
    areas: dict[str, str]

    def valid_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def concerns(self, ags: str) -> bool:
        """Return whether it holds in a region, in a part of it, or all around it."""
        return any(area.startswith(ags) or ags.startswith(area) for area in self.areas)


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for notices of regions that `who` reads."""
    read = regions_of(who, Permission.DESK_READ)
    return or_(*(UrgentNotice.region.startswith(ags, autoescape=True) for ags in read), false())


def load_notice(who: Who, uuid: UUID, *, lock: bool = False) -> UrgentNotice:
    """Return the notice or raise NotFound, whether it is missing or of another register."""
    query = (
        select(UrgentNotice)
        .where(UrgentNotice.uuid == uuid, looked_after(who))
        .options(selectinload(UrgentNotice.areas))
    )
    found = db.session.scalar(locked(query, UrgentNotice) if lock else query)
    if found is None:
        raise NotFound
    return found


def office_list(
    who: Who, *, page: int = 1, per_page: int = 50
) -> tuple[Sequence[UrgentNotice], int]:
    """Return one page of the notices that `who` looks after, the last to end first; the total."""
    total = db.session.scalar(select(func.count(UrgentNotice.id)).where(looked_after(who))) or 0
    found = db.session.scalars(
        select(UrgentNotice)
        .where(looked_after(who))
        .options(selectinload(UrgentNotice.areas))
        .order_by(UrgentNotice.ends_on.desc(), UrgentNotice.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return found.all(), total


def valid(day: date, areas: Iterable[str] = ()) -> list[Notice]:
    """Return the notices that hold on a day, the most urgent first; in `areas`, if given."""
    wanted = list(areas)
    return [
        notice
        for notice in versions.kept("urgent notices", _published)
        if notice.valid_on(day) and (not wanted or any(notice.concerns(ags) for ags in wanted))
    ]


def published(uuid: UUID, day: date) -> Notice:
    """Return a notice that holds on a day, or raise NotFound."""
    for notice in valid(day):
        if notice.uuid == uuid:
            return notice
    raise NotFound


def _published() -> list[Notice]:
    found = db.session.scalars(
        select(UrgentNotice)
        .where(UrgentNotice.published.is_(True))
        .options(selectinload(UrgentNotice.areas))
    ).all()
    names = regions.names({area.ags for row in found for area in row.areas})
    notices = [as_notice(row, names) for row in found]
    return sorted(notices, key=lambda each: (_RANK[each.severity], each.ends_on, str(each.uuid)))


def as_notice(row: UrgentNotice, names: dict[str, str]) -> Notice:
    """Return a row as everyone sees it; `names` are those of its areas at least."""
    return Notice(
        uuid=row.uuid,
        region=row.region,
        severity=row.severity,
        title=row.title,
        text=row.text,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        updated_at=row.updated_at,
        areas={area.ags: names.get(area.ags, area.ags) for area in row.areas},
    )
