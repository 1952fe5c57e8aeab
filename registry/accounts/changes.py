"""What several services do to an account."""

from registry.accounts import codes, queries
from registry.accounts.models import RecoveryCode, User
from registry.core import tokens
from registry.core.db import db
from registry.core.mail.outbox import Letter, post

# What a link sent to an account's address is for.
INVITATION, RESET, ADDRESS = "invitation", "reset", "address"


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


def end_links(user: User) -> None:
    """End whatever was sent to open or move the account."""
    for purpose in (INVITATION, RESET, ADDRESS):
        tokens.end(purpose, user.uuid)
    user.new_email = None


def lock_out(user: User) -> None:
    """Let whoever knew the old password gain nothing by what they asked for or were shown.

    That is links, and the secret of a second factor that is not yet in use.
    """
    end_links(user)
    if not user.second_factor:
        user.totp_generation += 1


def notify(user: User, what: str) -> None:
    """Tell the account's address of a change that somebody else might have made."""
    region = queries.district(user.region)
    facts = {"email": user.email, "what": what}
    post(Letter("account_notice", user.email, region, facts, user.uuid))


def _forget_recovery_codes(user: User) -> None:
    for code in queries.load_recovery_codes(user):
        db.session.delete(code)
    db.session.flush()
