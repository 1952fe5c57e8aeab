from datetime import date, datetime
from enum import StrEnum
from typing import Any, Optional

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import one_of
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.core.db import Editable, Model

LONGEST = 20_000  # signs of a part


class MinutesState(StrEnum):
    DRAFT = "draft"
    CIRCULATED = "circulated"  # those present may object until a day
    APPROVED = "approved"  # read-only; what is to be changed later is a supplement


class Minutes(Editable, Model):
    """The minutes of a conference, or a supplement to approved ones.

    When approved, `content` is everything they say as data, persons as salted digests, and
    `digest` its SHA-256; `salts` holds {public id of the participant: salt}, so that erasing a
    person takes the salt and leaves the hash as it was. `posted` is {public id of an invitation:
    day} of the letters that were printed with them as they stand.
    """

    __tablename__ = "conference_minutes"
    __table_args__ = (
        one_of("state", MinutesState),
        CheckConstraint("(state = 'approved') = (digest IS NOT NULL)", "digest"),
        CheckConstraint("state = 'draft' OR object_until IS NOT NULL", "object_until"),
    )

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    supplements_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_minutes.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(String(20), default=MinutesState.DRAFT)
    taken_by: Mapped[str | None] = mapped_column(String(200))  # a function
    circulated_on: Mapped[date | None]
    sent_on: Mapped[date | None]  # to everybody who was invited
    object_until: Mapped[date | None]
    approved_at: Mapped[datetime | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    salts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    posted: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")

    conference: Mapped[Conference] = relationship()
    supplements: Mapped[Optional["Minutes"]] = relationship(remote_side="Minutes.id")
    parts: Mapped[list["Part"]] = relationship(
        back_populates="minutes",
        cascade="all, delete-orphan",
        order_by="Part.position",
        info={"audit": "rows"},
    )

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return str(self.conference)


class Part(Editable, Model):
    """What was said on an item of the agenda, or in a group.

    It is edited by itself, so that two can write at once.
    """

    __tablename__ = "conference_minutes_part"
    __table_args__ = (
        Index("ix_conference_minutes_part_minutes_id_position", "minutes_id", "position"),
    )

    minutes_id: Mapped[int] = mapped_column(ForeignKey("conference_minutes.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, default="")
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_item.id", ondelete="SET NULL"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_group.id", ondelete="SET NULL"), index=True
    )

    minutes: Mapped[Minutes] = relationship(back_populates="parts")

    def __str__(self) -> str:
        return self.title


class Outcome(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Objection(Editable, Model):
    """What somebody who was present wants changed in minutes, and what became of it."""

    __tablename__ = "conference_objection"
    __table_args__ = (one_of("outcome", Outcome),)

    minutes_id: Mapped[int] = mapped_column(
        ForeignKey("conference_minutes.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="SET NULL"), index=True
    )
    part_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_minutes_part.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(String(4000))
    raised_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(10), default=Outcome.OPEN)
    answer: Mapped[str | None] = mapped_column(String(2000))
    decided_on: Mapped[date | None]

    minutes: Mapped[Minutes] = relationship()
    participant: Mapped[Participant | None] = relationship()
    part: Mapped[Part | None] = relationship()

    @property
    def region(self) -> str:
        return self.minutes.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.minutes.duty_actors

    def __str__(self) -> str:
        return self.text
