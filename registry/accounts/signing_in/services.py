"""What proves who one is: codes, and links sent to the own address.

Nothing here asks for a right: a session, a code or a link stands for the account itself.
"""

from datetime import timedelta
from uuid import uuid4

from flask_babel import gettext as _

from registry.accounts import addresses, codes, passwords, queries
from registry.accounts.changes import (
    INVITATION,
    RESET,
    end_links,
    lock_out,
    notify,
    renew_recovery_codes,
)
from registry.accounts.models import User, UserSession
from registry.accounts.services import OF_CODES, prove_password, prove_second_factor
from registry.accounts.sessions import services as sessions
from registry.audit.services import record
from registry.core import throttle, tokens
from registry.core.db import now
from registry.core.errors import Invalid, NotAllowed, NotFound
from registry.core.mail.outbox import Letter, post
from registry.core.throttle import Limit

RESET_LASTS = timedelta(hours=1)
RESETS_OF_ACCOUNT = Limit("password reset of an account", 3, timedelta(hours=1))
RESETS_OF_ADDRESS = Limit("password reset from an address", 20, timedelta(hours=1))


def pass_second_factor(session: UserSession, code: str) -> str:
    """Return the key of the session that a right code renews this one to."""
    prove_second_factor(session.user, code)
    return sessions.renew(session, passed=True)


def set_up_second_factor(
    session: UserSession, code: str, current: str = ""
) -> tuple[str, list[str]]:
    """Turn the second factor on with the app's first code; it ends all other sessions.

    Whoever has not just typed the password to get in types it now (`current`). Return the key of
    the renewed session, and the recovery codes, which are shown only now.
    """
    user = queries.lock(session.user)
    if user.second_factor:
        raise NotAllowed
    if sessions.is_complete(session):
        prove_password(user, current)
    tried = (OF_CODES, str(user.uuid))
    throttle.check(tried)
    step = codes.step_of(codes.secret(user.uuid, user.totp_generation), code, now())
    if step is None:
        throttle.note(tried)
        raise Invalid({"code": [_("This code is wrong. Please type the one the app shows now.")]})
    user.totp_since, user.totp_step = now(), step
    made = renew_recovery_codes(user)
    record(user.as_who(), "user.second_factor_on", user)
    notify(user, "second_factor_on")
    sessions.end_all(user, but=session)
    return sessions.renew(session, passed=True), made


def ask_for_reset(email: str, address: str, language: str) -> None:
    """Send a link for a new password, if there is such an account.

    Whether there is shows neither in the answer nor in its time: a link is noted in any case.
    """
    kept = addresses.plain(email)
    tried = ((RESETS_OF_ACCOUNT, kept), (RESETS_OF_ADDRESS, address))
    throttle.check(*tried)
    throttle.note(*tried)
    user = queries.load_user(kept)
    known = user if user and user.active and not user.invited else None
    link = tokens.issue(RESET, known.uuid if known else uuid4(), RESET_LASTS)
    if known:
        region = queries.district(known.region)
        facts = {"email": known.email, "minutes": RESET_LASTS.seconds // 60}
        letter = Letter("password_reset", known.email, region, facts, known.uuid, language)
        post(letter, link)


def reset_password(secret: str, password: str) -> User:
    """Set a new password by link; the second factor stays, all sessions and links end."""
    user = queries.load_by_link(RESET, secret, lock=True)
    if user is None or user.invited:
        raise NotFound
    user.password_hash = passwords.hashed(password, user.email)
    lock_out(user)
    sessions.end_all(user)
    record(user.as_who(), "user.password_reset", user)
    return user


def accept_invitation(secret: str, password: str, browser: str) -> str:
    """Give an invited account its password; return the key of its first session."""
    user = queries.load_by_link(INVITATION, secret, lock=True)
    if user is None or not user.invited:
        raise NotFound
    user.password_hash = passwords.hashed(password, user.email)
    end_links(user)
    record(user.as_who(), "user.invitation_accepted", user)
    return sessions.begin(user, browser)
