from datetime import date

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Editable, Model
from registry.texts.models import translated_column
from registry.texts.translated import Translated
from registry.vocabulary.models import Term

external_resource_term = Table(
    "external_resource_term",
    Model.metadata,
    Column("resource_id", ForeignKey("external_resource.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True, index=True),
)


def _terms(scheme: str) -> Mapped[list[Term]]:
    """Return the terms of one scheme; the others of the same table are not touched."""
    of_scheme = and_(Term.id == external_resource_term.c.term_id, Term.scheme == scheme)
    return relationship(
        secondary=external_resource_term,
        secondaryjoin=of_scheme,
        order_by=Term.position,
        overlaps="languages,topics",
        info={"audit": "label"},
    )


class ExternalResource(Editable, Model):
    """A digital offer of somebody else that the network recommends: its address and languages.

    `checked_on` is the day on which a person last opened the address, None if nobody has.
    """

    __tablename__ = "external_resource"
    __table_args__ = (UniqueConstraint("region", "url"),)

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[Translated] = translated_column()
    url: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date | None]
    published: Mapped[bool] = mapped_column(default=False)

    languages: Mapped[list[Term]] = _terms("language")
    topics: Mapped[list[Term]] = _terms("field")

    def __str__(self) -> str:
        return self.name
