from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, Contact, Status, one_of
from registry.core.db import Editable, Identified, Model
from registry.core.mail.models import Mail
from registry.offers.models import Offer


class Answer(StrEnum):
    CORRECT = "correct"
    CHANGED = "changed"
    GONE = "gone"


class Via(StrEnum):
    """How an answer came."""

    LINK = "link"
    PHONE = "phone"


class Work(StrEnum):
    """What became of an answer that somebody has to look at."""

    OPEN = "open"
    APPLIED = "applied"
    DECLINED = "declined"


class Campaign(Editable, Model):
    """A round of asking. It is planned until it has a first day, and running until its last one.

    `reminder_days` count from the first day; `everybody` asks also where nothing is due.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("started_on IS NULL OR started_on <= deadline", "deadline"),
        CheckConstraint("closed_on IS NULL OR started_on IS NOT NULL", "closed_after_start"),
    )
    versioned = False

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    office_text: Mapped[str | None] = mapped_column(String(2000))
    deadline: Mapped[date]
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    everybody: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]

    @property
    def state(self) -> str:
        if self.started_on is None:
            return "planned"
        return "running" if self.closed_on is None else "closed"

    def __str__(self) -> str:
        return self.name


class Request(Identified, Model):
    """What one actor is asked in a campaign: about itself and all its published offers.

    Without a `mail` it is asked by telephone. `steps` counts the campaign's reminder days that are
    behind it, `answered_at` is when nothing was open any more.
    """

    __tablename__ = "campaign_request"
    __table_args__ = (UniqueConstraint("campaign_id", "actor_id"),)
    versioned = False

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="SET NULL"))
    steps: Mapped[int] = mapped_column(default=0)
    asked_on: Mapped[date]  # last time, reminders included
    answered_at: Mapped[datetime | None]

    campaign: Mapped[Campaign] = relationship()
    actor: Mapped[Actor] = relationship()
    contact: Mapped[Contact | None] = relationship()
    mail: Mapped[Mail | None] = relationship()
    entries: Mapped[list["Entry"]] = relationship(
        back_populates="request", cascade="all, delete-orphan", order_by="Entry.id"
    )

    @property
    def region(self) -> str:
        return self.campaign.region

    @property
    def open_entries(self) -> list["Entry"]:
        """Return what can still be answered: not what was archived or handed over meanwhile."""
        there = self.actor.status == Status.PUBLISHED
        open_ones = [e for e in self.entries if there and e.subject.status == Status.PUBLISHED]
        return [e for e in open_ones if e.subject.owner_id == self.actor_id]

    def __str__(self) -> str:
        return self.actor.name


class Entry(Identified, Model):
    """One entry that an actor is asked about: an offer or, without one, the actor itself.

    `changes` are the details to be changed as {part: [old, new]}, `before` is what stood in the
    register until the answer was applied, `said_by` a function, never a name.
    """

    __tablename__ = "campaign_entry"
    __table_args__ = (
        UniqueConstraint("request_id", "offer_id"),
        one_of("answer", Answer),
        one_of("via", Via),
        one_of("work", Work),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", "answered"),
        Index("ix_campaign_entry_work", "work"),
    )
    versioned = False

    request_id: Mapped[int] = mapped_column(ForeignKey("campaign_request.id", ondelete="CASCADE"))
    offer_id: Mapped[int | None] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[str | None] = mapped_column(String(10))
    via: Mapped[str | None] = mapped_column(String(10))
    answered_on: Mapped[date | None]
    said_by: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(2000))
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    work: Mapped[str | None] = mapped_column(String(10))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    decided_at: Mapped[datetime | None]

    request: Mapped[Request] = relationship(back_populates="entries")
    offer: Mapped[Offer | None] = relationship()

    @property
    def subject(self) -> Actor | Offer:
        return self.offer or self.request.actor

    @property
    def region(self) -> str:
        return self.request.region

    def __str__(self) -> str:
        return str(self.subject)
