"""Which contacts still have to be told what is kept of them, and which must go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.models import Actor, Basis, Contact
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail.models import Mail, State

MONTH = timedelta(days=30)
NOTICE = "privacy_notice"
LOST = (State.BOUNCED, State.DEAD, State.HELD)


@dataclass(frozen=True)
class Uninformed:
    """A contact that has to be told; without `email` it has to be told otherwise."""

    actor: UUID
    actor_name: str
    function: str
    email: str | None
    entered_on: date
    overdue: bool


def _to_be_told() -> ColumnElement[bool]:
    """Whoever gave the details itself, or consented, was told by the form."""
    return and_(
        Contact.informed_on.is_(None),
        Contact.own_details.is_(False),
        Contact.legal_basis != Basis.CONSENT,
        or_(Contact.email.is_not(None), Contact.phone.is_not(None)),
    )


def _looked_after(who: Who) -> ColumnElement[bool]:
    regions = regions_of(who, Permission.PRIVACY_MANAGE)
    return or_(false(), *(Actor.region.startswith(each, autoescape=True) for each in regions))


def load_at_address(session: Session, address: str) -> Sequence[Contact]:
    """Return the contacts with this address that have not been told yet."""
    same = func.lower(Contact.email) == address.strip().lower()
    return session.scalars(select(Contact).where(same, _to_be_told())).all()


def load_not_told(contacts: Collection[int]) -> Sequence[Contact]:
    """Return those of some contacts (internal ids) that have not been told yet."""
    query = select(Contact).where(Contact.id.in_(contacts), _to_be_told())
    return db.session.scalars(query.options(selectinload(Contact.actor))).all()


def load_by_ids(uuids: Sequence[UUID]) -> Sequence[Contact]:
    """Return contacts by their public ids, whoever may look after them."""
    query = select(Contact).options(selectinload(Contact.actor)).where(Contact.uuid.in_(uuids))
    return db.session.scalars(query.order_by(Contact.id)).all()


def load_due(who: Who, entered_until: date) -> Sequence[tuple[Contact, str]]:
    """Return each contact to be told by mail that was entered until a day, and its region.

    Left out is to whom a notice is on its way, or got lost: it has to be told otherwise.
    """
    underway = select(func.lower(Mail.recipient)).where(
        Mail.kind == NOTICE, Mail.state != State.CANCELLED
    )
    found = db.session.execute(
        select(Contact, Actor.region)
        .join(Actor, Actor.id == Contact.actor_id)
        .where(_looked_after(who), _to_be_told(), Contact.email.is_not(None))
        .where(Contact.entered_on <= entered_until, func.lower(Contact.email).not_in(underway))
        .order_by(Contact.id)
    )
    return [(contact, region) for contact, region in found]


def _of_letters(who: Who) -> Select[Contact]:
    """Return contacts that no notice reaches by mail: no address, or the notice got lost."""
    lost = select(func.lower(Mail.recipient)).where(Mail.kind == NOTICE, Mail.state.in_(LOST))
    unreached = or_(Contact.email.is_(None), func.lower(Contact.email).in_(lost))
    query = select(Contact).join(Actor, Actor.id == Contact.actor_id)
    return query.where(_looked_after(who), _to_be_told(), unreached)


def count_letters(who: Who) -> int:
    """Count the contacts that have to be told by letter or telephone."""
    return db.session.scalar(_of_letters(who).with_only_columns(func.count(Contact.id))) or 0


def load_for_letters(who: Who, *, page: int, per_page: int) -> tuple[Sequence[Contact], int]:
    """Return one page of the contacts to be told by letter, the oldest first, and their number."""
    query = _of_letters(who).options(contains_eager(Contact.actor))
    rows = query.order_by(Contact.entered_on, Contact.id).offset((page - 1) * per_page)
    return db.session.scalars(rows.limit(per_page)).all(), count_letters(who)


def load_contact(who: Who, uuid: UUID) -> Contact:
    """Return a contact that `who` looks after, its actor locked, or raise NotFound."""
    query = select(Contact).join(Actor, Actor.id == Contact.actor_id)
    found = db.session.scalar(query.where(_looked_after(who), Contact.uuid == uuid))
    if found is None:
        raise NotFound
    db.session.refresh(found.actor, with_for_update=True)
    return found


def uninformed(
    who: Who, day: date, *, late: bool = False, page: int, per_page: int
) -> tuple[list[Uninformed], int]:
    """Return one page of the contacts to be told, the oldest first, and their number.

    `late`: only those that should have been told by now.
    """
    conditions = [_looked_after(who), _to_be_told()]
    conditions += [_overdue(day)] if late else []
    joined = select(Contact).join(Actor, Actor.id == Contact.actor_id).where(*conditions)
    total = db.session.scalar(joined.with_only_columns(func.count(Contact.id))) or 0
    columns = (Actor.uuid, Actor.name, Contact.function, Contact.email, Contact.entered_on)
    found = db.session.execute(
        joined.with_only_columns(*columns)
        .order_by(Contact.entered_on, Contact.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [Uninformed(*row, overdue=row.entered_on <= day - MONTH) for row in found], total


def count_overdue(who: Who, day: date) -> int:
    """Count the contacts that should have been told by now: entered a month ago or earlier."""
    query = select(func.count(Contact.id)).join(Actor, Actor.id == Contact.actor_id)
    return db.session.scalar(query.where(_looked_after(who), _to_be_told(), _overdue(day))) or 0


def _overdue(day: date) -> ColumnElement[bool]:
    return Contact.entered_on <= day - MONTH
