"""Addresses that get no more mail. Only a digest of the address is kept."""

import hashlib
from contextlib import suppress
from datetime import datetime
from typing import Final

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.core.mail.models import Mail, Suppression

BOUNCED: Final = "bounced"
OBJECTED: Final = "objected"


def digest(address: str) -> str:
    """Return the digest by which an address is found again, however it is capitalised."""
    return hashlib.sha256(f"mail\0{address.strip().casefold()}".encode()).hexdigest()


def of(session: Session, address: str) -> Suppression | None:
    return session.get(Suppression, digest(address))


def add(session: Session, address: str, reason: str, at: datetime) -> None:
    """Suppress an address; one that is suppressed already stays as it is."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(Suppression(digest=digest(address), reason=reason, since=at))


def lift(session: Session, address: str) -> None:
    """Let an address get mail again, with nothing held against it."""
    if found := of(session, address):
        session.delete(found)
    theirs = func.lower(Mail.recipient) == address.lower()
    session.execute(update(Mail).where(theirs).values(soft_bounces=0))
