"""Creating accounts and signing in."""

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from registry.access.permissions import Permission, Role
from registry.access.policy import In, Who, require
from registry.accounts import queries
from registry.accounts.models import User, UserGrant
from registry.audit.services import record
from registry.core import throttle
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.throttle import Limit

OF_ACCOUNT = Limit("sign-in of an account", 10, timedelta(minutes=15))
OF_ADDRESS = Limit("sign-in from an address", 60, timedelta(minutes=15))
MIN_PASSWORD = 12
_hasher = PasswordHasher()
# Compared when there is no such account, so that the answer takes as long.
_NO_ONE = _hasher.hash(secrets.token_urlsafe(16))


def create_user(who: Who, email: str, password: str, role: Role, region: str) -> User:
    """Create an account with one role; `region` is an AGS beginning, "" for everywhere."""
    require(who, Permission.USER_MANAGE, In(region))
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
    tried = ((OF_ACCOUNT, email.strip().lower()), (OF_ADDRESS, address))
    throttle.check(*tried)
    user = queries.load_user(email)
    if _matches(user.password_hash if user else _NO_ONE, password) and user and user.active:
        return user
    throttle.note(*tried)
    return None


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


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
