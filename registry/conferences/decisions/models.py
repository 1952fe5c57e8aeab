from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, one_of
from registry.conferences.decisions.standing import Promise, code
from registry.conferences.models import AgendaItem, Conference, Group
from registry.conferences.wall.models import Card
from registry.core.db import Editable, Identified, Model
from registry.regions.models import Region

task_region = Table(
    "conference_task_region",
    Model.metadata,
    Column("task_id", ForeignKey("conference_task.id", ondelete="CASCADE"), primary_key=True),
    Column("ags", ForeignKey("region.ags"), primary_key=True, index=True),
)
task_partner = Table(
    "conference_task_partner",
    Model.metadata,
    Column("task_id", ForeignKey("conference_task.id", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Result(StrEnum):
    AGREED = "agreed"  # nobody against
    MAJORITY = "majority"
    REJECTED = "rejected"
    POSTPONED = "postponed"
    NOTED = "noted"


class Decision(Editable, Model):
    """What a conference decided; `number` counts within it."""

    __tablename__ = "conference_decision"
    __table_args__ = (
        UniqueConstraint("conference_id", "number"),
        one_of("result", Result),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND votes_withheld >= 0", "votes"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(4000))
    result: Mapped[str] = mapped_column(String(20), default=Result.AGREED)
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_withheld: Mapped[int | None]
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_item.id", ondelete="SET NULL"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_group.id", ondelete="SET NULL"), index=True
    )

    conference: Mapped[Conference] = relationship()
    item: Mapped[AgendaItem | None] = relationship(info={"audit": "label"})
    group: Mapped[Group | None] = relationship(info={"audit": "label"})

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    @property
    def code(self) -> str:
        return code(self.conference.first_day, self.number, letter="B")

    def __str__(self) -> str:
        return self.text


class Commitment(StrEnum):
    OPEN = "open"
    YES = "yes"
    NO = "no"


class TaskKind(StrEnum):
    QUICK = "quick"  # can be done soon
    FOCUS = "focus"
    LASTING = "lasting"


class Ending(StrEnum):
    DONE = "done"
    DROPPED = "dropped"


class Task(Editable, Model):
    """Who does what until when, and by what one sees that it worked.

    `number` counts within a conference.
    It is agreed only with a responsible organisation, its commitment, a date and a measure of
    success. Where it comes from (decision, card, group) is kept.
    """

    __tablename__ = "conference_task"
    __table_args__ = (
        UniqueConstraint("conference_id", "number"),
        one_of("commitment", Commitment),
        one_of("kind", TaskKind),
        one_of("ending", Ending),
        CheckConstraint("(ending IS NULL) = (ended_on IS NULL)", "ended_on"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    aim: Mapped[str | None] = mapped_column(String(2000))
    kind: Mapped[str | None] = mapped_column(String(10))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="SET NULL"), index=True
    )
    due: Mapped[date | None]
    measure: Mapped[str | None] = mapped_column(String(500))
    baseline: Mapped[str | None] = mapped_column(String(200))
    target: Mapped[str | None] = mapped_column(String(200))
    funding: Mapped[str | None] = mapped_column(String(500))
    commitment: Mapped[str] = mapped_column(String(10), default=Commitment.OPEN)
    committed_on: Mapped[date | None]
    committed_via: Mapped[str | None] = mapped_column(String(10))
    committed_by: Mapped[str | None] = mapped_column(String(200))  # a function
    ending: Mapped[str | None] = mapped_column(String(10))
    ended_on: Mapped[date | None]
    ended_because: Mapped[str | None] = mapped_column(String(500))
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_decision.id", ondelete="SET NULL"), index=True
    )
    card_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_card.id", ondelete="SET NULL"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_group.id", ondelete="SET NULL"), index=True
    )

    conference: Mapped[Conference] = relationship()
    actor: Mapped[Actor | None] = relationship(info={"audit": "label"})
    partners: Mapped[list[Actor]] = relationship(
        secondary=task_partner, order_by=Actor.name, info={"audit": "label"}
    )
    municipalities: Mapped[list[Region]] = relationship(
        secondary=task_region, order_by=Region.ags, info={"audit": "label"}
    )
    decision: Mapped[Decision | None] = relationship(info={"audit": "label"})
    card: Mapped[Card | None] = relationship(info={"audit": "label"})
    group: Mapped[Group | None] = relationship(info={"audit": "label"})

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    @property
    def promise(self) -> Promise:
        return Promise(
            self.actor_id is not None, self.commitment, self.due, self.measure, self.ending
        )

    @property
    def code(self) -> str:
        return code(self.conference.first_day, self.number)

    @property
    def partner_ids(self) -> list[UUID]:
        return [each.uuid for each in self.partners]

    @property
    def municipality_ids(self) -> list[str]:
        return [each.ags for each in self.municipalities]

    def __str__(self) -> str:
        return self.title


class Light(StrEnum):
    """How a task stands, as its organisation says; no answer is none of these."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    STUCK = "stuck"
    DONE = "done"


class TaskReport(Identified, Model):
    __tablename__ = "conference_task_report"
    __table_args__ = (one_of("light", Light),)

    task_id: Mapped[int] = mapped_column(
        ForeignKey("conference_task.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    light: Mapped[str] = mapped_column(String(10))
    text: Mapped[str | None] = mapped_column(String(1000))
    evidence: Mapped[str | None] = mapped_column(String(500))
    via: Mapped[str] = mapped_column(String(10))
    said_by: Mapped[str | None] = mapped_column(String(200))  # a function

    task: Mapped[Task] = relationship()


class TaskRequest(Identified, Model):
    """An organisation was asked about a task: whether it will, or how far it is in a quarter."""

    __tablename__ = "conference_task_request"
    __table_args__ = (UniqueConstraint("task_id", "about"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("conference_task.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(20))  # "commitment", or a quarter: "2026-Q4"
    asked_on: Mapped[date]
    reminded_on: Mapped[date | None]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="SET NULL"))

    task: Mapped[Task] = relationship()
