"""Reading who is designated for whom, and what offers serve which municipality."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, union
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, Place, Status
from registry.actors.queries import locked
from registry.core import versions
from registry.core.db import db
from registry.core.errors import NotFound
from registry.designations.models import Designation
from registry.designations.responsibility import (
    EVERY_AGE,
    Cell,
    Point,
    coverage,
    groups_of,
    is_away,
    limits,
    served,
)
from registry.offers.models import Offer, OfferArea, OfferPlace, OfferTerm
from registry.offers.queries import published_on
from registry.regions import queries as regions
from registry.texts.translated import Translated
from registry.vocabulary.models import Term

STATES = ("now", "later", "ended")


@dataclass(frozen=True)
class PointRow:
    """A contact point with what its name and its page need; `title` is None for an actor itself.

    The days are those on which it is designated and, if it is an offer, everyone sees that;
    `closures` are the first and last days of those of the offer.
    """

    id: int
    uuid: UUID
    subject: UUID
    title: Translated | None
    actor_name: str
    example: bool
    public: bool
    valid_from: date | None
    valid_to: date | None
    decided_on: date | None
    decided_by: str | None
    target_groups: tuple[str, ...]
    point: Point
    closures: tuple[tuple[date, date], ...]

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def point_on(self, day: date) -> Point:
        """Return the point as it is on a day: open as usual, or closed for some days."""
        return replace(self.point, away=is_away(self.closures, day))


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for designations of regions that `who` reads."""
    read = regions_of(who, Permission.DESK_READ)
    return or_(*(Designation.region.startswith(ags, autoescape=True) for ags in read), false())


