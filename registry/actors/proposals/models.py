from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, one_of
from registry.core.db import Identified, Model, now


class Verb(StrEnum):
    """What is asked for."""

    PUBLISH = "publish"  # the draft as it stands
    UPDATE = "update"  # other details of a published entry
    ARCHIVE = "archive"  # to take a published entry out of sight


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # with a reason
    WITHDRAWN = "withdrawn"  # taken back, or overtaken by what became of the entry


class Proposal(Identified, Model):
    """One wish for one entry of an actor; of each verb at most one waits.

    `data` are the changed fields as the entry's schema loads them, `before` the same fields as
    they stood in `base`, the version of the entry that the wish was made from.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("verb", Verb),
        one_of("state", State),
        Index("ix_proposal_subject_id_state", "subject_id", "state"),
        Index("ix_proposal_state_made_at", "state", "made_at"),
    )
    versioned = False

    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    subject_type: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID] = mapped_column(Uuid)
    label: Mapped[str] = mapped_column(String(300))
    verb: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=State.WAITING)
    base: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    author: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(1000))

    actor: Mapped[Actor] = relationship()

    @property
    def region(self) -> str:
        return self.actor.region

    @property
    def owner_id(self) -> int:
        return self.actor_id

    def __str__(self) -> str:
        return self.label
