from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import one_of
from registry.conferences.invitations.models import Form, Invitation, Named
from registry.conferences.models import Conference
from registry.core.db import Identified, Model


class Place(StrEnum):
    """What a participant has."""

    SEAT = "seat"
    WAITING = "waiting"
    NONE = "none"  # gave it back


class Participant(Named, Identified, Model):
    """Somebody who comes for an invitation, or waits for a seat; names may be unknown.

    `deputy` stands in for whoever was invited. `wishes` are public ids of working groups in order.
    `listed` is the consent to stand in the list that is given to everyone; `walk_in` came without
    having said so. `stands_for` is whom this one came instead of at the door.
    """

    __tablename__ = "conference_participant"
    __table_args__ = (
        UniqueConstraint("invitation_id", "position"),
        one_of("form", Form),
        one_of("place", Place),
        CheckConstraint("(place = 'waiting') = (waiting_since IS NOT NULL)", "waiting_since"),
        Index("ix_conference_participant_conference_id_place", "conference_id", "place"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("conference_invitation.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    deputy: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(10), default=Place.SEAT)
    waiting_since: Mapped[datetime | None]
    wishes: Mapped[list[str]] = mapped_column(JSON, default=list)
    listed: Mapped[bool] = mapped_column(default=False)
    walk_in: Mapped[bool] = mapped_column(default=False, server_default="0")
    stands_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="SET NULL"), index=True
    )

    conference: Mapped[Conference] = relationship()
    invitation: Mapped[Invitation] = relationship()
    stands_for: Mapped["Participant | None"] = relationship(
        remote_side="Participant.id", post_update=True
    )
    need: Mapped["PersonalNeed | None"] = relationship(
        back_populates="participant", cascade="all, delete-orphan"
    )

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part)


class PersonalNeed(Model):
    """What somebody needs to take part, with consent and for this alone; deleted afterwards.

    Kept apart from everything else, so that no list of participants can show it by accident.
    """

    __tablename__ = "conference_need"
    __table_args__ = (CheckConstraint("children >= 0", "children"),)
    versioned = False

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="CASCADE"), primary_key=True
    )
    interpreting: Mapped[str | None] = mapped_column(String(60))  # into which language
    step_free: Mapped[bool] = mapped_column(default=False)
    children: Mapped[int] = mapped_column(default=0)  # to be looked after
    food: Mapped[str | None] = mapped_column(String(200))
    other: Mapped[str | None] = mapped_column(String(500))
    consent_at: Mapped[datetime]

    participant: Mapped[Participant] = relationship(back_populates="need")

    def __str__(self) -> str:
        return "need"  # nothing of it in the log
