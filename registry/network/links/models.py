from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, one_of
from registry.core.db import Editable, Identified, Model
from registry.network.state import Kind
from registry.vocabulary.models import Term


class Side(StrEnum):
    """Who of the two reports."""

    SOURCE = "source"
    TARGET = "target"


class Via(StrEnum):
    """How a report came."""

    ROUND = "round"  # the actor itself, by its link
    PHONE = "phone"
    OFFICE = "office"
    IMPORT = "import"


class Cooperation(Editable, Model):
    """A link of one kind between two actors; `region` is the AGS of the register that keeps it.

    What is known of it are its reports, one a side. For kinds without direction it does not matter
    which actor is the source, and there is one link for each pair.
    """

    __tablename__ = "cooperation"
    __table_args__ = (
        UniqueConstraint("kind", "source_id", "target_id"),
        CheckConstraint("source_id <> target_id", "not_with_itself"),
        one_of("kind", Kind),
        Index("ix_cooperation_region_kind", "region", "kind"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"))
    target_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(2000))
    example: Mapped[bool] = mapped_column(default=False)

    source: Mapped[Actor] = relationship(foreign_keys=[source_id], info={"audit": "label"})
    target: Mapped[Actor] = relationship(foreign_keys=[target_id], info={"audit": "label"})
    field: Mapped[Term | None] = relationship(info={"audit": "label"})
    reports: Mapped[list["Report"]] = relationship(
        back_populates="link",
        cascade="all, delete-orphan",
        order_by="Report.side",
        info={"audit": "rows"},
    )

    def report(self, side: str) -> "Report | None":
        """Return what one side says."""
        return next((each for each in self.reports if each.side == side), None)

    @property
    def by_source(self) -> "Report | None":
        return self.report(Side.SOURCE)

    @property
    def by_target(self) -> "Report | None":
        return self.report(Side.TARGET)

    def __str__(self) -> str:
        return f"{self.source} – {self.target}"


class Report(Identified, Model):
    """What one side says of a link: intensity 0 (there is none) to 3, since when, in writing.

    `said_by` is a function, never a name.
    """

    __tablename__ = "cooperation_report"
    __table_args__ = (
        UniqueConstraint("link_id", "side"),
        one_of("side", Side),
        one_of("via", Via),
        CheckConstraint("intensity BETWEEN 0 AND 3", "intensity"),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "valid"
        ),
    )

    link_id: Mapped[int] = mapped_column(ForeignKey("cooperation.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(10))
    intensity: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    written: Mapped[bool | None]
    reported_on: Mapped[date]
    via: Mapped[str] = mapped_column(String(10))
    said_by: Mapped[str | None] = mapped_column(String(200))
    round_id: Mapped[int | None] = mapped_column(
        ForeignKey("network_round.id", ondelete="SET NULL"), index=True
    )

    link: Mapped[Cooperation] = relationship(back_populates="reports")

    def __str__(self) -> str:
        return str(self.intensity)
