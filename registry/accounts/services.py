"""Creating accounts and signing in."""

import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from registry.access.permissions import Permission, Role
from registry.access.policy import Who, require
from registry.accounts import queries
from registry.accounts.models import SignInFailure, User, UserGrant
from registry.audit.services import record
from registry.core.db import db, now, own_transaction
from registry.core.errors import Invalid, TooMany

WINDOW = timedelta(minutes=15)
MAX_FAILURES_ACCOUNT = 10
MAX_FAILURES_ADDRESS = 60
MIN_PASSWORD = 12
_hasher = PasswordHasher()
# Compared when there is no such account, so that the answer takes as long.
_NO_ONE = _hasher.hash(secrets.token_urlsafe(16))


class _Wanted:
    def __init__(self, region: str) -> None:
        self.region = region


def create_user(who: Who, email: str, password: str, role: Role, region: str) -> User:
    """Create an account with one role; `region` is an AGS beginning, "" for everywhere."""
    require(who, Permission.USER_MANAGE, _Wanted(region))
    user = User(
        email=_checked_email(email),
        password_hash=_hasher.hash(_checked_password(password)),
        session_key=secrets.token_urlsafe(32),
        grants=[UserGrant(role=role.value, region=region)],
    )
    db.session.add(user)
    db.session.flush()
    record(who, "user.created", user, {"grants": [None, [f"{role.value} {region or '*'}"]]})
    return user


def sign_in(email: str, password: str, address: str) -> User | None:
    """Return the user, or None where address or password are wrong; the two look the same.

    Failures are counted per account and per network address, in their own transaction; nobody is
    locked out for longer than a quarter of an hour.
    """
    keys = {
        _digest(email.strip().lower()): MAX_FAILURES_ACCOUNT,
        _digest(address): MAX_FAILURES_ADDRESS,
    }
    with own_transaction() as session:
        since = now() - WINDOW
        if any(queries.failures(session, key, since) >= limit for key, limit in keys.items()):
            raise TooMany
    user = queries.load_user(email)
    if _matches(user.password_hash if user else _NO_ONE, password) and user and user.active:
        return user
    with own_transaction() as session:
        session.add_all(SignInFailure(key=key) for key in keys)
    return None


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _checked_email(email: str) -> str:
    try:
        address = validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Invalid({"email": [_("Please give a valid e-mail address.")]}) from None
    if queries.load_user(address):
        raise Invalid({"email": [_("There is already an account with this address.")]})
    return address


def _checked_password(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        message = _("Please use at least %(count)s characters.", count=MIN_PASSWORD)
        raise Invalid({"password": [message]})
    return password
