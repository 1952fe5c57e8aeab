"""Reading those who may be invited in person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.conferences.invitations.models import Individual, Invitation, Pick
from registry.conferences.replies.models import Participant
from registry.core.db import db
from registry.core.errors import NotFound
from registry.regions import queries as regions

SORTS = ("name", "category", "consent_on")


@dataclass(frozen=True)
class Wanted:
    """Which individuals are asked for, "" for all; and their order."""

    category: str = ""
    sort: str = "name"


def region_of(who: Who) -> str:
    """Return the region (AGS) whose individuals somebody keeps; "" if none."""
    own, register = regions_of(who, Permission.CONFERENCE_EDIT), regions.register()
    if register and any(register.ags.startswith(ags) for ags in own):
        return register.ags
    return next((ags for ags in own if ags), "")


def looked_after(who: Who) -> ColumnElement[bool]:
    own = regions_of(who, Permission.CONFERENCE_EDIT)
    return or_(*(Individual.region.startswith(ags, autoescape=True) for ags in own), false())


def listed(
    who: Who, wanted: Wanted, *, page: int = 1, per_page: int = 50
) -> tuple[Sequence[Individual], int]:
    """Return one page of individuals and the total."""
    conditions = [looked_after(who)]
    if wanted.category:
        conditions.append(Individual.category == wanted.category)
    total = db.session.scalar(select(func.count(Individual.id)).where(*conditions)) or 0
    name = wanted.sort.removeprefix("-")
    orders = {"category": Individual.category, "consent_on": Individual.consent_on}
    order = orders.get(name, func.lower(Individual.family_name))
    by_name = (func.lower(Individual.family_name), func.lower(Individual.given_name), Individual.id)
    query = select(Individual).where(*conditions)
    query = query.order_by(order.desc() if wanted.sort.startswith("-") else order, *by_name)
    return db.session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all(), total


def load_individual(who: Who, uuid: UUID, *, lock: bool = False) -> Individual:
    """Return an individual or raise NotFound, whether missing or of another region."""
    query = select(Individual).where(Individual.uuid == uuid, looked_after(who))
    found = db.session.scalar(locked(query, Individual) if lock else query)
    if found is None:
        raise NotFound
    return found


def invitations_of(person: Individual) -> Sequence[Invitation]:
    """Return the invitations that name somebody."""
    query = select(Invitation).where(Invitation.individual_id == person.id)
    return db.session.scalars(query).all()


def themselves(rows: Sequence[Invitation]) -> Sequence[Participant]:
    """Return the participants that are the invited themselves, not their deputies."""
    keys = [row.id for row in rows]
    query = select(Participant).where(Participant.invitation_id.in_(keys), ~Participant.deputy)
    return db.session.scalars(query).all()


def picks_of(person: Individual) -> Sequence[Pick]:
    return db.session.scalars(select(Pick).where(Pick.individual_id == person.id)).all()
