"""The account with an e-mail address, as privacy asks for it."""

from registry.accounts import queries
from registry.core.db import db


def ids(address: str) -> set[str]:
    user = queries.load_user(address)
    return {str(user.uuid)} if user else set()


def erase(address: str) -> int:
    user = queries.load_user(address)
    if user is None:
        return 0
    db.session.delete(user)
    return 1
