"""Reading the list of invitations: its order, and what may go out at this moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import joinedload

from registry.access.policy import Who
from registry.actors.models import Actor, Contact, Status
from registry.actors.queries import locked
from registry.conferences.invitations.address import person
from registry.conferences.invitations.models import Beside, Individual, Invitation, Pick
from registry.conferences.models import Conference
from registry.conferences.queries import mine
from registry.conferences.replies.models import Participant, Place
from registry.conferences.rounds import by_rank, wished
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail.models import Suppression
from registry.core.mail.suppression import digest
from registry.core.text import fold
from registry.network.bodies.models import Body
from registry.vocabulary import queries as vocabulary

OBJECTED = "objected"


class Hindrance(StrEnum):
    """Why nothing goes out to an invitation by any channel, or no mail."""

    WITHDRAWN = "withdrawn"  # the invitation was
    INACTIVE = "inactive"  # the organisation is no longer published, or gone
    NO_CONSENT = "no_consent"
    OBJECTED = "objected"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Sendable:
    """What may go out to an invitation at this moment; why not, where something may not."""

    mail: bool
    post: bool
    hindrance: Hindrance | None = None


def category_order() -> dict[str, int]:
    """Return the place of each category: the framework's in their order, then those beside."""
    keys = [*vocabulary.schemes().get("category", {}), *Beside]
    return {str(key): number for number, key in enumerate(keys)}


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Put rows of the list into the order that screen, files, letters and labels share."""
    order = category_order()
    last = len(order)

    def place(row: Any) -> tuple[Any, ...]:
        numbered = (row.number is None, row.number or 0)
        name = fold(row.organisation or f"{row.family_name} {row.given_name}")
        return (*numbered, order.get(row.category, last), name, row.id)

    return sorted(rows, key=place)


def listed(conference: Conference, *, withdrawn: bool = False) -> Sequence[Invitation]:
    """Return the invitations of a conference in the order that is the same everywhere.

    By number once the list is frozen, before by category and name; withdrawn ones if asked for.
    """
    query = select(Invitation).where(Invitation.conference_id == conference.id)
    if not withdrawn:
        query = query.where(Invitation.withdrawn_on.is_(None))
    return in_order(db.session.scalars(query))


def load_invitation(who: Who, uuid: UUID, *, lock: bool = False) -> Invitation:
    """Return an invitation of a conference that `who` may see, or raise NotFound."""
    query = (
        select(Invitation)
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(Invitation.uuid == uuid, mine(who))
        .options(joinedload(Invitation.conference))
    )
    found = db.session.scalar(locked(query, Invitation) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_picks_of(row: Invitation) -> list[Pick]:
    """Return what was chosen by hand about whom an invitation is for: one or nothing."""
    keys = ("actor_id", "body_id", "individual_id")
    same = [getattr(Pick, key) == value for key in keys if (value := getattr(row, key)) is not None]
    query = select(Pick).where(Pick.conference_id == row.conference_id, *same)
    return list(db.session.scalars(query)) if same else []


def last_number(conference: Conference) -> int:
    """Return the highest number in the list, 0 where none was given yet."""
    query = select(func.max(Invitation.number)).where(Invitation.conference_id == conference.id)
    return db.session.scalar(query) or 0


def forget_withdrawn(conference: Conference) -> None:
    """Delete what was taken out before anything was sent."""
    db.session.execute(
        delete(Invitation).where(
            Invitation.conference_id == conference.id,
            Invitation.withdrawn_on.is_not(None),
            Invitation.invited_on.is_(None),
        )
    )


def sendable(conference: Conference, only: int | None = None) -> dict[int, Sendable]:
    """Return for each invitation (by id), or for one alone, what may go out to it now.

    To be asked when something is sent, whatever the channel: objections, consents and what has
    become of an organisation count as they are then, not as they were when it was invited.
    """
    query = _standing(conference)
    rows = db.session.execute(query if only is None else query.where(Invitation.id == only)).all()
    against = stopped(row.email for row in rows if row.email)
    return {row.id: _judged(row, against) for row in rows}


def stopped(addresses: Iterable[str]) -> dict[str, str]:
    """Return why each of the addresses that get no more mail does not, in one statement."""
    query = select(Suppression.digest, Suppression.reason)
    reasons = dict(iter(db.session.execute(query)))
    return {each: reasons[key] for each in addresses if (key := digest(each)) in reasons}


def _standing(conference: Conference) -> Any:
    names = ("id", "email", "street", "postcode", "city", "edited", "withdrawn_on")
    keys = ("actor_id", "body_id", "individual_id", "contact_id")
    return (
        select(
            *(getattr(Invitation, name) for name in (*names, *keys)),
            Actor.status,
            Contact.use_for_invitations,
            Individual.withdrawn_on.label("consent_withdrawn_on"),
            Body.id.label("body"),
        )
        .outerjoin(Actor, Actor.id == Invitation.actor_id)
        .outerjoin(Contact, Contact.id == Invitation.contact_id)
        .outerjoin(Individual, Individual.id == Invitation.individual_id)
        .outerjoin(Body, Body.id == Invitation.body_id)
        .where(Invitation.conference_id == conference.id)
    )


def _judged(row: Row[Any], against: Mapping[str, str]) -> Sendable:
    if never := _never(row, against):
        return Sendable(mail=False, post=False, hindrance=never)
    no_mail = _no_mail(row, against)
    post = bool(row.street and row.postcode and row.city)
    return Sendable(mail=no_mail is None, post=post, hindrance=no_mail)


def _never(row: Row[Any], against: Mapping[str, str]) -> Hindrance | None:
    if row.withdrawn_on:
        return Hindrance.WITHDRAWN
    if row.consent_withdrawn_on:
        return Hindrance.NO_CONSENT
    known = row.status == Status.PUBLISHED or row.body_id or row.individual_id
    if not known:
        return Hindrance.INACTIVE
    return Hindrance.OBJECTED if against.get(row.email) == OBJECTED else None


def _no_mail(row: Row[Any], against: Mapping[str, str]) -> Hindrance | None:
    if "@" not in (row.email or ""):  # none, or blackened
        return Hindrance.NO_ADDRESS
    of_contact = row.actor_id and "email" not in row.edited
    if of_contact and not row.use_for_invitations:
        return Hindrance.NO_CONSENT
    reason = against.get(row.email)
    if reason is None:
        return None
    return Hindrance.BOUNCED if reason == Hindrance.BOUNCED else Hindrance.SUPPRESSED


@dataclass(frozen=True)
class Coming:
    """Somebody who was named in an answer, with the titles of the groups wished for by rank."""

    name: str
    deputy: bool
    wishes: tuple[str, ...]


def coming(conference: Conference) -> dict[int, list[Coming]]:
    """Return by invitation who comes for it, or waits for a seat."""
    query = (
        select(Participant)
        .where(Participant.conference_id == conference.id, Participant.place != Place.NONE)
        .order_by(Participant.invitation_id, Participant.position, Participant.id)
    )
    found: dict[int, list[Coming]] = {}
    for row in db.session.scalars(query):
        wishes = by_rank(wished(conference, row.wishes or ()))
        said = Coming(person(row), row.deputy, tuple(wishes))
        found.setdefault(row.invitation_id, []).append(said)
    return found


@dataclass(frozen=True)
class ListRow:
    """An invitation as the list shows it."""

    id: int
    uuid: UUID
    version: int
    number: int | None
    individual_id: int | None
    category: str
    organisation: str
    unit: str | None
    function: str | None
    form: str
    title: str | None
    office_title: str | None
    given_name: str | None
    family_name: str | None
    street: str | None
    postcode: str | None
    city: str | None
    email: str | None
    phone: str | None
    channel: str
    seats: int
    reasons: list[Any]
    edited: list[str]
    released: bool
    late: bool
    remark: str | None
    invited_on: date | None
    withdrawn_on: date | None
    reply: str

    @property
    def hidden(self) -> bool:
        """Return whether only the office may see contact and person."""
        return not self.released


def table(conference: Conference, *, withdrawn: bool = False) -> list[ListRow]:
    """Return the whole list in its order, once it was sent with what was withdrawn since."""
    query = select(*(getattr(Invitation, name) for name in ListRow.__dataclass_fields__))
    query = query.where(Invitation.conference_id == conference.id)
    if conference.frozen_at is None and not withdrawn:
        query = query.where(Invitation.withdrawn_on.is_(None))
    return in_order(ListRow(*row) for row in db.session.execute(query))


CONTACT = ("form", "title", "office_title", "given_name", "family_name", "email", "phone")
HOUSE = ("street", "postcode", "city")


def as_seen(row: ListRow, *, inside: bool) -> ListRow:
    """Return a row as somebody may see it: outside the office by function, where not released."""
    if inside or row.released:
        return row
    blank: dict[str, Any] = {name: "none" if name == "form" else None for name in CONTACT}
    if row.individual_id is not None:
        blank |= dict.fromkeys(HOUSE)
    return replace(row, **blank, remark=None)


@dataclass(frozen=True)
class Told:
    """What the list says besides its rows: the deadline, who comes."""

    deadline: date | None
    coming: Mapping[int, Sequence[Coming]]

    def of(self, row: ListRow) -> Sequence[Coming]:
        return self.coming.get(row.id, ())

    def wish(self, row: ListRow, number: int) -> str:
        """Return the first (0) or second wish of each who comes."""
        wishes = (each.wishes[number] for each in self.of(row) if len(each.wishes) > number)
        return "; ".join(wishes)


def told(conference: Conference) -> Told:
    """Return what the list says besides its rows."""
    return Told(conference.deadline, coming(conference))
