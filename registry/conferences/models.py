from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, one_of
from registry.conferences.series.models import Series
from registry.conferences.venues.models import Room, Venue
from registry.core.db import Editable, Identified, Model
from registry.vocabulary.models import Term

_ROWS: dict[str, Any] = {
    "back_populates": "conference",
    "cascade": "all, delete-orphan",
    "info": {"audit": "rows"},
}


class DutyKind(StrEnum):
    """What somebody does for a conference (R29)."""

    INVITATION = "invitation"
    CHAIR = "chair"
    MINUTES = "minutes"


class ItemKind(StrEnum):
    """What an item of the agenda is about: the framework's blocks, or anything else."""

    LOOK_BACK = "look_back"
    SITUATION = "situation"
    COORDINATION = "coordination"
    OFFERS = "offers"
    INFORMATION = "information"
    NEXT_DATE = "next_date"
    OTHER = "other"


class ItemFormat(StrEnum):
    """How people work together during an item of the programme (B04)."""

    TALK = "talk"
    FORUM = "forum"
    EXPERTS = "experts"
    FISHBOWL = "fishbowl"
    WORLD_CAFE = "world_cafe"
    GROUP = "group"
    PLENARY = "plenary"
    PRACTICAL = "practical"
    BREAK = "break"


class CalendarMethod(StrEnum):
    """How a date goes to a calendar (RFC 5546)."""

    PUBLISH = "publish"
    REQUEST = "request"


class Conference(Editable, Model):
    """A conference of one or several days. `region` is the AGS of the register that holds it.

    `seats` is how many can come, None for as many as want to; `overbooking` how many more are
    promised one. `invited_most` limits the seats offered altogether, `quotas` those of a category:
    {category: {"most": seats or None, "priority": 1 first}}. `reminder_days` count back from the
    deadline. The list of invitations is frozen when it is sent for the first time; `sequence`
    counts what calendars have to be told anew: when that was last decided is `moved_on`, and where
    it is the first day that changed, `moved_from` says which one invitations had named.
    """

    __tablename__ = "conference"
    __table_args__ = (
        one_of("calendar", CalendarMethod),
        CheckConstraint("seats >= 0", "seats"),
        CheckConstraint("overbooking >= 0", "overbooking"),
        CheckConstraint("seats_each > 0", "seats_each"),
        CheckConstraint("invited_most > 0", "invited_most"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_series.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    motto: Mapped[str | None] = mapped_column(String(300))
    venue_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_venue.id", ondelete="SET NULL"), index=True
    )
    deadline: Mapped[date | None]
    seats: Mapped[int | None]
    overbooking: Mapped[int] = mapped_column(default=0)
    seats_each: Mapped[int] = mapped_column(default=1)
    deputies: Mapped[bool] = mapped_column(default=True)
    invited_most: Mapped[int | None]
    quotas: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    needs_asked: Mapped[list[str]] = mapped_column(JSON, default=list)
    asks_network: Mapped[bool] = mapped_column(default=True)
    reference: Mapped[str | None] = mapped_column(String(60))
    letter_text: Mapped[str | None] = mapped_column(String(4000))
    mail_subject: Mapped[str | None] = mapped_column(String(200))
    mail_text: Mapped[str | None] = mapped_column(String(4000))
    enclosures: Mapped[list[str]] = mapped_column(JSON, default=list)
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    calendar: Mapped[str] = mapped_column(String(10), default=CalendarMethod.PUBLISH)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    frozen_at: Mapped[datetime | None]
    cancelled_on: Mapped[date | None]
    cancelled_because: Mapped[str | None] = mapped_column(String(500))
    moved_on: Mapped[date | None]
    moved_from: Mapped[date | None]
    archived_on: Mapped[date | None]
    programme_public: Mapped[bool] = mapped_column(default=False, server_default="0")  # on the web
    example: Mapped[bool] = mapped_column(default=False)

    series: Mapped[Series | None] = relationship(info={"audit": "label"})
    venue: Mapped[Venue | None] = relationship(info={"audit": "label"})
    days: Mapped[list["Day"]] = relationship(order_by="Day.day", **_ROWS)
    duties: Mapped[list["Duty"]] = relationship(order_by="Duty.id", **_ROWS)
    agenda: Mapped[list["AgendaItem"]] = relationship(order_by="AgendaItem.position", **_ROWS)
    groups: Mapped[list["Group"]] = relationship(order_by="Group.position", **_ROWS)

    @property
    def first_day(self) -> date | None:
        return min((each.day for each in self.days), default=None)

    @property
    def last_day(self) -> date | None:
        return max((each.day for each in self.days), default=None)

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        """Which actors hold which duty: whoever keeps one of them may do what the duty asks."""
        return {
            kind.value: frozenset(
                each.actor_id for each in self.duties if each.kind == kind and each.actor_id
            )
            for kind in DutyKind
        }

    def state(self, today: date) -> str:
        """Return planned, inviting, held or cancelled."""
        return state_of(self, self.last_day, today)

    def __str__(self) -> str:
        return self.title


def state_of(conference: Conference, last_day: date | None, today: date) -> str:
    """Return planned, inviting, held or cancelled."""
    if conference.cancelled_on is not None:
        return "cancelled"
    if last_day is not None and last_day < today:
        return "held"
    return "inviting" if conference.frozen_at is not None else "planned"


class Day(Identified, Model):
    """A day of a conference; the hours are those of Europe/Berlin."""

    __tablename__ = "conference_day"
    __table_args__ = (
        UniqueConstraint("conference_id", "day"),
        CheckConstraint("starts < ends", "hours"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]

    conference: Mapped[Conference] = relationship(back_populates="days")

    def __str__(self) -> str:
        return self.day.isoformat()


class Duty(Identified, Model):
    """Who invites, leads, or takes the minutes. Letterhead and sender are those of the duty.

    `function`, `phone` and `email` are what the information block of a letter names.
    """

    __tablename__ = "conference_duty"
    __table_args__ = (UniqueConstraint("conference_id", "kind"), one_of("kind", DutyKind))

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="SET NULL"), index=True
    )
    function: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(254))

    conference: Mapped[Conference] = relationship(back_populates="duties")
    actor: Mapped[Actor | None] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return self.kind


