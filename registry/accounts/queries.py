"""Reading users."""

from uuid import UUID

from sqlalchemy import func, select

from registry.accounts.models import User
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
