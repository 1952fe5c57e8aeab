"""Reading sessions."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import contains_eager

from registry.accounts.models import User, UserSession
from registry.core.db import db, now, own_transaction, read_anew

IDLE = timedelta(hours=8)  # without a request
LONGEST = timedelta(days=7)  # however busy


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def load_session(key: str) -> UserSession | None:
    """Return the session of a key, unless it has ended, expired, or its account is closed."""
    return db.session.scalar(
        select(UserSession)
        .join(UserSession.user)
        .options(contains_eager(UserSession.user))
        .where(
            UserSession.digest == digest(key),
            UserSession.made_at > now() - LONGEST,
            UserSession.seen_at > now() - IDLE,
            User.active,
        )
    )


def load_session_of(user: User, uuid: UUID) -> UserSession | None:
    mine = (UserSession.uuid == uuid, UserSession.user_id == user.id)
    return db.session.scalar(select(UserSession).where(*mine))


def load_sessions(user: User) -> list[UserSession]:
    """Return somebody's living sessions, the one used last first."""
    found = db.session.scalars(
        select(UserSession)
        .where(
            UserSession.user_id == user.id,
            UserSession.made_at > now() - LONGEST,
            UserSession.seen_at > now() - IDLE,
        )
        .order_by(UserSession.seen_at.desc(), UserSession.id.desc())
    )
    return list(found)


def mark_seen(session: UserSession, at: datetime) -> None:
    """Note when a session was used, whatever becomes of the request."""
    with own_transaction() as own:
        own.execute(update(UserSession).where(UserSession.id == session.id).values(seen_at=at))
    read_anew()


def delete_expired() -> None:
    over = or_(UserSession.made_at < now() - LONGEST, UserSession.seen_at < now() - IDLE)
    db.session.execute(delete(UserSession).where(over))


def delete_of(user: User, *, but: UserSession | None = None) -> None:
    """Delete all sessions of an account, except perhaps one."""
    doomed = delete(UserSession).where(UserSession.user_id == user.id)
    db.session.execute(doomed.where(UserSession.id != but.id) if but else doomed)
