"""Which actors lack something; each is a filter of the office's list."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, or_, select

from registry.actors.models import Actor, Contact, Place, Status


def _category() -> ColumnElement[bool]:
    return Actor.category_id.is_(None)


def _contact() -> ColumnElement[bool]:
    """Nobody could be asked: no contact has a telephone number or an address."""
    reachable = or_(Contact.phone.is_not(None), Contact.email.is_not(None))
    return Actor.id.not_in(select(Contact.actor_id).where(reachable))


def _coordinates() -> ColumnElement[bool]:
    unknown = select(Place.actor_id).where(Place.lat.is_(None), Place.confidential.is_(False))
    return Actor.id.in_(unknown)


DUE: dict[str, Callable[[], ColumnElement[bool]]] = {
    "category": _category,
    "contact": _contact,
    "coordinates": _coordinates,
}


def is_due(name: str) -> ColumnElement[bool]:
    """Return the condition for actors, drafts included, that are due for a reason in `DUE`."""
    return and_(Actor.status != Status.ARCHIVED, DUE[name]())
