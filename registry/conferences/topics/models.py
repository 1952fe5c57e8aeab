from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.accounts.models import User
from registry.actors.models import one_of
from registry.conferences.models import Conference
from registry.core.db import Editable, Model
from registry.network.findings.models import Finding


class Source(StrEnum):
    """Where a topic comes from (D06)."""

    FINDING = "finding"
    REPORT = "report"
    WISH = "wish"
    TASK = "task"  # what was not done since the last conference
    OTHER = "other"


class TopicState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    REJECTED = "rejected"


class Topic(Editable, Model):
    """A candidate for a conference, with what speaks for it and what was decided, and why."""

    __tablename__ = "conference_topic"
    __table_args__ = (
        one_of("source", Source),
        one_of("state", TopicState),
        UniqueConstraint("conference_id", "finding_id"),
        CheckConstraint("state = 'open' OR decided_on IS NOT NULL", "decided_on"),
        Index("ix_conference_topic_conference_id_state", "conference_id", "state"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(String(2000))
    source: Mapped[str] = mapped_column(String(20), default=Source.OTHER)
    said_in: Mapped[str | None] = mapped_column(String(300))  # a report's page, a body, a group
    finding_id: Mapped[int | None] = mapped_column(
        ForeignKey("network_finding.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str] = mapped_column(String(20), default=TopicState.OPEN)
    because: Mapped[str | None] = mapped_column(String(1000))
    decided_on: Mapped[date | None]
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_group.id", ondelete="SET NULL"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_item.id", ondelete="SET NULL"), index=True
    )

    conference: Mapped[Conference] = relationship()
    finding: Mapped[Finding | None] = relationship(info={"audit": "label"})

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return self.title


class Rating(Model):
    """How important one of the preparation group finds a topic: 0 (not) to 3 (very)."""

    __tablename__ = "conference_topic_rating"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 3", "points"),)
    versioned = False

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("conference_topic.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey(User.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    points: Mapped[int]
