"""Creating accounts and proving who one is."""

from datetime import timedelta

from flask_babel import gettext as _

from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, In, Who, require
from registry.accounts import addresses, codes, passwords, queries
from registry.accounts.models import User, UserGrant
from registry.audit.services import record
from registry.core import throttle
from registry.core.db import db, now
from registry.core.errors import Invalid
from registry.core.throttle import Limit

OF_ACCOUNT = Limit("sign-in of an account", 10, timedelta(minutes=15))
OF_ADDRESS = Limit("sign-in from an address", 60, timedelta(minutes=15))
OF_CODES = Limit("second factor of an account", 5, timedelta(minutes=15))


def create_user(
    who: Who, email: str, password: str, role: Role, region: str, *, actor_id: int | None = None
) -> User:
    """Create an account with one role.

    `region` is an AGS beginning, "" for everywhere; an editor of one actor names its region.
    """
    require(who, Permission.USER_MANAGE, In(region))
    address = addresses.free(email)
    user = User(
        email=address,
        password_hash=passwords.hashed(password, address),
        home=region,
        grants=[UserGrant.of(Grant(role, region, actor_id))],
    )
    db.session.add(user)
    db.session.flush()
    record(who, "user.created", user, {"grants": [None, [str(user.grants[0])]]})
    return user


def sign_in(email: str, password: str, address: str) -> User | None:
    """Return the user, or None where address or password are wrong; the two look the same.

    Failures are counted per account and per network address, in their own transaction; nobody is
    locked out for longer than a quarter of an hour.
    """
    tried = ((OF_ACCOUNT, email.strip().lower()), (OF_ADDRESS, address))
    throttle.check(*tried)
    user = queries.load_user(email)
    if passwords.matches(user.password_hash if user else "", password) and user and user.active:
        return user
    throttle.note(*tried)
    return None


def prove_password(user: User, password: str) -> None:
    """Raise unless the signed-in person knows the password; failures count as at signing in."""
    tried = (OF_ACCOUNT, user.email)
    throttle.check(tried)
    if not passwords.matches(user.password_hash, password):
        throttle.note(tried)
        raise Invalid({"current": [_("This is not your password.")]})


def prove_second_factor(user: User, code: str) -> None:
    """Raise unless this is a code of the app or a recovery code, neither of them used before."""
    tried = (OF_CODES, str(user.uuid))
    throttle.check(tried)
    queries.lock(user)
    if not (_use_code(user, code) or _use_recovery_code(user, code)):
        throttle.note(tried)
        raise Invalid({"code": [_("This code is wrong or has already been used.")]})


def _use_code(user: User, code: str) -> bool:
    step = codes.step_of(codes.secret(user.uuid, user.totp_generation), code, now())
    if step is None or step <= (user.totp_step or 0):
        return False
    user.totp_step = step
    return True


def _use_recovery_code(user: User, code: str) -> bool:
    found = queries.load_recovery_code(user, codes.digest(code))
    if found is None:
        return False
    db.session.delete(found)
    record(user.as_who(), "user.recovery_code_used", user)
    return True
