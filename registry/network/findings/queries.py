"""Reading findings, and all that rules look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import aliased

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors import hours
from registry.actors.models import Actor, Status
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.bodies.models import Body
from registry.network.bodies.queries import load_bodies
from registry.network.catalogue.cells import cells
from registry.network.catalogue.same_offers import OfferFacts, Slot
from registry.network.findings.models import Decision, Finding
from registry.network.findings.rules import Inputs
from registry.network.needs.queries import needed
from registry.network.queries import load_offers, load_state
from registry.network.trust import Thresholds
from registry.offers.models import Offer, OfferPlace, Run
from registry.regions import queries as regions
from registry.regions.models import Region
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.models import Term

GONE = "gone"  # asked for like a state: what is no longer found
BANDS = (("morning", time(12)), ("afternoon", time(17)), ("evening", time.max))


@dataclass(frozen=True)
class FindingFilter:
    """Which findings are asked for; "" for all of today."""

    kind: str = ""
    state: str = ""


def looked_after(who: Who) -> ColumnElement[bool]:
    """Return the condition for findings of regions whose network `who` reads."""
    read = regions_of(who, Permission.NETWORK_READ)
    return or_(*(Finding.region.startswith(ags, autoescape=True) for ags in read), false())


def listed(
    who: Who, wanted: FindingFilter, *, page: int = 1, per_page: int = 50
) -> tuple[list[Finding], int]:
    """Return one page of findings, the undecided and the newest first, and the total."""
    conditions = [looked_after(who), *_conditions(wanted)]
    total = db.session.scalar(select(func.count(Finding.id)).where(*conditions)) or 0
    query = select(Finding).where(*conditions)
    undecided = (Finding.state != Decision.NEW, Finding.state == Decision.DISMISSED)
    query = query.order_by(*undecided, Finding.found_on.desc(), Finding.id)
    found = db.session.scalars(query.limit(per_page).offset((page - 1) * per_page))
    return list(found), total


def _conditions(wanted: FindingFilter) -> Iterator[ColumnElement[bool]]:
    yield Finding.gone_on.is_not(None) if wanted.state == GONE else Finding.gone_on.is_(None)
    if wanted.state and wanted.state != GONE:
        yield Finding.state == wanted.state
    if wanted.kind:
        yield Finding.kind == wanted.kind


def count_new(who: Who) -> int:
    """Count the findings that nobody has decided on."""
    conditions = (looked_after(who), *_conditions(FindingFilter(state=Decision.NEW)))
    return db.session.scalar(select(func.count(Finding.id)).where(*conditions)) or 0


def seen_on(who: Who) -> date | None:
    """Return the last day on which the rules found something; None before the first time."""
    return db.session.scalar(select(func.max(Finding.seen_on)).where(looked_after(who)))


def load_finding(who: Who, uuid: UUID, *, lock: bool = False) -> Finding:
    """Return the finding or raise NotFound, whether it is missing or of another register."""
    query = select(Finding).where(Finding.uuid == uuid, looked_after(who))
    found = db.session.scalar(locked(query, Finding) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_findings(region: str) -> dict[str, Finding]:
    """Return all findings of a region by key; nobody else renews them meanwhile."""
    db.session.execute(select(Region.ags).where(Region.ags == region).with_for_update())
    found = db.session.scalars(locked(select(Finding).where(Finding.region == region), Finding))
    return {each.key: each for each in found}


def inputs(region: str, day: date) -> Inputs:
    """Return all that rules look at, as it is on a day."""
    rules = regions.rules(region)
    offers = _timed(load_offers(region, day), region, day)
    return Inputs(
        state=load_state(region, day),
        thresholds=Thresholds(rules.ranks_from, rules.thirds_from),
        offers=offers,
        bodies=load_bodies(region, day),
        fields=[term.key for term in vocabulary.terms("field") if term.valid_on(day)],
        cells=cells(needed(region), offers),
    )


def _timed(offers: Iterable[OfferFacts], region: str, day: date) -> list[OfferFacts]:
    """Add to offers what kind of service they are, at which levels, and when in the week."""
    kind, first, last = aliased(Term), aliased(Term), aliased(Term)
    query = (
        _of_region(select(Offer.uuid, kind.key, first.key, last.key), region)
        .outerjoin(kind, kind.id == Offer.service_type_id)
        .outerjoin(first, first.id == Offer.level_from_id)
        .outerjoin(last, last.id == Offer.level_to_id)
    )
    kinds = {str(row[0]): row[1:] for row in db.session.execute(query)}
    slots = _slots(region, day)
    return [
        replace(
            each,
            kind=kinds[each.key][0],
            levels=tuple(level for level in kinds[each.key][1:] if level),
            slots=tuple(sorted(slots.get(each.key, ()))),
        )
        for each in offers
    ]


def _slots(region: str, day: date) -> dict[str, set[Slot]]:
    """Return by offer when in the week it takes place: its own times, not those of a building."""
    at_places = _of_region(select(Offer.uuid, OfferPlace.own_hours), region)
    at_places = at_places.join(OfferPlace, OfferPlace.offer_id == Offer.id)
    at_places = at_places.where(OfferPlace.own_hours.is_not(None))
    running = or_(Run.ends_on.is_(None), Run.ends_on >= day)
    in_runs = _of_region(select(Offer.uuid, Run.times), region).join(Run, Run.offer_id == Offer.id)
    in_runs = in_runs.where(Run.times.is_not(None), running)
    monday = day - timedelta(days=day.weekday())
    found: dict[str, set[Slot]] = {}
    for query in (at_places, in_runs):
        for uuid, text in db.session.execute(query):
            found.setdefault(str(uuid), set()).update(_bands(text, monday))
    return found


def _bands(text: str, monday: date) -> Iterator[Slot]:
    for weekday, spans in enumerate(hours.week(text, monday) or ()):
        for start, _end in spans:
            yield weekday, next(band for band, until in BANDS if start < until)


def _of_region(query: Any, region: str) -> Any:
    inside = Actor.region.startswith(region, autoescape=True)
    return query.join(Actor, Actor.id == Offer.actor_id).where(inside)


def actor_names(uuids: Iterable[str]) -> dict[str, str]:
    """Return the names of published actors by public id."""
    published = Actor.status == Status.PUBLISHED
    return _by_uuid(select(Actor.uuid, Actor.name).where(published), Actor.uuid, uuids)


def body_names(uuids: Iterable[str]) -> dict[str, str]:
    """Return the names of bodies by public id."""
    return _by_uuid(select(Body.uuid, Body.name), Body.uuid, uuids)


def offer_titles(uuids: Iterable[str]) -> dict[str, Any]:
    """Return the titles of offers by public id, in all their languages."""
    return _by_uuid(select(Offer.uuid, Offer.title), Offer.uuid, uuids)


def _by_uuid(query: Any, column: Any, uuids: Iterable[str]) -> dict[str, Any]:
    wanted = {UUID(each) for each in uuids}
    found = db.session.execute(query.where(column.in_(wanted))) if wanted else ()
    return {str(uuid): name for uuid, name in found}
