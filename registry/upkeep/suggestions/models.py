from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, one_of
from registry.core.db import Identified, Model, now
from registry.offers.models import Offer


class Kind(StrEnum):
    """What a suggestion is about: an offer, an actor, or an offer that is not there yet."""

    OFFER = "offer"
    ACTOR = "actor"
    NEW = "new"


class State(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SPAM = "spam"


class Suggestion(Identified, Model):
    """What somebody without an account wants to be changed.

    `changes` is a list of {"path", "old", "new"}: the path says where in the entry, as
    `details.Spot` reads it; `old` is what the public saw then. `reporter` is an e-mail address for
    the answer, kept until the decision and no longer.
    """

    __tablename__ = "suggestion"
    versioned = False
    __table_args__ = (
        one_of("state", State),
        CheckConstraint(
            "(kind = 'offer' AND offer_id IS NOT NULL) OR (kind = 'actor' AND actor_id IS NOT NULL)"
            " OR kind = 'new'",
            "about",
        ),
        Index("ix_suggestion_region_state", "region", "state"),
    )

    region: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default=State.OPEN)
    offer_id: Mapped[int | None] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), index=True
    )
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(300))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    gone: Mapped[bool] = mapped_column(default=False)  # "exists no longer"
    remark: Mapped[str | None] = mapped_column(String(2000))
    reporter: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(12), default="de")
    made_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(1000))

    offer: Mapped[Offer | None] = relationship()
    actor: Mapped[Actor | None] = relationship()

    @property
    def entry(self) -> Offer | Actor | None:
        return self.actor if self.kind == Kind.ACTOR else self.offer

    def __str__(self) -> str:
        return self.title
