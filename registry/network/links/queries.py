"""Reading links: one by one, as the office's list, and those of a pair or an actor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, ActorArea, Place, Status
from registry.actors.queries import locked, looked_after
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.text import words
from registry.network.links.models import Cooperation, Report, Side
from registry.network.state import DIRECTED, Kind, Link, Said
from registry.vocabulary.models import Term

STATES = ("confirmed", "one_side", "contested", "ended", "archived")
Source, Target = aliased(Actor), aliased(Actor)
BySource, ByTarget = aliased(Report), aliased(Report)


@dataclass(frozen=True)
class LinkFilter:
    """What the office's list is asked for; `state` is one of STATES, "" for all that may count."""

    kind: str = ""
    state: str = ""
    field: str = ""
    q: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class LinkRow:
    """A link as one line of a list, with its state on a day."""

    link: Cooperation
    state: str


def linkable(who: Who) -> ColumnElement[bool]:
    """Return the condition for actors whose links `who` may enter: those not archived."""
    mine = looked_after(who, Permission.NETWORK_EDIT)
    return and_(mine, Actor.status != Status.ARCHIVED)


def load_ends(who: Who, region: str, uuids: Iterable[UUID]) -> dict[UUID, Actor]:
    """Return actors of a region between which `who` may enter links, by id, and hold them.

    Whoever enters a link holds both ends, so that nobody enters the same from the other side.
    """
    inside = Actor.region.startswith(region, autoescape=True)
    query = (
        select(Actor).where(Actor.uuid.in_(set(uuids)), inside, linkable(who)).order_by(Actor.id)
    )
    return {row.uuid: row for row in db.session.scalars(query.with_for_update(key_share=True))}


def load_partners(region: str, actor: Actor, keys: Iterable[int]) -> dict[int, Actor]:
    """Return an actor and those of a region that it may name as partners, by key, and hold them."""
    inside = Actor.region.startswith(region, autoescape=True)
    query = select(Actor).where(
        or_(
            Actor.id == actor.id,
            and_(Actor.id.in_(set(keys)), inside, Actor.status == Status.PUBLISHED),
        )
    )
    rows = db.session.scalars(query.order_by(Actor.id).with_for_update(key_share=True))
    return {row.id: row for row in rows}


def load_between(kind: str, one: int, other: int) -> Cooperation | None:
    """Return the link of a kind between two actors; without direction, either may be the source."""
    fits = and_(Cooperation.source_id == one, Cooperation.target_id == other)
    if kind not in DIRECTED:
        mirrored = and_(Cooperation.source_id == other, Cooperation.target_id == one)
        fits = or_(fits, mirrored)
    query = select(Cooperation).where(Cooperation.kind == kind, fits).order_by(Cooperation.id)
    return db.session.scalars(query).first()


def load_of_actor(actor: Actor) -> Sequence[Cooperation]:
    """Return all links of an actor with their reports, the oldest first."""
    mine = or_(Cooperation.source_id == actor.id, Cooperation.target_id == actor.id)
    query = (
        select(Cooperation)
        .where(mine)
        .options(
            joinedload(Cooperation.source),
            joinedload(Cooperation.target),
            joinedload(Cooperation.field),
            selectinload(Cooperation.reports),
        )
    )
    return db.session.scalars(query.order_by(Cooperation.id)).all()


def load_link(who: Who, uuid: UUID, *, lock: bool = False) -> Cooperation:
    """Return the link or raise NotFound, whether it is missing or of another region."""
    query = select(Cooperation).where(Cooperation.uuid == uuid, _read_by(who))
    found = db.session.scalar(locked(query, Cooperation) if lock else query)
    if found is None:
        raise NotFound
    return found


def _read_by(who: Who) -> ColumnElement[bool]:
    read = regions_of(who, Permission.NETWORK_READ)
    return or_(false(), *(Cooperation.region.startswith(ags, autoescape=True) for ags in read))


