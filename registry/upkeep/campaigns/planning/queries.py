"""What is due, and who would be asked about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, literal, null, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors import queries as actor_queries
from registry.actors.freshness import months_before
from registry.actors.models import Actor, Contact, Status
from registry.core.db import db
from registry.core.i18n import ZONE
from registry.core.mail.models import Suppression
from registry.core.mail.suppression import digest
from registry.offers.models import Offer
from registry.regions import queries as regions
from registry.texts.translated import Translated
from registry.upkeep.campaigns.models import Campaign, Request
from registry.upkeep.campaigns.planning.choosing import Choice, Reachable, choose

AT_ONCE = 500  # digests in one question


@dataclass(frozen=True)
class DueRow:
    """An entry that nobody has confirmed for too long; `title` is None for the actor itself."""

    uuid: UUID
    title: Translated | None
    actor_uuid: UUID
    actor_name: str
    last_confirmed: date | None


@dataclass(frozen=True)
class Candidate:
    """An actor with something to be asked about: how many entries, how many of them are due."""

    id: int
    uuid: UUID
    name: str
    entries: int
    due: int
    choice: Choice


def current_offers(day: date) -> ColumnElement[bool]:
    """Return the condition for offers that everyone sees, or will when their time comes."""
    return and_(
        Offer.status == Status.PUBLISHED, or_(Offer.valid_to.is_(None), Offer.valid_to >= day)
    )


def due_now(who: Who, day: date) -> int:
    """Count the published actors and offers that should be confirmed now."""
    published, keys = _published(who)
    actors = select(func.count(Actor.id)).where(published, _actor_due(keys, day))
    late = (
        and_(
            Offer.actor_id.in_(select(Actor.id).where(published, Actor.region.in_(regions))),
            _not_since(Offer.last_confirmed, Offer.created_at, latest),
        )
        for latest, regions in _by_latest(keys, day, "offer_review_months")
    )
    offers = select(func.count(Offer.id)).where(current_offers(day), _any(late))
    return sum(db.session.scalar(query) or 0 for query in (actors, offers))


def due_list(who: Who, day: date, *, page: int = 1, per_page: int = 50) -> tuple[list[DueRow], int]:
    """Return one page of what is due, the longest unconfirmed first, and the total."""
    both = union_all(*_due(who, day)).subquery()
    total = db.session.scalar(select(func.count()).select_from(both)) or 0
    found = db.session.execute(
        select(both.c.actor_id, both.c.offer_id)
        .order_by(
            both.c.last_confirmed.is_not(None), both.c.last_confirmed, both.c.made, both.c.actor_id
        )
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    actors = _by_id(Actor, {key for key, _offer in found})
    offers = _by_id(Offer, {key for _actor, key in found if key})
    return [_due_row(actors[key], offers.get(offer)) for key, offer in found], total


def _due_row(actor: Actor, offer: Offer | None) -> DueRow:
    entry: Actor | Offer = offer or actor
    title = offer.title if offer else None
    return DueRow(entry.uuid, title, actor.uuid, actor.name, entry.last_confirmed)


def _by_id(kind: Any, ids: set[int]) -> dict[int, Any]:
    found = db.session.scalars(select(kind).where(kind.id.in_(ids))) if ids else ()
    return {row.id: row for row in found}


def _published(who: Who) -> tuple[ColumnElement[bool], Sequence[str]]:
    """Return the condition for the published actors `who` runs campaigns for, and their regions."""
    mine = actor_queries.looked_after(who, Permission.CAMPAIGN_MANAGE)
    published = and_(mine, Actor.status == Status.PUBLISHED)
    return published, db.session.scalars(select(Actor.region).where(published).distinct()).all()


def _due(who: Who, day: date) -> tuple[Any, Any]:
    published, keys = _published(who)
    actors = select(
        Actor.id.label("actor_id"),
        null().label("offer_id"),
        Actor.last_confirmed.label("last_confirmed"),
        Actor.created_at.label("made"),
    ).where(published, _actor_due(keys, day))
    offers = (
        select(Offer.actor_id, Offer.id, Offer.last_confirmed, Offer.created_at)
        .join(Actor, Actor.id == Offer.actor_id)
        .where(published, current_offers(day), _offer_due(keys, day))
    )
    return actors, offers


def _any(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(false(), *conditions)


def _actor_due(keys: Iterable[str], day: date) -> ColumnElement[bool]:
    return _any(
        and_(Actor.region.in_(same), _not_since(Actor.last_confirmed, Actor.created_at, latest))
        for latest, same in _by_latest(keys, day, "actor_review_months")
    )


def _offer_due(keys: Iterable[str], day: date) -> ColumnElement[bool]:
    return _any(
        and_(Actor.region.in_(same), _not_since(Offer.last_confirmed, Offer.created_at, latest))
        for latest, same in _by_latest(keys, day, "offer_review_months")
    )


def _by_latest(keys: Iterable[str], day: date, rule: str) -> Iterable[tuple[date, list[str]]]:
    """Return the days that are long enough ago, and the regions in which each is."""
    found: dict[date, list[str]] = {}
    for key in keys:
        found.setdefault(months_before(day, getattr(regions.rules(key), rule)), []).append(key)
    return found.items()


def _not_since(
    confirmed: InstrumentedAttribute[date | None],
    created: InstrumentedAttribute[datetime],
    latest: date,
) -> ColumnElement[bool]:
    """Return the condition for what was last confirmed, or else made, on that day or before."""
    midnight = datetime.combine(latest + timedelta(days=1), time(), ZONE).astimezone(UTC)
    return or_(confirmed <= latest, and_(confirmed.is_(None), created < midnight))


def candidates(region: str, day: date, *, everybody: bool) -> list[Candidate]:
    """Return the actors of a region's register of whom anything is due, or all of them, by name."""
    actors = db.session.execute(
        select(Actor.id, Actor.uuid, Actor.name, case((_actor_due([region], day), 1), else_=0))
        .where(Actor.region == region, Actor.status == Status.PUBLISHED)
        .order_by(func.lower(Actor.name), Actor.id)
    ).all()
    counts = _offers_of(region, day)
    found = [
        (key, uuid, name, 1 + counts.get(key, (0, 0))[0], itself + counts.get(key, (0, 0))[1])
        for key, uuid, name, itself in actors
    ]
    wanted = [row for row in found if everybody or row[-1]]
    choices = choices_of(Actor.region == region, _last_asked(region), day)
    return [Candidate(*row, choices(row[0])) for row in wanted]


