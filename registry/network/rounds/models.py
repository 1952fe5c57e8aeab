from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, Contact
from registry.core.db import Editable, Identified, Model
from registry.core.mail.models import Mail


class Round(Editable, Model):
    """A round of asking actors for their partners; `kinds` are the kinds of link it asks for.

    It is planned until it has a first day, and running until its last one. `reminder_days` count
    from the first day.
    """

    __tablename__ = "network_round"
    __table_args__ = (
        CheckConstraint("started_on IS NULL OR started_on <= deadline", "deadline"),
        CheckConstraint("closed_on IS NULL OR started_on IS NOT NULL", "closed_after_start"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    office_text: Mapped[str | None] = mapped_column(String(2000))
    deadline: Mapped[date]
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    example: Mapped[bool] = mapped_column(default=False)

    @property
    def state(self) -> str:
        if self.started_on is None:
            return "planned"
        return "running" if self.closed_on is None else "closed"

    def __str__(self) -> str:
        return self.name


class Asked(Identified, Model):
    """One actor in a round. `draft` is what it has filled in so far, `missing` whom it misses.

    The draft holds {actor's public id: {kind: intensity}}; finished, it becomes reports. `version`
    tells two people apart who fill in at once. Without a `mail` it is asked by telephone.
    """

    __tablename__ = "network_asked"
    __table_args__ = (UniqueConstraint("round_id", "actor_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("network_round.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    steps: Mapped[int] = mapped_column(default=0)
    asked_on: Mapped[date]  # last time, reminders included
    begun_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    via: Mapped[str | None] = mapped_column(String(10))
    said_by: Mapped[str | None] = mapped_column(String(200))
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)

    round: Mapped[Round] = relationship()
    actor: Mapped[Actor] = relationship()
    contact: Mapped[Contact | None] = relationship()
    mail: Mapped[Mail | None] = relationship()

    @property
    def region(self) -> str:
        return self.round.region

    def __str__(self) -> str:
        return str(self.actor)
