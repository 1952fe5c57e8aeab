"""Reading responsibilities: all of a region, or those for one field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from registry.access.permissions import Permission
from registry.access.policy import In, Who, may
from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.bodies.models import Responsibility
from registry.network.catalogue.duties import Duty
from registry.vocabulary.models import Term


@dataclass(frozen=True)
class FieldDuties:
    """A field of action with who is responsible for it in a region.

    `version` is another one as soon as any of them was changed, added or taken away.
    """

    region: str
    field: Term
    duties: Sequence[Responsibility]

    @property
    def version(self) -> int:
        told = sorted((each.id, each.version) for each in self.duties)
        return crc32(repr(told).encode()) % 10**9


@dataclass(frozen=True)
class Agreed:
    """When and by whom a responsibility was agreed on."""

    actor: int
    field: str
    on: date | None
    by: str | None


def load_duties(who: Who, region: str, key: str, *, lock: bool = False) -> FieldDuties:
    """Return who is responsible for a field in a region, or raise NotFound."""
    if not may(who, Permission.NETWORK_READ, In(region)):
        raise NotFound
    term = select(Term).where(Term.scheme == "field", Term.key == key)
    # There may be no row yet: whoever changes the field's rows locks the field.
    field = db.session.scalar(term.with_for_update() if lock else term)
    if field is None:
        raise NotFound
    query = (
        select(Responsibility)
        .where(Responsibility.region == region, Responsibility.field_id == field.id)
        .options(selectinload(Responsibility.actor))
        .order_by(Responsibility.role, Responsibility.id)
        .execution_options(populate_existing=lock)
    )
    return FieldDuties(region, field, db.session.scalars(query).all())


def duties(region: str) -> tuple[list[Duty], dict[tuple[int, str], Agreed]]:
    """Return the responsibilities of published actors by name, and how each was agreed on."""
    query = (
        select(
            Responsibility.actor_id,
            Term.key,
            Responsibility.role,
            Responsibility.agreed_on,
            Responsibility.agreed_by,
        )
        .join(Actor, Actor.id == Responsibility.actor_id)
        .join(Term, Term.id == Responsibility.field_id)
        .where(Responsibility.region == region, Actor.status == Status.PUBLISHED)
        .order_by(func.lower(Actor.name), Actor.id)
    )
    rows = db.session.execute(query).all()
    agreed = {(row[0], row[1]): Agreed(row[0], row[1], row[3], row[4]) for row in rows}
    return [Duty(*row[:3]) for row in rows], agreed
