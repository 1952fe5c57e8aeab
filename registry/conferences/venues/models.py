from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, Answer, one_of
from registry.core.db import Editable, Identified, Model


class Venue(Editable, Model):
    """Where conferences take place (D14). `seats` is how many fit into the largest room."""

    __tablename__ = "conference_venue"
    __table_args__ = (one_of("step_free", Answer), CheckConstraint("seats >= 0", "seats"))

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(5))
    city: Mapped[str | None] = mapped_column(String(120))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    seats: Mapped[int | None]
    step_free: Mapped[str] = mapped_column(String(10), default=Answer.UNKNOWN)
    stop: Mapped[str | None] = mapped_column(String(120))
    directions: Mapped[str | None] = mapped_column(String(1000))
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="SET NULL"), index=True
    )
    archived_on: Mapped[date | None]
    example: Mapped[bool] = mapped_column(default=False)

    host: Mapped[Actor | None] = relationship(info={"audit": "label"})
    rooms: Mapped[list["Room"]] = relationship(
        back_populates="venue",
        cascade="all, delete-orphan",
        order_by="Room.position",
        info={"audit": "rows"},
    )

    def __str__(self) -> str:
        return self.name


class Room(Identified, Model):
    __tablename__ = "conference_room"
    __table_args__ = (
        one_of("step_free", Answer),
        CheckConstraint("seats >= 0", "seats"),
        Index("ix_conference_room_venue_id_position", "venue_id", "position"),
    )

    venue_id: Mapped[int] = mapped_column(ForeignKey("conference_venue.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    seats: Mapped[int | None]
    step_free: Mapped[str] = mapped_column(String(10), default=Answer.UNKNOWN)

    venue: Mapped[Venue] = relationship(back_populates="rooms")

    def __str__(self) -> str:
        return self.name
