"""Reading the accounts that somebody administers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, update

from registry.access.permissions import Permission
from registry.access.policy import PUBLIC, Grant, Who, regions_of
from registry.accounts.models import User, UserGrant
from registry.core.db import db
from registry.core.errors import NotFound
from registry.core.mail.models import Mail, State
from registry.core.tokens import Link


@dataclass(frozen=True)
class PersonRow:
    """An account as one line of a list; its grants are those that the reader administers."""

    uuid: UUID
    email: str
    state: str
    second_factor: bool
    signed_in_at: datetime | None
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class PersonFilter:
    q: str = ""
    state: str = ""


STATES: dict[str, ColumnElement[bool]] = {
    "active": and_(User.active, User.password_hash != ""),
    "invited": and_(User.active, User.password_hash == ""),
    "closed": User.active.is_(False),
}
_SORTS = {"email": User.email, "signed_in": User.signed_in_at}


def state_of(user: User) -> str:
    """Return active, invited or closed."""
    if not user.active:
        return "closed"
    return "invited" if user.invited else "active"


def visible_to(who: Who) -> ColumnElement[bool]:
    """Return the condition for accounts with a role, or else a home, where `who` administers."""
    managed = regions_of(who, Permission.USER_MANAGE)
    granted = or_(false(), *(UserGrant.region.startswith(region) for region in managed))
    at_home = or_(false(), *(User.home.startswith(region) for region in managed))
    return or_(
        User.grants.any(granted),
        and_(~User.grants.any(), at_home),
    )


def people(
    who: Who, wanted: PersonFilter, *, sort: str = "email", page: int = 1, per_page: int = 50
) -> tuple[list[PersonRow], int]:
    """Return one page of accounts, and the total."""
    conditions = [visible_to(who), User.email.contains(wanted.q.strip().lower(), autoescape=True)]
    if wanted.state:
        conditions.append(STATES[wanted.state])
    total = db.session.scalar(select(func.count(User.id)).where(*conditions)) or 0
    order = _SORTS.get(sort.removeprefix("-"), User.email)
    found = db.session.scalars(
        select(User)
        .where(*conditions)
        .order_by(
            order.desc().nulls_last() if sort.startswith("-") else order.asc().nulls_first(),
            User.id,
        )
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [_row(who, user) for user in found], total


def administered(who: Who, grants: Iterable[UserGrant]) -> list[UserGrant]:
    """Return the grants that `who` may give and take."""
    managed = regions_of(who, Permission.USER_MANAGE)
    return [each for each in grants if each.region.startswith(managed)]


def load_person(who: Who, uuid: UUID, *, lock: bool = False) -> User:
    """Return an account or raise NotFound, whether it is missing or somebody else's to look after.

    A locked one is changed by nobody else until the transaction ends.
    """
    query = select(User).where(User.uuid == uuid, visible_to(who))
    if lock:
        query = query.with_for_update(of=User).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def hold(who: Who, uuid: UUID) -> Who:
    """Lock an account and that of who asks, in one order; return who asks as it stands now.

    Of two who take each other's rights, the second has none by then.
    """
    both = or_(User.uuid == uuid, User.id == who.user_id)
    query = select(User).where(both).order_by(User.id).with_for_update(of=User)
    held = db.session.scalars(query.execution_options(populate_existing=True)).all()
    asking = next((user for user in held if user.id == who.user_id), None)
    if asking is None:
        return who  # the console
    return asking.as_who() if asking.active else PUBLIC


def invited_until(user: User, purpose: str) -> datetime | None:
    """Return until when the newest living link of a purpose opens."""
    return db.session.scalar(
        select(func.max(Link.expires_at)).where(
            Link.purpose == purpose, Link.record == user.uuid, Link.ended_at.is_(None)
        )
    )


def cancel_waiting_mail(user: User, kind: str) -> None:
    """Let no mail of a kind about an account leave any more."""
    waiting = (Mail.about == user.uuid, Mail.kind == kind, Mail.state == State.WAITING)
    db.session.execute(update(Mail).where(*waiting).values(state=State.CANCELLED))


def _row(who: Who, user: User) -> PersonRow:
    return PersonRow(
        uuid=user.uuid,
        email=user.email,
        state=state_of(user),
        second_factor=user.second_factor,
        signed_in_at=user.signed_in_at,
        grants=tuple(each.as_grant() for each in administered(who, user.grants)),
    )
