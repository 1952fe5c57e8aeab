"""Removing the salts of those whose names are not kept any more."""

from registry.conferences.minutes import queries
from registry.core.db import db


def forget_unnamed() -> None:
    """Remove every salt whose owner has no name any more, so that no name can be tried out."""
    for minutes in queries.salted():
        names = queries.names(minutes.conference)
        kept = {owner: salt for owner, salt in (minutes.salts or {}).items() if owner in names}
        if kept != minutes.salts:
            minutes.salts = kept
    db.session.flush()
