from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from registry.actors.models import one_of
from registry.core.db import Identified, Model, now


class Kind(StrEnum):
    ACTOR = "actor"
    OFFER = "offer"


class NotTheSame(Model):
    """Two entries that look alike and are not the same: somebody looked. `first` < `second`."""

    __tablename__ = "not_the_same"
    versioned = False
    __table_args__ = (UniqueConstraint("first", "second"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[UUID] = mapped_column(Uuid)
    second: Mapped[UUID] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(default=now)


class Merging(Identified, Model):
    """One entry that went into another, and everything needed to take them apart again.

    `before` holds what moved (`moved`), what the winner said (`said`), and the loser's status; the
    loser itself stays, archived, with its own fields as they were.
    """

    __tablename__ = "merging"
    __table_args__ = (one_of("kind", Kind), Index("ix_merging_loser", "loser"))

    kind: Mapped[str] = mapped_column(String(10))
    region: Mapped[str] = mapped_column(String(12), index=True)
    winner: Mapped[UUID] = mapped_column(Uuid)
    loser: Mapped[UUID] = mapped_column(Uuid)
    winner_name: Mapped[str] = mapped_column(String(300))
    loser_name: Mapped[str] = mapped_column(String(300))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]

    def __str__(self) -> str:
        return self.winner_name
