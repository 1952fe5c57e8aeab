"""What people change about their own account.

Nothing here asks for a right: the session stands for the account, and whatever weighs more is
proven by the password or a code.
"""

from datetime import timedelta
from uuid import UUID

from registry.accounts import addresses, passwords, queries
from registry.accounts.changes import (
    ADDRESS,
    end_links,
    forget_second_factor,
    lock_out,
    notify,
    renew_recovery_codes,
)
from registry.accounts.models import User, UserSession
from registry.accounts.services import prove_password, prove_second_factor
from registry.accounts.sessions import queries as session_queries
from registry.accounts.sessions import services as sessions
from registry.audit.services import record
from registry.core import throttle, tokens
from registry.core.errors import NotAllowed, NotFound
from registry.core.mail.outbox import Letter, post
from registry.core.throttle import Limit

ADDRESS_LASTS = timedelta(hours=24)
ADDRESSES_OF_ACCOUNT = Limit("address change of an account", 5, timedelta(hours=1))


def end_session(user: User, uuid: UUID) -> None:
    """End one of the own sessions."""
    found = session_queries.load_session_of(user, uuid)
    if found is None:
        raise NotFound
    sessions.end(found)


def end_all_sessions(user: User) -> None:
    sessions.end_all(user)
    record(user.as_who(), "user.sessions_ended", user)


def change_password(session: UserSession, current: str, password: str) -> str:
    """Set a new password and end the other sessions; return the key of the renewed one."""
    user = queries.lock(session.user)
    prove_password(user, current)
    user.password_hash = passwords.hashed(password, user.email)
    lock_out(user)
    record(user.as_who(), "user.password_changed", user)
    notify(user, "password")
    sessions.end_all(user, but=session)
    return sessions.renew(session, passed=session.passed)


def turn_off_second_factor(session: UserSession, current: str, code: str) -> str:
    """Turn the second factor off; return the key of the renewed session.

    The next one gets a new secret. Where the region asks for one, it has to be set up at once.
    """
    user = _proven(session, current, code)
    forget_second_factor(user)
    record(user.as_who(), "user.second_factor_off", user)
    notify(user, "second_factor_off")
    sessions.end_all(user, but=session)
    return sessions.renew(session, passed=False)


def replace_recovery_codes(session: UserSession, current: str, code: str) -> list[str]:
    """Return new recovery codes; the old ones open nothing any more."""
    user = _proven(session, current, code)
    record(user.as_who(), "user.recovery_codes_renewed", user)
    return renew_recovery_codes(user)


def ask_for_address(user: User, email: str, current: str, language: str) -> None:
    """Send a link to a new address; until it is followed, the old one stays.

    Where another account has that address, nothing is sent, and nothing tells.
    """
    prove_password(user, current)
    address, tried = addresses.plain(email), (ADDRESSES_OF_ACCOUNT, str(user.uuid))
    throttle.check(tried)
    throttle.note(tried)
    tokens.end(ADDRESS, user.uuid)
    user.new_email = address
    if queries.load_user(address):
        return
    link = tokens.issue(ADDRESS, user.uuid, ADDRESS_LASTS)
    facts = {"email": user.email, "hours": ADDRESS_LASTS.days * 24}
    region = queries.district(user.region)
    post(Letter("account_address", address, region, facts, user.uuid, language), link)


def confirm_address(secret: str) -> User:
    """Make the address that the link was sent to the account's own; the old one is told."""
    user = queries.load_by_link(ADDRESS, secret, lock=True)
    if user is None or user.new_email is None or queries.load_user(user.new_email):
        raise NotFound
    region, old = queries.district(user.region), user.email
    post(Letter("account_address_changed", old, region, {}, user.uuid))
    user.email = user.new_email
    end_links(user)
    record(user.as_who(), "user.address_changed", user, {"email": [old, user.email]})
    return user


def _proven(session: UserSession, current: str, code: str) -> User:
    user = session.user
    if not user.second_factor:
        raise NotAllowed
    prove_password(user, current)
    prove_second_factor(user, code)
    return user
