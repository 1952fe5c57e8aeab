"""Seats of a conference: the one place that gives them, takes them back and passes them on.

Links, staff, imports, deputies and the waiting list all come here, so that no seat is given twice.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from registry.conferences.models import Conference
from registry.conferences.replies import queries
from registry.conferences.replies.models import Participant, Place
from registry.core.db import db, now

STAY_AWAY = (12, 25)  # per cent of those who promised, at conferences without a fee


def seat(
    conference: Conference,
    today: date,
    *,
    coming: Iterable[Participant] = (),
    leaving: Iterable[Participant] = (),
) -> Sequence[Participant]:
    """Seat those who come, let others go, and return who moved up from the waiting list.

    Whoever has a seat keeps it, whoever is new stands behind those who wait already, and free
    seats go to the first who wait. Until the transaction ends nobody else gets a seat.
    """
    queries.hold(conference)
    for each in leaving:
        each.place, each.waiting_since = Place.NONE, None
    new = [each for each in coming if each.place == Place.NONE]
    for each in new:
        each.place, each.waiting_since = Place.WAITING, now()
    db.session.add_all(new)
    db.session.flush()
    return [each for each in _move_up(conference, today) if each not in new]


def admit(
    conference: Conference, coming: Participant, *, leaving: Iterable[Participant] = ()
) -> None:
    """Give whoever stands at the door a seat, however many were promised one.

    Who is there is there: what is short by then are chairs, and the page of the day says so.
    """
    queries.hold(conference)
    for each in leaving:
        each.place, each.waiting_since = Place.NONE, None
    coming.place, coming.waiting_since = Place.SEAT, None
    db.session.add(coming)
    db.session.flush()


def _move_up(conference: Conference, today: date) -> Sequence[Participant]:
    if conference.state(today) in ("held", "cancelled"):
        return ()
    waiting = queries.load_waiting(conference)
    seated = waiting[: free(conference)]
    for each in seated:
        each.place, each.waiting_since = Place.SEAT, None
    db.session.flush()
    return seated


def most(conference: Conference) -> int | None:
    """Return how many seats can be promised, None for as many as are wanted."""
    return None if conference.seats is None else conference.seats + conference.overbooking


def free(conference: Conference) -> int | None:
    """Return how many seats are left, None for as many as are wanted."""
    limit = most(conference)
    return None if limit is None else max(0, limit - queries.seats_given(conference))


def turnout(promised: int) -> tuple[int, int]:
    """Return how many of those who promised come, at least and at most, by experience."""
    fewest, most_of_them = (round(promised * (100 - away) / 100) for away in reversed(STAY_AWAY))
    return fewest, most_of_them


def overbooked(seats: int) -> int:
    """Return how many more than there are seats can be promised if few stay away."""
    return seats * 100 // (100 - STAY_AWAY[0]) - seats
