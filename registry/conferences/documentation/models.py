from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.conferences.models import Conference
from registry.conferences.wall.models import Photo
from registry.core.db import Editable, Model


class Documentation(Editable, Model):
    """What the documentation of a conference says besides its data (D11); public once published."""

    __tablename__ = "conference_documentation"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    introduction: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    thanks: Mapped[str] = mapped_column(Text, default="")
    imprint: Mapped[str] = mapped_column(Text, default="")
    language_note: Mapped[str | None] = mapped_column(String(500))  # D15
    cover_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_photo.id", ondelete="SET NULL")
    )
    published_on: Mapped[date | None]

    conference: Mapped[Conference] = relationship()
    cover: Mapped[Photo | None] = relationship(info={"audit": "label"})

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return str(self.conference)
