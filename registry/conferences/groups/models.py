from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.conferences.models import Conference, Day, Group
from registry.conferences.replies.models import Participant
from registry.core.db import Editable, Identified, Model


class Membership(Identified, Model):
    """A participant is in a group. What was put there `by_hand` keeps its place in a new run.

    `rank` is which wish that was, from 1; None where it was not wished for.
    """

    __tablename__ = "conference_membership"
    __table_args__ = (
        UniqueConstraint("participant_id", "group_id"),
        CheckConstraint("rank > 0", "rank"),
        CheckConstraint("NOT by_hand OR reason IS NOT NULL", "reason"),
    )
    versioned = False

    group_id: Mapped[int] = mapped_column(
        ForeignKey("conference_group.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="CASCADE")
    )
    rank: Mapped[int | None]
    by_hand: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(300))

    group: Mapped[Group] = relationship()
    participant: Mapped[Participant] = relationship()


class Exclusion(Identified, Model):
    """A participant must not be in a group."""

    __tablename__ = "conference_exclusion"
    __table_args__ = (UniqueConstraint("participant_id", "group_id"),)
    versioned = False

    group_id: Mapped[int] = mapped_column(
        ForeignKey("conference_group.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="CASCADE")
    )
    reason: Mapped[str] = mapped_column(String(300))

    group: Mapped[Group] = relationship()
    participant: Mapped[Participant] = relationship()


class Run(Identified, Model):
    """The last assignment of a conference, or of the forums of one of its days.

    `costs` is what a first, second … wish costs; `unplaced` says of whom nothing was found:
    [{"participant": uuid, "reason": code}].
    """

    __tablename__ = "conference_run"
    __table_args__ = (UniqueConstraint("conference_id", "day_id"),)
    versioned = False

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    day_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_day.id", ondelete="CASCADE"), index=True
    )
    seed: Mapped[int]
    costs: Mapped[list[int]] = mapped_column(JSON, default=list)
    unlisted: Mapped[int]
    total_cost: Mapped[int]
    unplaced: Mapped[list[Any]] = mapped_column(JSON, default=list)
    ran_at: Mapped[datetime]

    conference: Mapped[Conference] = relationship()
    day: Mapped[Day | None] = relationship()


class Cafe(Editable, Model):
    """A World Café: tables that stay, guests who change them round by round (B05).

    `repeated` counts pairs who sit together more than once in the seating that was made.
    """

    __tablename__ = "conference_cafe"
    __table_args__ = (
        CheckConstraint("rounds > 0", "rounds"),
        CheckConstraint("minutes > 0", "minutes"),
    )

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    day_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_day.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    rounds: Mapped[int] = mapped_column(default=3)
    minutes: Mapped[int | None]  # of a round
    seed: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int | None]

    conference: Mapped[Conference] = relationship()
    day: Mapped[Day | None] = relationship(info={"audit": "label"})
    tables: Mapped[list["CafeTable"]] = relationship(
        back_populates="cafe",
        cascade="all, delete-orphan",
        order_by="CafeTable.number",
        info={"audit": "rows"},
    )

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return self.title


class CafeTable(Identified, Model):
    """A table with its topic and host, who stays: a participant, or a function from outside.

    While `open`, those who have its link write on its wall.
    """

    __tablename__ = "conference_table"
    __table_args__ = (
        UniqueConstraint("cafe_id", "number"),
        CheckConstraint("number > 0", "number"),
    )

    cafe_id: Mapped[int] = mapped_column(ForeignKey("conference_cafe.id", ondelete="CASCADE"))
    number: Mapped[int]
    topic: Mapped[str] = mapped_column(String(200))
    host: Mapped[str | None] = mapped_column(String(200))
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="SET NULL"), index=True
    )
    result: Mapped[str | None] = mapped_column(String(4000))
    open: Mapped[bool] = mapped_column(default=False, server_default="0")

    cafe: Mapped[Cafe] = relationship(back_populates="tables")
    host_person: Mapped[Participant | None] = relationship()

    def __str__(self) -> str:
        return f"{self.number} {self.topic}"


class TableSeat(Model):
    """Who sits at which table in a round, from 1."""

    __tablename__ = "conference_table_seat"
    __table_args__ = (CheckConstraint("round > 0", "round"),)
    versioned = False

    table_id: Mapped[int] = mapped_column(
        ForeignKey("conference_table.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    round: Mapped[int]  # nobody sits at a table twice: the key says so
