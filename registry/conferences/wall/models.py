from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from registry.actors.models import one_of
from registry.conferences.groups.models import CafeTable
from registry.conferences.models import Conference, Group
from registry.core.db import Editable, Model
from registry.network.findings.models import Finding


class Question(StrEnum):
    """The four questions of the wall (D08)."""

    CHALLENGE = "challenge"
    PRACTICE = "practice"
    AIM = "aim"
    MEASURE = "measure"


class Card(Editable, Model):
    """A card on the wall of a group, or of a table. Nothing says who wrote it."""

    __tablename__ = "conference_card"
    __table_args__ = (
        one_of("question", Question),
        CheckConstraint("(group_id IS NULL) <> (table_id IS NULL)", "one"),
        Index("ix_conference_card_conference_id_group_id", "conference_id", "group_id"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_group.id", ondelete="CASCADE"), index=True
    )
    table_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_table.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(2000))
    finding_id: Mapped[int | None] = mapped_column(
        ForeignKey("network_finding.id", ondelete="SET NULL"), index=True
    )

    conference: Mapped[Conference] = relationship()
    group: Mapped[Group | None] = relationship()
    table: Mapped[CafeTable | None] = relationship()
    finding: Mapped[Finding | None] = relationship()

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return self.text


class Dots(Model):
    """How many dots of priority a device, or somebody of the office, gave a card."""

    __tablename__ = "conference_dots"
    __table_args__ = (CheckConstraint("number > 0", "number"),)
    versioned = False

    card_id: Mapped[int] = mapped_column(
        ForeignKey("conference_card.id", ondelete="CASCADE"), primary_key=True
    )
    giver: Mapped[str] = mapped_column(String(64), primary_key=True)  # a digest
    number: Mapped[int]


class PhotoKind(StrEnum):
    WALL = "wall"
    IMPRESSION = "impression"


class Photo(Editable, Model):
    """A picture of the paper wall, or an impression; always drawn anew before it is kept.

    An impression is shown only with a credit and with the consent of those who can be seen.
    """

    __tablename__ = "conference_photo"
    __table_args__ = (one_of("kind", PhotoKind),)

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_group.id", ondelete="CASCADE"), index=True
    )
    table_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_table.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(20), default=PhotoKind.WALL)
    caption: Mapped[str | None] = mapped_column(String(300))  # also what it shows, in words
    part: Mapped[str | None] = mapped_column(String(120))  # of the programme
    credit: Mapped[str | None] = mapped_column(String(200))
    consent: Mapped[str | None] = mapped_column(String(300))  # whose, and when given
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    brought_on: Mapped[date]

    conference: Mapped[Conference] = relationship()
    group: Mapped[Group | None] = relationship()

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return self.caption or self.kind