def _offers_of(region: str, day: date) -> dict[int, tuple[int, int]]:
    """Return how many offers each actor has, and how many of them are due."""
    late = func.sum(case((_offer_due([region], day), 1), else_=literal(0)))
    found = db.session.execute(
        select(Offer.actor_id, func.count(Offer.id), late)
        .join(Actor, Actor.id == Offer.actor_id)
        .where(Actor.region == region, current_offers(day))
        .group_by(Offer.actor_id)
    )
    return {key: (count, due) for key, count, due in found}


def choices_of(
    inside: ColumnElement[bool], asked: Mapping[int, date], day: date
) -> Callable[[int], Choice]:
    """Return how each published actor of a region is asked; `asked` is when it was last time."""
    contacts = _contacts(inside)
    addresses = {each.email for rows in contacts.values() for each in rows if each.email}
    stopped = blocked(sorted(addresses))
    return lambda actor: choose(contacts.get(actor, ()), stopped, asked.get(actor), day)


def _contacts(inside: ColumnElement[bool]) -> dict[int, list[Reachable]]:
    names = ("id", "function", "email", "phone")
    uses = ("use_for_invitations", "publish_network", "publish_public")
    found = db.session.execute(
        select(Contact.actor_id, *(getattr(Contact, name) for name in (*names, *uses)))
        .join(Actor, Actor.id == Contact.actor_id)
        .where(inside, Actor.status == Status.PUBLISHED)
        .order_by(Contact.actor_id, Contact.position, Contact.id)
    )
    contacts: dict[int, list[Reachable]] = {}
    for actor, *values in found:
        contacts.setdefault(actor, []).append(Reachable(*values))
    return contacts


def blocked(addresses: Sequence[str]) -> dict[str, str]:
    """Return why each of the addresses that get no more mail does not."""
    by_digest: dict[str, list[str]] = {}
    for address in addresses:
        by_digest.setdefault(digest(address), []).append(address)
    keys, found = list(by_digest), {}
    for start in range(0, len(keys), AT_ONCE):
        piece = keys[start : start + AT_ONCE]
        rows = db.session.scalars(select(Suppression).where(Suppression.digest.in_(piece)))
        for row in rows:
            found.update(dict.fromkeys(by_digest[row.digest], row.reason))
    return found


def _last_asked(region: str) -> dict[int, date]:
    found = db.session.execute(
        select(Request.actor_id, func.max(Request.asked_on))
        .join(Campaign, Campaign.id == Request.campaign_id)
        .where(Campaign.region == region)
        .group_by(Request.actor_id)
    )
    return dict(iter(found))


def load_offers(actors: Sequence[int], day: date) -> dict[int, list[Offer]]:
    """Return the offers that actors are asked about, by actor."""
    found: list[Offer] = []
    for start in range(0, len(actors), AT_ONCE):
        piece = actors[start : start + AT_ONCE]
        query = select(Offer).where(Offer.actor_id.in_(piece), current_offers(day))
        found += db.session.scalars(query.order_by(Offer.actor_id, Offer.id))
    return {key: list(rows) for key, rows in groupby(found, key=attrgetter("actor_id"))}
