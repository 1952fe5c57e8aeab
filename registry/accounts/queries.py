"""Reading users and failed sign-ins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.accounts.models import SignInFailure, User
from registry.core.db import db


def load_user(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def load_session_user(session_id: str) -> User | None:
    """Return the active user of a session cookie's id, if the session has not been ended."""
    uuid, _colon, key = session_id.partition(":")
    try:
        wanted = UUID(uuid)
    except ValueError:
        return None
    user = db.session.scalar(select(User).where(User.uuid == wanted, User.active))
    return user if user and user.session_key == key else None


def count_users() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0


def failures(session: Session, key: str, since: datetime) -> int:
    """Count the failed sign-ins of a key since a moment, and forget older ones."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < since))
    return session.scalar(select(func.count()).where(SignInFailure.key == key)) or 0