def load_designation(who: Who, uuid: UUID, *, lock: bool = False) -> Designation:
    """Return the designation or raise NotFound, whether it is missing or of another region."""
    query = _whole(select(Designation).where(Designation.uuid == uuid, looked_after(who)))
    found = db.session.scalar(locked(query, Designation) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_offers_of(actor: Actor) -> Sequence[Offer]:
    """Return the offers of an actor that are not archived."""
    mine = (Offer.actor_id == actor.id, Offer.status != Status.ARCHIVED)
    return db.session.scalars(select(Offer).where(*mine).order_by(Offer.folded, Offer.id)).all()


def office_list(
    who: Who, state: str, day: date, *, page: int = 1, per_page: int = 50
) -> tuple[Sequence[Designation], int]:
    """Return one page of designations in one of STATES ("" for all), and the total."""
    conditions = [looked_after(who), *([_state(state, day)] if state else [])]
    total = db.session.scalar(select(func.count(Designation.id)).where(*conditions)) or 0
    kind = select(Term.position).where(Term.id == Designation.service_type_id).scalar_subquery()
    found = db.session.scalars(
        _whole(select(Designation).where(*conditions))
        .order_by(kind, Designation.service_type_id, Designation.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return found.all(), total


def _state(state: str, day: date) -> ColumnElement[bool]:
    ended, later = Designation.valid_to < day, Designation.valid_from > day
    if state != "now":
        return ended if state == "ended" else later
    return and_(
        or_(Designation.valid_to.is_(None), Designation.valid_to >= day),
        or_(Designation.valid_from.is_(None), Designation.valid_from <= day),
    )


def _whole(query: Select[Designation]) -> Select[Designation]:
    return query.options(
        selectinload(Designation.actor),
        selectinload(Designation.offer).selectinload(Offer.actor),
        selectinload(Designation.offer).selectinload(Offer.languages),
        selectinload(Designation.offer).selectinload(Offer.closures),
        selectinload(Designation.service_type),
        selectinload(Designation.eligibility),
        selectinload(Designation.target_groups),
        selectinload(Designation.languages),
        selectinload(Designation.areas),
    )


def designated() -> list[PointRow]:
    """Return every designation there is; asked of the database once for each version."""
    return versions.kept("designations", _designated)


def _designated() -> list[PointRow]:
    found = db.session.scalars(_whole(select(Designation)).order_by(Designation.id))
    return [_row(each) for each in found]


def _row(row: Designation) -> PointRow:
    offer, provider = row.offer, row.provider
    begins, ends = [row.valid_from], [row.valid_to]
    if offer:
        begins, ends = [*begins, offer.valid_from], [*ends, offer.valid_to]
    own = [term.key for term in row.languages]
    spoken = own or [link.language.key for link in (offer.languages if offer else ())]
    published = {each.status for each in (offer, provider) if each} == {Status.PUBLISHED}
    point = Point(
        key=row.id,
        service=row.service_type.key,
        areas=tuple(area.ags for area in row.areas),
        ages=ages(row.min_age, row.max_age),
        statuses=limits(term.key for term in row.eligibility),
        special=bool(limits(term.key for term in row.target_groups)),
        languages=frozenset(spoken),
    )
    return PointRow(
        id=row.id,
        uuid=row.uuid,
        subject=(offer or provider).uuid,
        title=offer.title if offer else None,
        actor_name=provider.name,
        example=(offer or provider).example,
        public=published,
        valid_from=max((day for day in begins if day), default=None),
        valid_to=min((day for day in ends if day), default=None),
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        target_groups=tuple(term.key for term in row.target_groups),
        point=point,
        closures=closures_of(offer) if offer else (),
    )


def closures_of(offer: Offer) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of each closure."""
    return tuple((row.closed_from, row.closed_to) for row in offer.closures)


def ages(low: int | None, high: int | None) -> tuple[int, int]:
    """Return ages of a form as both ends."""
    return EVERY_AGE[0] if low is None else low, EVERY_AGE[1] if high is None else high


def is_designated(day: date) -> ColumnElement[bool]:
    """Return the condition for offers that are a contact point on a day, or whose actor is."""
    current = select(Designation.id).where(_state("now", day))
    return or_(
        exists(current.where(Designation.offer_id == Offer.id).correlate(Offer)),
        exists(current.where(Designation.actor_id == Offer.actor_id).correlate(Offer)),
    )


def turned(before: date, day: date) -> ColumnElement[bool]:
    """Return the condition for offers whose designation the calendar began or ended meanwhile."""
    began = and_(Designation.valid_from > before, Designation.valid_from <= day)
    ended = and_(Designation.valid_to >= before, Designation.valid_to < day)
    of_offers = select(Designation.offer_id).where(Designation.offer_id.is_not(None))
    of_actors = select(Designation.actor_id).where(Designation.actor_id.is_not(None))
    return or_(
        Offer.id.in_(of_offers.where(or_(began, ended))),
        Offer.actor_id.in_(of_actors.where(or_(began, ended))),
    )


def contact_points(day: date) -> list[PointRow]:
    """Return the contact points that are designated on a day and that everyone sees."""
    return [row for row in designated() if row.public and row.valid_on(day)]


def services_of(subject: UUID | str, day: date) -> list[str]:
    """Return for which kinds of service an offer or actor is a public contact point on a day.

    Whatever the number of subjects, the database is asked once for each version.
    """
    rows = versions.kept("designations by subject", _by_subject).get(str(subject), ())
    kinds = (row.point.service for row in rows if row.public and row.valid_on(day))
    return list(dict.fromkeys(kinds))


def _by_subject() -> dict[str, list[PointRow]]:
    found: dict[str, list[PointRow]] = {}
    for row in designated():
        found.setdefault(str(row.subject), []).append(row)
    return found


def region_of(who: Who) -> str:
    """Return the region (AGS) whose gaps concern somebody; "" if none does."""
    read, register = regions_of(who, Permission.DESK_READ), regions.register()
    if register and any(register.ags.startswith(ags) for ags in read):
        return register.ags
    return next((ags for ags in read if ags), "")


def matrix(region: str, day: date, service: str = "") -> dict[str, list[Cell]]:
    """Return the coverage of each municipality of a region by AGS, with one service or advice."""
    below = [each.ags for each in regions.municipalities(region)] if region else []
    return coverage([row.point for row in contact_points(day)], below, groups_of(service))


def count_gaps(who: Who, day: date) -> int:
    """Count the groups of people, municipality by municipality, that lack a contact point."""
    cells = (cell for row in matrix(region_of(who), day).values() for cell in row)
    return sum(bool(cell.gaps) for cell in cells)


def served_lives(region: str, day: date) -> dict[str, dict[str, int]]:
    """Count the public offers of each municipality of a region by area of life (its key)."""
    below = [each.ags for each in regions.municipalities(region)] if region else []
    return _served_lives(below, day)


def _served_lives(below: Sequence[str], day: date) -> dict[str, dict[str, int]]:
    lives = (
        select(OfferTerm.offer_id, Term.key)
        .join(Term, Term.id == OfferTerm.term_id)
        .join(Offer, Offer.id == OfferTerm.offer_id)
        .where(Term.scheme == "area_of_life", published_on(day))
        .order_by(OfferTerm.offer_id)
    )
    around: Any = union(
        select(OfferArea.offer_id, OfferArea.ags),
        select(OfferPlace.offer_id, Place.municipality)
        .join(Place, Place.id == OfferPlace.place_id)
        .where(Place.municipality.is_not(None), Place.confidential.is_(False)),
    )
    places = _gathered(db.session.execute(around.order_by("offer_id")))
    found = _gathered(db.session.execute(lives)).items()
    return served(((frozenset(places.get(key, ())), keys) for key, keys in found), below)


def _gathered(rows: Any) -> dict[int, list[str]]:
    return {key: [row[1] for row in group] for key, group in groupby(rows, key=itemgetter(0))}
