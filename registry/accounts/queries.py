"""Reading users."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnExpressionArgument, func, select

from registry.accounts.models import RecoveryCode, User
from registry.core import tokens
from registry.core.db import db
from registry.regions import queries as regions

DISTRICT = 5  # characters of its AGS; rules are a district's


def load_user(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def load_by_ids(uuids: Sequence[UUID]) -> Sequence[User]:
    """Return accounts by their public ids."""
    return db.session.scalars(select(User).where(User.uuid.in_(uuids))).all()


def load_by_link(purpose: str, secret: str, *, lock: bool = False) -> User | None:
    """Return the active account that a living link belongs to."""
    link = tokens.find(purpose, secret, lock=lock)
    if link is None:
        return None
    mine = (User.uuid == link.record, User.active)
    return _locked(*mine) if lock else db.session.scalar(select(User).where(*mine))


def lock(user: User) -> User:
    """Return the user as it stands now; nobody else changes it until the transaction ends."""
    return _locked(User.id == user.id) or user


def _locked(*conditions: ColumnExpressionArgument[bool]) -> User | None:
    query = select(User).where(*conditions).with_for_update(of=User)
    return db.session.scalar(query.execution_options(populate_existing=True))


def load_recovery_code(user: User, digest: str) -> RecoveryCode | None:
    mine = (RecoveryCode.user_id == user.id, RecoveryCode.digest == digest)
    return db.session.scalar(select(RecoveryCode).where(*mine))


def load_recovery_codes(user: User) -> list[RecoveryCode]:
    return list(db.session.scalars(select(RecoveryCode).where(RecoveryCode.user_id == user.id)))


def count_users() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0


def requires_second_factor(user: User) -> bool:
    """Return whether a region that this person has a role in asks everybody for one."""
    asked = {district(grant.region) for grant in user.grants}
    return any(regions.rules(ags).second_factor for ags in asked)


def district(region: str) -> str:
    """Return the district (AGS) a region lies in; for larger ones the register's own."""
    if len(region) >= DISTRICT:
        return region[:DISTRICT]
    register = regions.register()
    return register.ags if register else ""
