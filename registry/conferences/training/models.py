from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor
from registry.conferences.models import Conference
from registry.core.db import Editable, Identified, Model
from registry.regions.models import Region


class Training(Editable, Model):
    """A training programme in parts, each of them a conference (F01)."""

    __tablename__ = "training"

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(String(4000))
    archived_on: Mapped[date | None]
    example: Mapped[bool] = mapped_column(default=False)

    parts: Mapped[list["TrainingPart"]] = relationship(
        back_populates="training",
        cascade="all, delete-orphan",
        order_by="TrainingPart.position",
        info={"audit": "rows"},
    )

    def __str__(self) -> str:
        return self.title


class TrainingPart(Identified, Model):
    """A part of a programme. `follows` is for those alone who attended the part before (F02)."""

    __tablename__ = "training_part"
    __table_args__ = (UniqueConstraint("training_id", "conference_id"),)

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id", ondelete="CASCADE"))
    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    position: Mapped[int] = mapped_column(default=0)
    follows: Mapped[bool] = mapped_column(default=False)

    training: Mapped[Training] = relationship(back_populates="parts")
    conference: Mapped[Conference] = relationship(info={"audit": "label"})
    modules: Mapped[list["TrainingModule"]] = relationship(
        back_populates="part",
        cascade="all, delete-orphan",
        order_by="TrainingModule.position",
        info={"audit": "rows"},
    )

    def __str__(self) -> str:
        return str(self.conference)


class TrainingModule(Identified, Model):
    """What is taught, by which institution, and with what (F03)."""

    __tablename__ = "training_module"
    __table_args__ = (CheckConstraint("minutes > 0", "minutes"),)

    part_id: Mapped[int] = mapped_column(
        ForeignKey("training_part.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    focus: Mapped[str | None] = mapped_column(String(1000))
    author: Mapped[str | None] = mapped_column(String(200))  # an institution
    minutes: Mapped[int | None]
    material: Mapped[str | None] = mapped_column(String(300))  # an address

    part: Mapped[TrainingPart] = relationship(back_populates="modules")

    def __str__(self) -> str:
        return self.title


class Officer(Editable, Model):
    """The role of whoever is charged with integration in a municipality, never who (F04)."""

    __tablename__ = "integration_officer"
    __table_args__ = (UniqueConstraint("ags", "function"),)

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    ags: Mapped[str] = mapped_column(ForeignKey(Region.ags))
    function: Mapped[str] = mapped_column(String(200))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="SET NULL"), index=True
    )
    embedding: Mapped[str | None] = mapped_column(String(500))  # where in the administration
    population: Mapped[str | None] = mapped_column(String(1000))
    tasks: Mapped[str | None] = mapped_column(String(2000))
    mandate: Mapped[str | None] = mapped_column(String(1000))
    hours: Mapped[str | None] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    public: Mapped[bool] = mapped_column(default=False)
    example: Mapped[bool] = mapped_column(default=False)

    municipality: Mapped[Region] = relationship(foreign_keys=[ags], info={"audit": "label"})
    actor: Mapped[Actor | None] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return self.function


class Knowledge(Editable, Model):
    """A point of what such an officer must know (F06), with where to read on."""

    __tablename__ = "training_knowledge"
    __table_args__ = (Index("ix_training_knowledge_region_position", "region", "position"),)

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    position: Mapped[int] = mapped_column(default=0)
    chapter: Mapped[str | None] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str | None] = mapped_column(String(2000))
    link: Mapped[str | None] = mapped_column(String(300))

    def __str__(self) -> str:
        return self.title
