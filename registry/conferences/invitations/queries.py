"""Reading the list of invitations: its order, and what may go out at this moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from registry.access.policy import Who
from registry.actors.models import Actor, Contact, Status
from registry.actors.queries import locked
from registry.conferences.invitations.models import Beside, Individual, Invitation
from registry.conferences.models import Conference
from registry.conferences.queries import mine
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.text import fold
from registry.network.bodies.models import Body
from registry.upkeep.campaigns.planning.queries import blocked
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


def sendable(conference: Conference) -> dict[int, Sendable]:
    """Return for each invitation (by id) what may go out to it now.

    To be asked when something is sent, whatever the channel: objections, consents and what has
    become of an organisation count as they are then, not as they were when it was invited.
    """
    rows = db.session.execute(_standing(conference)).all()
    stopped = blocked(sorted({row.email for row in rows if row.email}))
    return {row.id: _judged(row, stopped) for row in rows}


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


def _judged(row: Row[Any], stopped: Mapping[str, str]) -> Sendable:
    if hindrance := _never(row, stopped):
        return Sendable(mail=False, post=False, hindrance=hindrance)
    against = _no_mail(row, stopped)
    post = bool(row.street and row.postcode and row.city)
    return Sendable(mail=against is None, post=post, hindrance=against)


def _never(row: Row[Any], stopped: Mapping[str, str]) -> Hindrance | None:
    if row.withdrawn_on:
        return Hindrance.WITHDRAWN
    if row.consent_withdrawn_on:
        return Hindrance.NO_CONSENT
    known = row.status == Status.PUBLISHED or row.body_id or row.individual_id
    if not known:
        return Hindrance.INACTIVE
    return Hindrance.OBJECTED if stopped.get(row.email) == OBJECTED else None


def _no_mail(row: Row[Any], stopped: Mapping[str, str]) -> Hindrance | None:
    if "@" not in (row.email or ""):  # none, or blackened
        return Hindrance.NO_ADDRESS
    of_contact = row.actor_id and "email" not in row.edited
    if of_contact and not row.use_for_invitations:
        return Hindrance.NO_CONSENT
    reason = stopped.get(row.email)
    if reason is None:
        return None
    return Hindrance.BOUNCED if reason == Hindrance.BOUNCED else Hindrance.SUPPRESSED