def office_list(
    who: Who, wanted: LinkFilter, day: date, *, sort: str = "source", page: int = 1, per_page: int
) -> tuple[list[LinkRow], int]:
    """Return one page of the links of the regions `who` reads, and the total."""
    query = _joined(day).where(_read_by(who), *_conditions(wanted))
    total = db.session.scalar(query.with_only_columns(func.count(Cooperation.id))) or 0
    order = _SORTS.get(sort.removeprefix("-"), _SORTS["source"])
    found = db.session.scalars(
        query.options(
            contains_eager(Cooperation.source.of_type(Source)),
            contains_eager(Cooperation.target.of_type(Target)),
            joinedload(Cooperation.field),
            selectinload(Cooperation.reports),
        )
        .order_by(order.desc() if sort.startswith("-") else order, Cooperation.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [LinkRow(link, state_of(link, day)) for link in found], total


def counts(who: Who, wanted: LinkFilter, day: date) -> dict[str, int]:
    """Count the links by state, whatever state is asked for."""
    open_to_all = replace(wanted, state="")
    whole = [_read_by(who), *_conditions(open_to_all, archived=True)]
    state = _state()
    query = _joined(day).where(*whole).with_only_columns(state, func.count(Cooperation.id))
    return dict(iter(db.session.execute(query.group_by(state))))


def _joined(day: date) -> Select[Any]:
    """Return all links with both ends and what holds on a day of what each side says."""
    return (
        select(Cooperation)
        .join(Source, Source.id == Cooperation.source_id)
        .join(Target, Target.id == Cooperation.target_id)
        .outerjoin(BySource, _says(BySource, Side.SOURCE, day))
        .outerjoin(ByTarget, _says(ByTarget, Side.TARGET, day))
    )


def _says(report: Any, side: Side, day: date) -> ColumnElement[bool]:
    return and_(
        report.link_id == Cooperation.id,
        report.side == side,
        or_(report.valid_from.is_(None), report.valid_from <= day),
        or_(report.valid_to.is_(None), report.valid_to >= day),
    )


def _state() -> ColumnElement[str]:
    one, other = BySource.intensity, ByTarget.intensity
    gone = or_(Source.status == Status.ARCHIVED, Target.status == Status.ARCHIVED)
    return case(
        (gone, "archived"),
        (and_(one > 0, other > 0), "confirmed"),
        (or_(and_(one > 0, other == 0), and_(one == 0, other > 0)), "contested"),
        (or_(one > 0, other > 0), "one_side"),
        else_="ended",
    )


def _conditions(wanted: LinkFilter, *, archived: bool = False) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state:
        found.append(_state() == wanted.state)
    elif not archived:
        found += [Source.status != Status.ARCHIVED, Target.status != Status.ARCHIVED]
    if wanted.kind:
        found.append(Cooperation.kind == wanted.kind)
    if wanted.field:
        chosen = select(Term.id).where(Term.scheme == "field", Term.key == wanted.field)
        found.append(Cooperation.field_id.in_(chosen))
    for word in words(wanted.q):
        ends = (end.folded.contains(word, autoescape=True) for end in (Source, Target))
        found.append(or_(*ends))
    if wanted.municipality:
        found.append(or_(*(_is_at(end, wanted.municipality) for end in (Source, Target))))
    return found


def _is_at(end: Any, ags: str) -> ColumnElement[bool]:
    place = exists().where(Place.actor_id == end.id, Place.municipality == ags, ~Place.confidential)
    return or_(place, exists().where(ActorArea.actor_id == end.id, ActorArea.ags == ags))


_LATER = case(
    (ByTarget.reported_on.is_(None), BySource.reported_on),
    (BySource.reported_on > ByTarget.reported_on, BySource.reported_on),
    else_=ByTarget.reported_on,
)
_SORTS = {
    "source": func.lower(Source.name),
    "target": func.lower(Target.name),
    "kind": Cooperation.kind,
    "reported": _LATER,
}


def state_of(link: Cooperation, day: date) -> str:
    """Return which of STATES a link is in on a day."""
    if Status.ARCHIVED in (link.source.status, link.target.status):
        return "archived"
    now = as_reported(link).on(day)
    if now is None or not now.reported:
        return "ended"
    return "contested" if now.contested else "confirmed" if now.confirmed else "one_side"


def as_reported(link: Cooperation) -> Link:
    """Return a link as the network sees it."""
    said = {each.side: _said(each) for each in link.reports}
    ends = (link.source_id, link.target_id)
    by = (said.get(Side.SOURCE), said.get(Side.TARGET))
    return Link(str(link.uuid), Kind(link.kind), *ends, *by)


def _said(report: Report) -> Said:
    return Said(
        report.intensity, report.reported_on, report.valid_from, report.valid_to, report.written
    )


def actor_options(who: Who, region: str, held: Iterable[UUID] = ()) -> list[tuple[str, str]]:
    """Return the actors of a region between which `who` may enter links, by name."""
    inside = Actor.region.startswith(region, autoescape=True)
    wanted = or_(and_(inside, linkable(who)), Actor.uuid.in_(set(held)))
    query = select(Actor.uuid, Actor.name).where(wanted).order_by(func.lower(Actor.name), Actor.id)
    return [(str(uuid), name) for uuid, name in db.session.execute(query)]


def last_said() -> Any:
    """Return the last day that the reports of a link tell of; nothing where there are none."""
    told = func.coalesce(Report.valid_to, Report.reported_on)
    found = select(func.max(told)).where(Report.link_id == Cooperation.id)
    return found.correlate(Cooperation).scalar_subquery()


def is_over() -> ColumnElement[bool]:
    """Return the condition for links of which no side says that they go on."""
    goes_on = and_(Report.intensity > 0, Report.valid_to.is_(None))
    return ~exists().where(Report.link_id == Cooperation.id, goes_on)
