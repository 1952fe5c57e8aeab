from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.conferences.models import Conference
from registry.core.db import Editable, Identified, Model


class Evaluation(Editable, Model):
    """Whether people may say what they thought of a conference, and until when."""

    __tablename__ = "conference_evaluation"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    open_until: Mapped[date | None]
    questions: Mapped[list[Any]] = mapped_column(JSON, default=list)  # of our own, in words

    conference: Mapped[Conference] = relationship()

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return str(self.conference)


class Opinion(Identified, Model):
    """What somebody thought; nothing says who, and only the day is kept."""

    __tablename__ = "conference_opinion"
    versioned = False

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    day: Mapped[date]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Deletion(Identified, Model):
    """The protocol of a retention run after a conference: what was deleted, as counts."""

    __tablename__ = "conference_deletion"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
