"""Accounts, as privacy asks for them."""

from uuid import UUID

from registry.accounts import queries
from registry.core.db import db


def erase(uuids: set[str]) -> int:
    found = queries.load_by_ids([UUID(each) for each in uuids])
    for user in found:
        db.session.delete(user)
    return len(found)
