"""Counting what no other feature counts; every number is that of a list."""

from datetime import date

from sqlalchemy import exists, func, select

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors import queries as actors
from registry.actors.due.queries import is_due as actor_is_due
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.offers import queries as offers
from registry.offers.due.queries import is_due as offer_is_due
from registry.offers.models import Offer
from registry.vocabulary.models import Term


def offers_due(reason: str, who: Who, day: date) -> int:
    mine = offers.looked_after(who, Permission.OFFER_READ)
    query = select(func.count(Offer.id)).where(mine, offer_is_due(reason, day))
    return db.session.scalar(query) or 0


def actors_due(reason: str, who: Who, _day: date) -> int:
    mine = actors.looked_after(who, Permission.ACTOR_READ)
    return db.session.scalar(select(func.count(Actor.id)).where(mine, actor_is_due(reason))) or 0


def drafts(who: Who, _day: date) -> int:
    mine = offers.looked_after(who, Permission.OFFER_READ)
    query = select(func.count(Offer.id)).where(mine, Offer.status == Status.DRAFT)
    return db.session.scalar(query) or 0


def missing_categories(_who: Who, _day: date) -> int:
    """Count the framework's groups of participants in which the register has nobody."""
    there = select(Actor.id).where(Actor.category_id == Term.id, Actor.status == Status.PUBLISHED)
    query = select(func.count(Term.id)).where(
        Term.scheme == "category", Term.framework, ~exists(there)
    )
    return db.session.scalar(query) or 0
