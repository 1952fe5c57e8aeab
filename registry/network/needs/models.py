from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Editable, Model
from registry.vocabulary.models import Term


class Need(Editable, Model):
    """What is needed in a place: a field of action, maybe in a language, maybe for a group.

    `place` is the AGS of a municipality or of the whole district, `region` that of the register.
    `persons` is an estimate or a count from `source` on a day; None means that nobody knows.
    """

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("persons >= 0", "persons"),
        Index("ix_need_region", "region"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    place: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    field_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    language_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    target_group_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    persons: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    known_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(2000))
    example: Mapped[bool] = mapped_column(default=False)

    field: Mapped[Term] = relationship(foreign_keys=[field_id], info={"audit": "label"})
    language: Mapped[Term | None] = relationship(
        foreign_keys=[language_id], info={"audit": "label"}
    )
    target_group: Mapped[Term | None] = relationship(
        foreign_keys=[target_group_id], info={"audit": "label"}
    )

    def __str__(self) -> str:
        return f"{self.field} ({self.place})"
