"""Beginning, renewing and ending sessions.

Nothing here asks for a right: whoever holds the key of a session, or has just given a password,
acts for their own account.
"""

import secrets
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from registry.accounts.models import User, UserSession
from registry.accounts.queries import requires_second_factor
from registry.accounts.sessions import queries
from registry.core.db import db, now

UNFINISHED = timedelta(minutes=30)  # to give a second factor or to set one up
SEEN_EVERY = timedelta(minutes=10)
KEY = 32  # bytes


def begin(user: User, browser: str, *, passed: bool = False) -> str:
    """Begin a session and return its key, which is kept nowhere but in the cookie.

    `passed` says that the second factor has been given.
    """
    queries.delete_expired()
    key = secrets.token_urlsafe(KEY)
    made = UserSession(
        digest=queries.digest(key), user_id=user.id, browser=browser[:60], passed=passed
    )
    if passed or not user.second_factor:
        user.signed_in_at = now()
    db.session.add(made)
    db.session.flush()
    return key


def renew(session: UserSession, *, passed: bool) -> str:
    """End a session and go on with a new one; the old key opens nothing any more."""
    end(session)
    return begin(session.user, session.browser, passed=passed)


def end(session: UserSession) -> None:
    db.session.delete(session)
    db.session.flush()


def end_all(user: User, *, but: UserSession | None = None) -> None:
    queries.delete_of(user, but=but)


def is_complete(session: UserSession) -> bool:
    """Return whether everything has been given that this account or its region asks for."""
    if session.user.second_factor:
        return session.passed
    return not requires_second_factor(session.user)


def is_waiting(session: UserSession) -> bool:
    """Return whether the second factor may still be given or set up."""
    return now() - session.made_at < UNFINISHED


def seen(session: UserSession) -> None:
    """Note that a session is used; where the database is busy, the next request will."""
    at = now()
    if at - session.seen_at > SEEN_EVERY:
        with suppress(OperationalError):
            queries.mark_seen(session, at)
