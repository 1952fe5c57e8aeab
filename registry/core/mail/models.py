from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Identified, Model, now
from registry.core.tokens import Link


class State(StrEnum):
    """Where a mail is on its way."""

    WAITING = "waiting"
    SENDING = "sending"  # claimed by a worker
    SENT = "sent"
    BOUNCED = "bounced"  # came back for good
    DEAD = "dead"  # given up after several tries
    HELD = "held"  # not sent: the address is suppressed
    CANCELLED = "cancelled"


_STATES = ", ".join(f"'{state.value}'" for state in State)


class Mail(Identified, Model):
    """One mail to one address; its uuid, which nobody can guess, is its Message-ID.

    `kind` names the template, `facts` are what it says. A link is made at sending and never kept.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", "state"),
        Index("ix_mail_state_due_at", "state", "due_at"),
    )
    versioned = False

    region: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12))
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id", ondelete="SET NULL"))
    about: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    state: Mapped[str] = mapped_column(String(12), default=State.WAITING)
    made_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    soft_bounces: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))

    link: Mapped[Link | None] = relationship()

    def __str__(self) -> str:
        return self.kind  # not the address: it would outlive the mail in the audit log


class Suppression(Model):
    """An address that gets no more mail; only its digest is kept."""

    __tablename__ = "suppression"
    versioned = False

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20))  # bounced, objected, by_hand
    since: Mapped[datetime] = mapped_column(default=now)


class BounceReport(Model):
    """A delivery report that was read, so that reading it again counts for nothing."""

    __tablename__ = "bounce_report"
    versioned = False

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
