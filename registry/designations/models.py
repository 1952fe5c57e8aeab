from datetime import date
from typing import cast

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor
from registry.core.db import Editable, Model
from registry.offers.models import Offer
from registry.texts.translated import SOURCE
from registry.vocabulary.models import Term

designation_term = Table(
    "designation_term",
    Model.metadata,
    Column("designation_id", ForeignKey("designation.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True, index=True),
)


def _terms(scheme: str) -> Mapped[list[Term]]:
    """Return the terms of one scheme; the others of the same table are not touched."""
    of_scheme = and_(Term.id == designation_term.c.term_id, Term.scheme == scheme)
    return relationship(
        secondary=designation_term,
        secondaryjoin=of_scheme,
        order_by=Term.position,
        overlaps="eligibility,target_groups,languages",
        info={"audit": "label"},
    )


class Designation(Editable, Model):
    """An actor, or one of its offers, is the contact point for some people in some places.

    No ages, statuses or target groups means everyone. Target groups make it a special contact
    point, which closes no gap. `region` is the AGS of the register that keeps it.
    """

    __tablename__ = "designation"
    __table_args__ = (
        CheckConstraint("(actor_id IS NULL) <> (offer_id IS NULL)", "actor_or_offer"),
        CheckConstraint("min_age BETWEEN 0 AND 120", "min_age"),
        CheckConstraint("max_age BETWEEN 0 AND 120", "max_age"),
        CheckConstraint("min_age IS NULL OR max_age IS NULL OR min_age <= max_age", "ages"),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "valid"
        ),
        Index("ix_designation_region", "region"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="CASCADE"), index=True
    )
    offer_id: Mapped[int | None] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), index=True
    )
    service_type_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(300))

    actor: Mapped[Actor | None] = relationship(info={"audit": "label"})
    offer: Mapped[Offer | None] = relationship(info={"audit": "label"})
    service_type: Mapped[Term] = relationship(info={"audit": "label"})
    eligibility: Mapped[list[Term]] = _terms("eligibility")
    target_groups: Mapped[list[Term]] = _terms("target_group")
    languages: Mapped[list[Term]] = _terms("language")
    areas: Mapped[list["DesignationArea"]] = relationship(
        cascade="all, delete-orphan", order_by="DesignationArea.ags", info={"audit": "label"}
    )

    @property
    def provider(self) -> Actor:
        """Return the actor that is, or offers, the contact point."""
        return cast(Actor, self.offer.actor if self.offer else self.actor)

    def __str__(self) -> str:
        offer = self.offer
        return f"{self.provider}: {offer.title.shown(SOURCE).body}" if offer else str(self.provider)


class DesignationArea(Model):
    """A region whose people may come: a municipality, or a district with all of them."""

    __tablename__ = "designation_area"

    designation_id: Mapped[int] = mapped_column(
        ForeignKey("designation.id", ondelete="CASCADE"), primary_key=True
    )
    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True, index=True)

    def __str__(self) -> str:
        return self.ags