class AgendaItem(Identified, Model):
    """An item of the agenda, and so of the programme.

    `starts` is set where an item begins at a fixed time; all others follow the one before, or
    begin together with it if they are `parallel`. `speaker` names a function, never a person;
    `basis` says which report an item rests on, `field` whose needs are its figures (D03).
    """

    __tablename__ = "conference_item"
    __table_args__ = (
        one_of("kind", ItemKind),
        one_of("format", ItemFormat),
        CheckConstraint("minutes > 0", "minutes"),
        Index("ix_conference_item_conference_id_position", "conference_id", "position"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20), default=ItemKind.OTHER)
    title: Mapped[str] = mapped_column(String(300))
    minutes: Mapped[int | None]
    day_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_day.id", ondelete="SET NULL"), index=True
    )
    starts: Mapped[time | None]
    parallel: Mapped[bool] = mapped_column(default=False, server_default="0")
    block: Mapped[str | None] = mapped_column(String(120))
    format: Mapped[str | None] = mapped_column(String(20))
    speaker: Mapped[str | None] = mapped_column(String(200))
    institution: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(String(2000))
    basis: Mapped[str | None] = mapped_column(String(300))
    field_id: Mapped[int | None] = mapped_column(
        ForeignKey("term.id", ondelete="SET NULL"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_room.id", ondelete="SET NULL"), index=True
    )

    conference: Mapped[Conference] = relationship(back_populates="agenda")
    day: Mapped[Day | None] = relationship(info={"audit": "label"})
    room: Mapped[Room | None] = relationship(info={"audit": "label"})
    field: Mapped[Term | None] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return self.title


class Group(Identified, Model):
    """A working group, or a forum of one `day`, people can wish for.

    Without a maximum it takes everyone; `share` is how many of one organisation. The moderator is
    a participant who stays in the group, or a function from outside. While `open`, those who have
    its link write on its wall.
    """

    __tablename__ = "conference_group"
    __table_args__ = (
        CheckConstraint("minimum >= 0", "minimum"),
        CheckConstraint("maximum IS NULL OR maximum >= minimum", "maximum"),
        CheckConstraint("share > 0", "share"),
        Index("ix_conference_group_conference_id_position", "conference_id", "position"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(String(2000))
    minimum: Mapped[int] = mapped_column(default=0)
    maximum: Mapped[int | None]
    share: Mapped[int | None]
    day_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_day.id", ondelete="SET NULL"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_room.id", ondelete="SET NULL"), index=True
    )
    unit: Mapped[str | None] = mapped_column(String(200))
    moderator: Mapped[str | None] = mapped_column(String(200))
    moderator_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_participant.id", ondelete="SET NULL", use_alter=True), index=True
    )
    open: Mapped[bool] = mapped_column(default=False, server_default="0")

    conference: Mapped[Conference] = relationship(back_populates="groups")
    day: Mapped[Day | None] = relationship(info={"audit": "label"})
    room: Mapped[Room | None] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return self.title
