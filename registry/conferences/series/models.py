from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor
from registry.core.db import Editable, Identified, Model


class Series(Editable, Model):
    """Conferences that return every `months` months (R28), and whose turn each duty is."""

    __tablename__ = "conference_series"
    __table_args__ = (CheckConstraint("months BETWEEN 1 AND 120", "months"),)

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    months: Mapped[int] = mapped_column(default=6)
    archived_on: Mapped[date | None]
    example: Mapped[bool] = mapped_column(default=False)

    turns: Mapped[list["Turn"]] = relationship(
        back_populates="series",
        cascade="all, delete-orphan",
        order_by="Turn.kind, Turn.position",
        info={"audit": "rows"},
    )

    def __str__(self) -> str:
        return self.name


class Turn(Identified, Model):
    """A place in the rotation of a duty: after the last comes the first again."""

    __tablename__ = "conference_turn"
    __table_args__ = (UniqueConstraint("series_id", "kind", "position"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("conference_series.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))  # a DutyKind
    position: Mapped[int]
    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)

    series: Mapped[Series] = relationship(back_populates="turns")
    actor: Mapped[Actor] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return f"{self.kind}: {self.actor}"


class Avoided(Identified, Model):
    """Days of a region on which no conference should be: further school holidays, local events."""

    __tablename__ = "conference_avoided"
    __table_args__ = (CheckConstraint("first <= last", "days"),)
    versioned = False

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    first: Mapped[date]
    last: Mapped[date]
    school: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.name
