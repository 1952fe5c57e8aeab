"""The session of this request: its key is all that the cookie holds."""

from flask import g, request, session
from flask_login import LoginManager, current_user

from registry.accounts.browsers import described
from registry.accounts.models import User, UserSession
from registry.accounts.sessions import queries, services

login = LoginManager()
KEY = "_user_id"  # where flask-login looks


@login.user_loader  # type: ignore[untyped-decorator]
def load_user(key: str) -> User | None:
    """Return who is signed in; nobody before the second factor is given or set up."""
    found = queries.load_session(key)
    if found is None:
        return None
    services.seen(found)
    g.user_session = found
    return found.user if services.is_complete(found) else None


def current_session() -> UserSession | None:
    """Return the session of this request, whether somebody is signed in by it or half-way."""
    _known = current_user.is_authenticated  # asks who it is, where nobody has yet
    found: UserSession | None = g.get("user_session")
    return found


def half_way() -> UserSession | None:
    """Return the session of somebody who still has to give or set up the second factor."""
    found = current_session()
    waiting = found and not current_user.is_authenticated and services.is_waiting(found)
    return found if waiting else None


def browser() -> str:
    return described(request.user_agent.string)


def enter(key: str) -> None:
    """Give the key of a session to this browser; what was begun before must not live on."""
    session.clear()
    session[KEY] = key
    session["_fresh"] = True


def leave() -> None:
    session.clear()
