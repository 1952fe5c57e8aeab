"""What of a plan is ready and what is missing, before invitations go out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.conferences.dates import Against, Almanac, Obstacle

ENOUGH = timedelta(days=21)  # to answer an invitation


class Gap(StrEnum):
    """What is missing, or what somebody should look at."""

    DAYS = "days"
    VENUE = "venue"
    DEADLINE = "deadline"
    DUTIES = "duties"
    AGENDA = "agenda"
    NO_SEATS = "no_seats"
    VENUE_NO_SEATS = "venue_no_seats"
    VENUE_SMALL = "venue_small"
    STEPS = "steps"
    GROUPS_SMALL = "groups_small"
    OVER = "over"  # the first day lies in the past, and nobody has been invited
    SHORT = "short"  # less than three weeks to answer


@dataclass(frozen=True)
class Plan:
    """What is asked of a conference: `groups` are their minima and maxima (None: any number)."""

    days: Sequence[date]
    deadline: date | None
    seats: int | None
    duties: int
    items: int
    groups: Sequence[tuple[int, int | None]]
    venue: bool
    venue_seats: int | None
    step_free: str
    invited: bool


def gaps(plan: Plan, today: date) -> list[Gap]:
    """Return what is missing or doubtful, the most urgent first."""
    return [*_missing(plan, today), *_doubts(plan, today)]


def _missing(plan: Plan, today: date) -> Iterator[Gap]:
    if not plan.days:
        yield Gap.DAYS
    elif min(plan.days) < today and not plan.invited:
        yield Gap.OVER
    if not plan.venue:
        yield Gap.VENUE
    if plan.deadline is None:
        yield Gap.DEADLINE
    if plan.duties < 3:
        yield Gap.DUTIES
    if not plan.items:
        yield Gap.AGENDA


def _doubts(plan: Plan, today: date) -> Iterator[Gap]:
    if plan.seats == 0:
        yield Gap.NO_SEATS
    if plan.venue_seats == 0:
        yield Gap.VENUE_NO_SEATS
    elif plan.venue_seats and plan.seats and plan.venue_seats < plan.seats:
        yield Gap.VENUE_SMALL
    if plan.venue and plan.step_free != "yes":
        yield Gap.STEPS
    if _too_small(plan):
        yield Gap.GROUPS_SMALL
    if plan.deadline and not plan.invited and plan.deadline - today < ENOUGH:
        yield Gap.SHORT


def _too_small(plan: Plan) -> bool:
    """Return whether the groups together hold fewer than have a seat."""
    most = [largest for _least, largest in plan.groups]
    if not most or plan.seats is None or None in most:
        return False
    return sum(each or 0 for each in most) < plan.seats


def obstacles(plan: Plan, almanac: Almanac) -> list[Obstacle]:
    """Return what speaks against the days; that nobody knows is said once."""
    found = [each for day in plan.days for each in almanac.obstacles(day)]
    known = [each for each in found if each.against != Against.UNKNOWN]
    return known + [each for each in found if each.against == Against.UNKNOWN][:1]
