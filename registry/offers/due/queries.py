"""Which offers lack something or run out soon; each is a filter of the office's list."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from registry.actors.models import Contact, Place, Status
from registry.offers.models import Offer, OfferPlace, OfferTerm, Run
from registry.vocabulary.models import Term

SOON = timedelta(days=60)
LEGAL_WARNING = timedelta(days=120)
_other = aliased(Offer)


def _coordinates(_day: date) -> ColumnElement[bool]:
    return _at_a_place(Place.lat.is_(None), Place.confidential.is_(False))


def _hours(_day: date) -> ColumnElement[bool]:
    unknown = _at_a_place(OfferPlace.own_hours.is_(None), Place.hours.is_(None))
    return and_(Offer.by_appointment.is_(False), unknown)


def _contact(_day: date) -> ColumnElement[bool]:
    """Neither an own contact nor one of the provider, no telephone at a place, no booking page."""
    reachable = or_(Contact.phone.is_not(None), Contact.email.is_not(None))
    of_provider = exists(
        select(Contact.id).where(
            Contact.actor_id == Offer.actor_id, Contact.publish_public, reachable
        )
    )
    # As a set, too: the few without a contact of their own are found by the index.
    bare = select(_other.id).where(_other.contact_id.is_(None), _other.booking_url.is_(None))
    return and_(
        Offer.id.in_(bare),
        ~of_provider,
        ~_at_a_place(Place.phone.is_not(None)),
    )


def _at_a_place(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # As a set, not one by one: the few places come first, and then their offers.
    at = select(OfferPlace.offer_id).join(Place, Place.id == OfferPlace.place_id)
    return Offer.id.in_(at.where(*conditions))


def _ending(day: date) -> ColumnElement[bool]:
    return Offer.valid_to.between(day, day + SOON)


def _runs(day: date) -> ColumnElement[bool]:
    """A course all of whose runs have begun: nobody can join it any more."""
    last = func.max(Run.starts_on)
    return Offer.id.in_(select(Run.offer_id).group_by(Run.offer_id).having(last <= day))


def _legal_basis(day: date) -> ColumnElement[bool]:
    ending = select(Term.id).where(
        Term.scheme == "legal_basis", Term.valid_to <= day + LEGAL_WARNING
    )
    return Offer.id.in_(select(OfferTerm.offer_id).where(OfferTerm.term_id.in_(ending)))


DUE: dict[str, Callable[[date], ColumnElement[bool]]] = {
    "coordinates": _coordinates,
    "hours": _hours,
    "contact": _contact,
    "ending": _ending,
    "runs": _runs,
    "legal_basis": _legal_basis,
}


# Those found as a set of ids.
SETS = DUE.keys() - {"ending"}
# What time makes of a published offer is a filter, too, and nothing anybody has to do.
FILTERS: dict[str, Callable[[date], ColumnElement[bool]]] = {
    **DUE,
    "scheduled": lambda day: Offer.valid_from > day,
    "expired": lambda day: Offer.valid_to < day,
}


def is_due(name: str, day: date) -> ColumnElement[bool]:
    """Return the condition for published offers that a filter in `FILTERS` wants."""
    # The status is not looked up by its index: the few that lack something come first.
    published = func.coalesce(Offer.status, "") == Status.PUBLISHED
    return and_(published if name in SETS else Offer.status == Status.PUBLISHED, FILTERS[name](day))
