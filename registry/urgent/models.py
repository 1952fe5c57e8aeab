from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Editable, Model
from registry.texts.models import translated_column
from registry.texts.translated import SOURCE, Translated


class Severity(StrEnum):
    """How urgent a notice is; the values are the kinds of box it is shown in."""

    DANGER = "danger"
    WARNING = "warning"
    INFO = "info"


class UrgentNotice(Editable, Model):
    """What people in an area have to know now, until the end of a day.

    `region` is the AGS of the register that keeps it, `areas` say where it holds.
    """

    __tablename__ = "urgent_notice"
    __table_args__ = (
        CheckConstraint("severity IN ('info', 'warning', 'danger')", "severity"),
        CheckConstraint("starts_on <= ends_on", "valid"),
        Index("ix_urgent_notice_region_ends_on", "region", "ends_on"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    severity: Mapped[str] = mapped_column(String(10), default=Severity.WARNING)
    title: Mapped[Translated] = translated_column()
    text: Mapped[Translated] = translated_column()
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    published: Mapped[bool] = mapped_column(default=False)

    areas: Mapped[list["UrgentNoticeArea"]] = relationship(
        cascade="all, delete-orphan", order_by="UrgentNoticeArea.ags", info={"audit": "label"}
    )

    def __str__(self) -> str:
        return self.title.shown(SOURCE).body


class UrgentNoticeArea(Model):
    """A region in which a notice holds: a municipality, or a district with all of them."""

    __tablename__ = "urgent_notice_area"

    notice_id: Mapped[int] = mapped_column(
        ForeignKey("urgent_notice.id", ondelete="CASCADE"), primary_key=True
    )
    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True, index=True)

    def __str__(self) -> str:
        return self.ags
