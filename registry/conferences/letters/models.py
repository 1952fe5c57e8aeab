from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Editable, Model


class LetterTemplate(Editable, Model):
    """A document of the office's own that the letters of a region are merged with (DOCX)."""

    __tablename__ = "letter_template"
    versioned = False

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    brought_on: Mapped[date]

    def __str__(self) -> str:
        return self.name
