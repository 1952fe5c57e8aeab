from datetime import date
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, one_of
from registry.core.db import Editable, Identified, Model
from registry.texts.models import translated_column
from registry.texts.translated import Translated
from registry.vocabulary.models import Term

body_field = Table(
    "body_field",
    Model.metadata,
    Column("body_id", ForeignKey("body.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True, index=True),
)


class Form(StrEnum):
    """What kind of body it is."""

    BODY = "body"  # meets and decides: Gremium, Arbeitskreis, Runder Tisch
    COUNCIL = "council"  # elected or appointed: Beirat, Ausschuss
    NETWORK = "network"  # a named part of the network: Netzwerkverbund


class Level(StrEnum):
    LOCAL = "local"
    REGIONAL = "regional"
    SUPRA_REGIONAL = "supra_regional"


class Part(StrEnum):
    """What a member is in a body."""

    CHAIR = "chair"
    MEMBER = "member"
    GUEST = "guest"


class Role(StrEnum):
    """What an actor is for a field of action."""

    LEAD = "lead"
    PARTNER = "partner"


class Body(Editable, Model):
    """A body or a named network. `region` is the AGS of the register that keeps it.

    `seats` is how many there are, `term_from` and `term_to` when its members were elected or
    appointed for. Everyone sees a `public` one, with its members, in the directory.
    """

    __tablename__ = "body"
    __table_args__ = (
        one_of("form", Form),
        one_of("level", Level),
        CheckConstraint("seats > 0", "seats"),
        CheckConstraint("term_to IS NULL OR term_from IS NULL OR term_from <= term_to", "term"),
        Index("ix_body_region_form", "region", "form"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    form: Mapped[str] = mapped_column(String(20), default=Form.BODY)
    level: Mapped[str] = mapped_column(String(20), default=Level.LOCAL)
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[Translated] = translated_column()
    joining: Mapped[Translated] = translated_column()  # how to become a member, or be heard
    rhythm: Mapped[str | None] = mapped_column(String(200))
    seats: Mapped[int | None]
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    website: Mapped[str | None] = mapped_column(String(300))
    office_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="SET NULL"), index=True
    )
    public: Mapped[bool] = mapped_column(default=False)
    example: Mapped[bool] = mapped_column(default=False)

    office: Mapped[Actor | None] = relationship(info={"audit": "label"})  # who runs it
    fields: Mapped[list[Term]] = relationship(
        secondary=body_field, order_by=Term.position, info={"audit": "label"}
    )
    members: Mapped[list["Member"]] = relationship(
        back_populates="body",
        cascade="all, delete-orphan",
        order_by="Member.id",
        info={"audit": "rows"},
    )

    def __str__(self) -> str:
        return self.name


class Member(Identified, Model):
    """An organisation with a seat in a body; persons are not kept."""

    __tablename__ = "body_member"
    __table_args__ = (
        UniqueConstraint("body_id", "actor_id"),
        one_of("part", Part),
        CheckConstraint("seats > 0", "seats"),
        CheckConstraint("until IS NULL OR since IS NULL OR since <= until", "since"),
    )

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(10), default=Part.MEMBER)
    seats: Mapped[int] = mapped_column(default=1)
    since: Mapped[date | None]
    until: Mapped[date | None]

    body: Mapped[Body] = relationship(back_populates="members")
    actor: Mapped[Actor] = relationship(info={"audit": "label"})

    def holds(self, day: date) -> bool:
        return (self.since or day) <= day <= (self.until or day)

    def __str__(self) -> str:
        return str(self.actor)


class Responsibility(Editable, Model):
    """An actor leads a field of action in a region, or takes part in it, by agreement (R05)."""

    __tablename__ = "responsibility"
    __table_args__ = (
        UniqueConstraint("region", "actor_id", "field_id"),
        one_of("role", Role),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str | None] = mapped_column(String(300))
    example: Mapped[bool] = mapped_column(default=False)

    actor: Mapped[Actor] = relationship(info={"audit": "label"})
    field: Mapped[Term] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return f"{self.actor}: {self.field}"
