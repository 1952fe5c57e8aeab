"""Reading series, their rhythm and rotation, and the days that conferences avoid."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.hours import holidays_in
from registry.actors.models import Actor
from registry.actors.queries import locked
from registry.conferences.dates import (
    Almanac,
    Period,
    Rhythm,
    months_later,
    proposals,
    rhythm,
    whose_turn,
)
from registry.conferences.models import Conference, Day, Duty, DutyKind
from registry.conferences.series.models import Avoided, Series, Turn
from registry.config import resource_dir
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.tables import read_csv


@dataclass(frozen=True)
class SeriesRow:
    """A series as one line of the list; `count` is how many conferences it has had."""

    uuid: UUID
    name: str
    months: int
    region: str
    example: bool
    archived: bool
    rhythm: Rhythm
    count: int


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for series of regions whose conferences `who` reads."""
    read = regions_of(who, Permission.CONFERENCE_READ)
    return or_(*(Series.region.startswith(ags, autoescape=True) for ags in read), false())


def load_series(who: Who, uuid: UUID, *, lock: bool = False) -> Series:
    """Return the series or raise NotFound, whether it is missing or of another register."""
    query = (
        select(Series)
        .where(Series.uuid == uuid, looked_after(who))
        .options(selectinload(Series.turns).selectinload(Turn.actor))
    )
    found = db.session.scalar(locked(query, Series) if lock else query)
    if found is None:
        raise NotFound
    return found


def listed(who: Who, today: date, *, archived: bool = False) -> list[SeriesRow]:
    """Return the series by name with how they stand; a region has few."""
    kept = Series.archived_on.is_not(None) if archived else Series.archived_on.is_(None)
    query = select(Series).where(looked_after(who), kept)
    found = db.session.scalars(query.order_by(func.lower(Series.name), Series.id)).all()
    spans = _spans([each.id for each in found])
    return [
        SeriesRow(
            uuid=each.uuid,
            name=each.name,
            months=each.months,
            region=each.region,
            example=each.example,
            archived=each.archived_on is not None,
            rhythm=_rhythm(each.months, spans.get(each.id, []), today),
            count=sum(last < today for _first, last in spans.get(each.id, [])),
        )
        for each in found
    ]


def rhythm_of(series: Series, today: date) -> Rhythm:
    return _rhythm(series.months, _spans([series.id]).get(series.id, []), today)


def count_due(who: Who, today: date) -> int:
    """Count the series whose next conference is overdue, or should be planned by now."""
    return sum(each.rhythm.is_waiting for each in listed(who, today))


def _rhythm(months: int, spans: Sequence[tuple[date, date]], today: date) -> Rhythm:
    held = [last for _first, last in spans if last < today]
    return rhythm(months, held, [first for first, last in spans if last >= today], today)


def _spans(series: Collection[int]) -> dict[int, list[tuple[date, date]]]:
    """Return the first and last days of the conferences that took place or will, by series."""
    if not series:
        return {}
    query = (
        select(Conference.series_id, func.min(Day.day), func.max(Day.day))
        .join(Day, Day.conference_id == Conference.id)
        .where(
            Conference.series_id.in_(series),
            Conference.cancelled_on.is_(None),
            Conference.archived_on.is_(None),
        )
        .group_by(Conference.id, Conference.series_id)
    )
    found: dict[int, list[tuple[date, date]]] = {}
    for key, first, last in db.session.execute(query):
        found.setdefault(key or 0, []).append((first, last))
    return found


def load_last(series: Series, *, without: Conference | None = None) -> Conference | None:
    """Return the latest conference of a series by its days, planned ones included."""
    first = select(func.min(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    query = select(Conference).where(
        Conference.series_id == series.id,
        Conference.cancelled_on.is_(None),
        Conference.archived_on.is_(None),
        Conference.id != (without.id if without else 0),
        first.is_not(None),
    )
    return db.session.scalar(query.order_by(first.desc(), Conference.id.desc()).limit(1))


def holders(series: Series, kind: str, before: date | None = None) -> list[int | None]:
    """Return who had a duty in the conferences of a series (internal ids), the latest first.

    `before` leaves out those on that day and later.
    """
    first = select(func.min(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
    query = (
        select(Duty.actor_id)
        .join(Conference, Conference.id == Duty.conference_id)
        .where(
            Conference.series_id == series.id,
            Conference.cancelled_on.is_(None),
            Conference.archived_on.is_(None),
            Duty.kind == kind,
            first.is_not(None),
        )
    )
    if before:
        query = query.where(first < before)
    return list(db.session.scalars(query.order_by(first.desc(), Conference.id.desc()).limit(12)))


def next_turns(series: Series, before: date | None = None) -> dict[str, Actor]:
    """Return whose turn each duty is after the conferences there are, by kind of duty."""
    found = {}
    for kind in DutyKind:
        order = {turn.actor_id: turn.actor for turn in series.turns if turn.kind == kind}
        places = [turn.actor_id for turn in series.turns if turn.kind == kind]
        if turn := whose_turn(places, holders(series, kind, before)):
            found[kind.value] = order[turn]
    return found


def next_days(series: Series, today: date) -> list[date]:
    """Return good first days for the conference after the last one of a series, planned or not."""
    last = load_last(series)
    after = last.last_day if last else None
    due = months_later(after, series.months) if after else months_later(today, 2)
    return good_days(series.region, last, due, today)


def good_days(region: str, like: Conference | None, due: date, today: date) -> list[date]:
    """Return good first days around one for a conference of a region.

    It takes as many days as another one, which also says on which day of the week.
    """
    known = almanac(region, *range(today.year, max(today, due).year + 2))
    first = like.first_day if like else None
    return proposals(
        due,
        known,
        today,
        days=max(len(like.days), 1) if like else 1,
        weekday=first.weekday() if first else None,
    )


def almanac(region: str, *years: int) -> Almanac:
    """Return what conferences of a region avoid in these years."""
    days = {day: name for year in years for day, name in holidays_in(region, year).items()}
    return Almanac(days, [*school_holidays(region), *(_period(each) for each in avoided(region))])


def knows_school(region: str, days: Iterable[date]) -> bool:
    """Return whether the school holidays around all of these days are known."""
    known = almanac(region)
    return all(known.knows_school(day) for day in days)


def _period(row: Avoided) -> Period:
    return Period(row.name, row.first, row.last, row.school)


def avoided(region: str) -> Sequence[Avoided]:
    """Return what the office has entered for a region or what lies above it, by day."""
    above = [region[:length] for length in range(2, len(region) + 1)]
    query = select(Avoided).where(Avoided.region.in_(above))
    return db.session.scalars(query.order_by(Avoided.first, Avoided.id)).all()


def load_avoided(who: Who, uuid: UUID) -> Avoided:
    """Return a period that the office has entered, or raise NotFound."""
    read = regions_of(who, Permission.CONFERENCE_READ)
    inside = or_(*(Avoided.region.startswith(ags, autoescape=True) for ags in read), false())
    found = db.session.scalar(select(Avoided).where(Avoided.uuid == uuid, inside))
    if found is None:
        raise NotFound
    return found


def school_holidays(region: str) -> list[Period]:
    """Return the school holidays of a Land that came with the register."""
    return [period for land, period in _school_holidays() if region.startswith(land)]


@cache
def _school_holidays() -> tuple[tuple[str, Period], ...]:
    rows = read_csv(resource_dir("seed_data") / "school_holidays.csv")
    return tuple(
        (
            row["land"],
            Period(row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"])),
        )
        for row in rows
    )
