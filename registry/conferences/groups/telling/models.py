from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Model, now


class PlaceTold(Model):
    """Where a participant was told to be, the last time: `places` as `places.kept` has them.

    `mail` is what told it, None where somebody did; what came back has told nothing.
    """

    __tablename__ = "conference_place_told"
    versioned = False

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="CASCADE"), primary_key=True
    )
    places: Mapped[list[Any]] = mapped_column(JSON, default=list)
    told_at: Mapped[datetime] = mapped_column(default=now)
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("mail.id", ondelete="SET NULL"), index=True
    )

    def __str__(self) -> str:
        return "place told"
