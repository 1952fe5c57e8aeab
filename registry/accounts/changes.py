"""What several services do to an account."""

from registry.accounts import codes, queries
from registry.accounts.models import RecoveryCode, User
from registry.core.db import db
from registry.core.mail.outbox import Letter, post


def renew_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes of an account and return the new ones."""
    _forget_recovery_codes(user)
    made = codes.recovery_codes()
    db.session.add_all(RecoveryCode(user_id=user.id, digest=codes.digest(code)) for code in made)
    return made


def forget_second_factor(user: User) -> None:
    """Take the second factor and its recovery codes from an account; the next secret is new."""
    _forget_recovery_codes(user)
    user.totp_generation += 1
    user.totp_since = user.totp_step = None


def notify(user: User, what: str) -> None:
    """Tell the account's address of a change that somebody else might have made."""
    region = queries.district(user.region)
    facts = {"email": user.email, "what": what}
    post(Letter("account_notice", user.email, region, facts, user.uuid))


def _forget_recovery_codes(user: User) -> None:
    for code in queries.load_recovery_codes(user):
        db.session.delete(code)
    db.session.flush()
