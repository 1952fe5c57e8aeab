"""What every round of asking shares: its last day, who can be reminded, how long its links open."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.actors.models import Actor, Contact
from registry.core.db import now
from registry.core.errors import Invalid
from registry.core.i18n import ZONE
from registry.core.mail.models import Mail, State
from registry.upkeep.campaigns.planning import queries as planning
from registry.upkeep.campaigns.planning.choosing import Obstacle, Why

GRACE = timedelta(days=14)  # for which a link opens after the deadline
CAME_BACK = (State.BOUNCED, State.DEAD, State.HELD)
REASONS = {
    Why.INVITATIONS: _l("may be used for invitations"),
    Why.NETWORK: _l("known to the network"),
    Why.PUBLIC: _l("public contact"),
    Why.ONLY: _l("the only contact with an address"),
    Obstacle.NO_ADDRESS: _l("no contact with an e-mail address"),
    Obstacle.BOUNCED: _l("mail to this actor comes back"),
    Obstacle.SUPPRESSED: _l("the address is blocked"),
    Obstacle.OBJECTED: _l("objected to mail"),
    Obstacle.ASKED_RECENTLY: _l("was asked within the last 30 days"),
}


class Addressed(Protocol):
    """One actor that was asked, at a contact and with a mail if it could be written to."""

    @property
    def contact(self) -> Contact | None: ...
    @property
    def mail(self) -> Mail | None: ...
    @property
    def asked_on(self) -> date: ...


class Planned(Protocol):
    """A round of asking as far as its reminders go."""

    @property
    def started_on(self) -> date | None: ...
    @property
    def reminder_days(self) -> list[int]: ...


Row = TypeVar("Row", bound=Addressed)


def check_deadline(deadline: date, today: date) -> None:
    """Refuse a last day that has passed, or lies more than a year ahead."""
    if deadline <= today:
        raise Invalid({"deadline": [_("Please choose a day that is still to come.")]})
    if deadline > today + timedelta(days=366):
        raise Invalid({"deadline": [_("Please choose a day within a year.")]})


def fill(plan: Any, data: Mapping[str, Any], today: date) -> None:
    """Set what a plan says: no reminders are an empty list, and its last day is checked."""
    if "deadline" in data:
        check_deadline(data["deadline"], today)
    for name, value in data.items():
        setattr(plan, name, value or [] if name == "reminder_days" else value)


def steps_behind(plan: Planned, today: date) -> int:
    """Return how many of the reminder days are over."""
    days = (today - (plan.started_on or today)).days
    return sum(number <= days for number in plan.reminder_days)


def address(row: Addressed) -> str:
    return (row.contact.email if row.contact else None) or ""


def came_back(row: Addressed) -> bool:
    return row.mail is not None and row.mail.state in CAME_BACK


def remindable(rows: Iterable[Row], today: date) -> list[Row]:
    """Return whom a reminder reaches: nobody twice a day, nobody whose mail comes back."""
    reachable = [row for row in rows if address(row) and row.asked_on < today]
    kept = [row for row in reachable if not (came_back(row) and _same_address(row))]
    stopped = planning.blocked([address(row) for row in kept])
    return [row for row in kept if address(row) not in stopped]


def _same_address(row: Addressed) -> bool:
    return row.mail is not None and row.mail.recipient == address(row)


def lasting(deadline: date) -> timedelta:
    """Return for how long from now a link opens, until some days after the last one."""
    last = deadline + GRACE + timedelta(days=1)
    return datetime.combine(last, time(), ZONE).astimezone(UTC) - now()


def line(text: str) -> str:
    return " ".join(text.split())


def telephones(actor: Actor) -> list[tuple[str, str]]:
    """Return the numbers of an actor and what each reaches: for staff, whatever is public."""
    numbers = [(c.function, c.phone) for c in actor.contacts if c.phone]
    return numbers + [
        (_("Confidential place") if p.confidential else p.name, p.phone)
        for p in actor.places
        if p.phone
    ]
