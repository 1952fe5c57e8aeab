"""Slowing down whoever tries too often: counted in the database, so for all processes together.

Nobody is locked out for good: only what happened within the window counts.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Model, now, own_transaction, read_anew
from registry.core.errors import TooMany

LONGEST = timedelta(days=1)


class Attempt(Model):
    """One try; of who tried only a digest is kept, for a day at most."""

    __tablename__ = "attempt"
    versioned = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)


@dataclass(frozen=True)
class Limit:
    """How many tries of a kind are allowed within a window (of a day at most)."""

    kind: str
    times: int
    window: timedelta

    def key(self, subject: str) -> str:
        return hashlib.sha256(f"{self.kind}\0{subject}".encode()).hexdigest()


def check(*tried: tuple[Limit, str]) -> None:
    """Raise TooMany where a subject (an account, a network address) has used up its limit."""
    with own_transaction() as session:
        for limit, subject in tried:
            since = now() - limit.window
            mine = (Attempt.key == limit.key(subject), Attempt.at >= since)
            if (session.scalar(select(func.count(Attempt.id)).where(*mine)) or 0) >= limit.times:
                raise TooMany


def note(*tried: tuple[Limit, str]) -> None:
    """Count a try, whatever becomes of the request, and forget what is too old to matter.

    To be called before the request writes: this has a transaction of its own.
    """
    with own_transaction() as session:
        session.execute(delete(Attempt).where(Attempt.at < now() - LONGEST))
        session.add_all(Attempt(key=limit.key(subject)) for limit, subject in tried)
    read_anew()
