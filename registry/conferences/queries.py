"""Reading conferences: those of the own regions, and those where the own actor has a duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, or_, select, true

from registry.access.permissions import Permission, Role
from registry.access.policy import In, Who, may, regions_of
from registry.actors.queries import locked
from registry.conferences.invitations.models import Individual, Invitation
from registry.conferences.models import Conference, Day, Duty, state_of
from registry.conferences.series.models import Series
from registry.conferences.venues.models import Venue
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail.models import Mail
from registry.core.tokens import Link

SORTS = ("day", "title", "deadline")
DUE = ("deadline", "unsent")
NEAR = timedelta(days=14)  # so long before its deadline a conference is shown as due
TO_INVITE = timedelta(weeks=8)  # so long before it invitations should have gone out


@dataclass(frozen=True)
class ConferenceFilter:
    """Which conferences are asked for, "" for all that are not archived; and their order.

    `due` is one of DUE: the deadline of one that people are invited to is near, or one that is
    near has not been sent its invitations.
    """

    state: str = ""
    due: str = ""
    series: UUID | None = None
    sort: str = ""


@dataclass(frozen=True)
class ConferenceRow:
    """A conference as one line of the list."""

    uuid: UUID
    title: str
    motto: str | None
    series: str | None
    venue: str | None
    first_day: date | None
    last_day: date | None
    deadline: date | None
    state: str
    archived: bool
    example: bool


def mine(who: Who) -> ColumnElement[bool]:
    """Return the condition for conferences that `who` may see at all.

    What may be done there is the policy's to say, with the conference as the subject.
    """
    held = regions_of(who, Permission.CONFERENCE_READ)
    kept = [g.actor_id for g in who.grants if g.role is Role.ACTOR_EDITOR and g.actor_id]
    return or_(
        false(),
        *(Conference.region.startswith(region, autoescape=True) for region in held),
        exists().where(Duty.conference_id == Conference.id, Duty.actor_id.in_(kept)),
    )


def in_the_office(who: Who, conference: Conference) -> bool:
    """Return whether somebody may see what is not released: everyone of the office may.

    Whoever holds a duty outside of it sees contacts that are not released by function only.
    """
    return may(who, Permission.ACTOR_READ, In(conference.region))


def understood(who: Who, text: str) -> list[Conference]:
    """Return the conferences of which `text` is the public id, or begins it or the title."""
    wanted = text.strip().casefold()
    found = db.session.scalars(select(Conference).where(mine(who)).order_by(Conference.id)).all()
    begun = [c for c in found if str(c.uuid).startswith(wanted) or _title(c).startswith(wanted)]
    exact = [each for each in begun if wanted in (str(each.uuid), _title(each))]
    return exact if wanted and len(exact) == 1 else begun if wanted else []


def load_conference(who: Who, uuid: UUID, *, lock: bool = False) -> Conference:
    """Return a conference that `who` may see, or raise NotFound."""
    query = select(Conference).where(Conference.uuid == uuid, mine(who))
    found = db.session.scalar(locked(query, Conference) if lock else query)
    if found is None:
        raise NotFound
    return found


FIRST_DAY = select(func.min(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()
LAST_DAY = select(func.max(Day.day)).where(Day.conference_id == Conference.id).scalar_subquery()


def in_state(state: str, day: date) -> ColumnElement[bool]:
    """Return the condition for what `Conference.state` says, or for archived ones."""
    if state == "archived":
        return Conference.archived_on.is_not(None)
    over = and_(LAST_DAY.is_not(None), day > LAST_DAY)
    coming = and_(Conference.cancelled_on.is_(None), or_(LAST_DAY.is_(None), day <= LAST_DAY))
    conditions = {
        "cancelled": Conference.cancelled_on.is_not(None),
        "held": and_(Conference.cancelled_on.is_(None), over),
        "inviting": and_(coming, Conference.frozen_at.is_not(None)),
        "planned": and_(coming, Conference.frozen_at.is_(None)),
    }
    return and_(Conference.archived_on.is_(None), conditions[state])


def is_due(due: str, day: date) -> ColumnElement[bool]:
    """Return the condition for conferences that somebody should look at now; see DUE."""
    if due == "deadline":
        near = Conference.deadline.between(day, day + NEAR)
        return and_(in_state("inviting", day), near)
    if due == "unsent":
        soon = or_(day + TO_INVITE >= FIRST_DAY, Conference.deadline <= day + NEAR)
        return and_(in_state("planned", day), soon)
    return true()


def count_due(who: Who, due: str, day: date) -> int:
    query = select(func.count(Conference.id)).where(mine(who), is_due(due, day))
    return db.session.scalar(query) or 0


def office_list(
    who: Who, wanted: ConferenceFilter, day: date, *, page: int = 1, per_page: int = 50
) -> tuple[list[ConferenceRow], int]:
    """Return one page of conferences with their state on a day, and the total."""
    shown = in_state(wanted.state, day) if wanted.state else Conference.archived_on.is_(None)
    conditions = [mine(who), shown, is_due(wanted.due, day)]
    if wanted.series:
        of_series = select(Series.id).where(Series.uuid == wanted.series)
        conditions.append(Conference.series_id.in_(of_series))
    total = db.session.scalar(select(func.count(Conference.id)).where(*conditions)) or 0
    orders: dict[str, Any] = {
        "title": func.lower(Conference.title),
        "deadline": Conference.deadline,
    }
    sort = wanted.sort or "-day"
    order, down = orders.get(sort.removeprefix("-"), FIRST_DAY), sort.startswith("-")
    found = db.session.execute(
        select(Conference, FIRST_DAY, LAST_DAY, Series.name, Venue.name)
        .outerjoin(Series, Series.id == Conference.series_id)
        .outerjoin(Venue, Venue.id == Conference.venue_id)
        .where(*conditions)
        .order_by(
            # What has no day yet is still to come: it stands before all others.
            order.is_(None) if not down else order.is_not(None),
            order.desc() if down else order,
            Conference.id.desc(),
        )
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [_row(*each, day) for each in found], total


def _row(
    found: Conference,
    first: date | None,
    last: date | None,
    series: str | None,
    venue: str | None,
    day: date,
) -> ConferenceRow:
    return ConferenceRow(
        uuid=found.uuid,
        title=found.title,
        motto=found.motto,
        series=series,
        venue=venue,
        first_day=first,
        last_day=last,
        deadline=found.deadline,
        state=state_of(found, last, day),
        archived=found.archived_on is not None,
        example=found.example,
    )


def _title(conference: Conference) -> str:
    return conference.title.casefold()


def delete_mail_about(conferences: Iterable[Conference]) -> None:
    """Delete what the invitations of some conferences have in the outbox, with its links."""
    wanted = [each.id for each in conferences]
    about = select(Invitation.uuid).where(Invitation.conference_id.in_(wanted))
    db.session.flush()
    db.session.execute(delete(Mail).where(Mail.about.in_(about)))
    db.session.execute(delete(Link).where(Link.record.in_(about)))


def delete_examples(region: str) -> None:
    """Delete the series, venues, individuals and conferences of a region that are example data."""
    kinds: tuple[Any, ...] = (Conference, Series, Venue, Individual)
    own = (Conference.region == region, Conference.example.is_(True))
    delete_mail_about(db.session.scalars(select(Conference).where(*own)))
    for kind in kinds:
        db.session.execute(delete(kind).where(kind.region == region, kind.example.is_(True)))
