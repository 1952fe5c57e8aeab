from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Findable, Identified, Model
from registry.texts.models import translated_column
from registry.texts.translated import Translated

SCHEMES = (
    "field",
    "area_of_life",
    "target_group",
    "language",
    "eligibility",
    "level",
    "format",
    "cost",
    "document",
    "step",
    "service_type",
    "topic",
    "legal_basis",
    "category",
    "legal_form",
)


class Term(Findable, Identified, Model):
    """A term of a scheme. `key` is stable and language-free; `valid_to` retires, never deletes.

    One that was merged into another stays, so that its key still leads somewhere; `moved` holds
    what then moved along, for taking it back.
    """

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("scheme", "key"),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "order"
        ),
        CheckConstraint("merged_into_id <> id", "not_merged_into_itself"),
    )

    scheme: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    # Offers load hundreds of terms for their keys alone; the texts are read through `TermRow`.
    labels: Mapped[Translated] = translated_column(deferred=True)
    hints: Mapped[Translated] = translated_column(deferred=True)
    synonyms: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict, deferred=True)
    autonym: Mapped[str | None] = mapped_column(String(80))
    icon: Mapped[str | None] = mapped_column(String(40))
    color: Mapped[str | None] = mapped_column(String(7))
    url: Mapped[str | None] = mapped_column(String(300))
    framework: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    moved: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)

    merged_into: Mapped["Term | None"] = relationship(
        remote_side="Term.id", info={"audit": "label"}
    )

    @property
    def region(self) -> str:
        """Return whose it is: everybody's."""
        return ""

    searched = frozenset({"labels", "autonym", "synonyms"})

    def searchable(self) -> list[str]:
        spoken = [self.autonym] if self.autonym else []
        synonyms = [word for words in self.synonyms.values() for word in words]
        return [*self.labels.bodies.values(), *spoken, *synonyms]

    def __str__(self) -> str:
        return self.key
