from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import one_of
from registry.conferences.models import Day
from registry.conferences.replies.models import Participant
from registry.core.db import Identified, Model


class Door(StrEnum):
    """How somebody was found at the door."""

    LIST = "list"
    BADGE = "badge"
    NAME = "name"


class Presence(Identified, Model):
    """Somebody is there on a day; whoever says so twice changes nothing."""

    __tablename__ = "conference_presence"
    __table_args__ = (UniqueConstraint("participant_id", "day_id"), one_of("via", Door))
    versioned = False

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="CASCADE")
    )
    day_id: Mapped[int] = mapped_column(
        ForeignKey("conference_day.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    via: Mapped[str] = mapped_column(String(10), default=Door.LIST)

    participant: Mapped[Participant] = relationship()
    day: Mapped[Day] = relationship()
