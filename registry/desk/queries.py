"""Counting what is due; every number is that of the list it leads to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from sqlalchemy import exists, func, select

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.actors import queries as actors
from registry.actors.due.queries import DUE as DUE_ACTORS
from registry.actors.due.queries import is_due as actor_is_due
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers import queries as offers
from registry.offers.due.queries import DUE as DUE_OFFERS
from registry.offers.due.queries import is_due as offer_is_due
from registry.offers.models import Offer
from registry.vocabulary.models import Term

Count = Callable[[Who, date], int]


@dataclass(frozen=True)
class Source:
    """One line of the desk: how it is counted, and the list that shows what was counted."""

    key: str
    group: str
    allowed: Permission
    count: Count
    endpoint: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    key: str
    count: int
    endpoint: str
    arguments: dict[str, str]


def tasks(who: Who, day: date) -> dict[str, list[Task]]:
    """Return what `who` has to look after by group, each with its number, which may be 0."""
    found: dict[str, list[Task]] = {}
    for source in SOURCES:
        if may(who, source.allowed, None):
            task = Task(source.key, source.count(who, day), source.endpoint, source.arguments)
            found.setdefault(source.group, []).append(task)
    return found


def _offers(reason: str, who: Who, day: date) -> int:
    mine = offers.looked_after(who, Permission.OFFER_READ)
    query = select(func.count(Offer.id)).where(mine, offer_is_due(reason, day))
    return db.session.scalar(query) or 0


def _actors(reason: str, who: Who, _day: date) -> int:
    mine = actors.looked_after(who, Permission.ACTOR_READ)
    return db.session.scalar(select(func.count(Actor.id)).where(mine, actor_is_due(reason))) or 0


def _drafts(who: Who, _day: date) -> int:
    mine = offers.looked_after(who, Permission.OFFER_READ)
    query = select(func.count(Offer.id)).where(mine, Offer.status == Status.DRAFT)
    return db.session.scalar(query) or 0


def _missing_categories(_who: Who, _day: date) -> int:
    """Count the framework's groups of participants in which the register has nobody."""
    there = select(Actor.id).where(Actor.category_id == Term.id, Actor.status == Status.PUBLISHED)
    query = select(func.count(Term.id)).where(
        Term.scheme == "category", Term.framework, ~exists(there)
    )
    return db.session.scalar(query) or 0


def _of_offers(reason: str) -> Source:
    return Source(
        f"offers.{reason}",
        "running_out" if reason in ("ending", "runs", "legal_basis") else "incomplete",
        Permission.OFFER_READ,
        partial(_offers, reason),
        "offers_editing.office_list",
        {"due": reason},
    )


def _of_actors(reason: str) -> Source:
    return Source(
        f"actors.{reason}",
        "incomplete",
        Permission.ACTOR_READ,
        partial(_actors, reason),
        "actors_editing.office_list",
        {"due": reason},
    )


SOURCES: list[Source] = [
    *map(_of_offers, DUE_OFFERS),
    *map(_of_actors, DUE_ACTORS),
    Source(
        "offers.drafts",
        "incomplete",
        Permission.OFFER_READ,
        _drafts,
        "offers_editing.office_list",
        {"status": Status.DRAFT.value},
    ),
    Source(
        "categories",
        "incomplete",
        Permission.ACTOR_READ,
        _missing_categories,
        "actors.participants",
    ),
]
