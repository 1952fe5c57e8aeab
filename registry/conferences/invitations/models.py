from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, Contact, one_of
from registry.conferences.models import Conference
from registry.core.db import Editable, Identified, Model
from registry.core.mail.models import Mail
from registry.network.bodies.models import Body


class Effect(StrEnum):
    INVITE = "invite"
    EXCLUDE = "exclude"


class Form(StrEnum):
    """How a person is addressed; never guessed from a name."""

    NONE = "none"  # nobody is known: by function
    NEUTRAL = "neutral"  # "Guten Tag Vorname Nachname"
    FEMALE = "female"
    MALE = "male"


class Beside(StrEnum):
    """Categories beside the framework's ten, for individuals and for bodies."""

    COUNCIL = "council"  # members of the Kreistag
    VOLUNTEER = "volunteer"
    GUEST = "guest"


class Channel(StrEnum):
    """How an invitation goes out."""

    MAIL = "mail"
    POST = "post"
    BOTH = "both"
    NONE = "none"  # neither is possible: by telephone


class Reply(StrEnum):
    OPEN = "open"
    YES = "yes"
    NO = "no"
    DEPUTY = "deputy"


class Via(StrEnum):
    """How an answer came."""

    LINK = "link"
    PHONE = "phone"
    POST = "post"
    MAIL = "mail"
    CALENDAR = "calendar"
    OFFICE = "office"


class Named:
    """A person as letters and lists name one. Where only the function is known, `form` is none."""

    form: Mapped[str] = mapped_column(String(10), default=Form.NONE)
    title: Mapped[str | None] = mapped_column(String(60))  # academic
    office_title: Mapped[str | None] = mapped_column(String(100))  # "Landrätin", in the address
    given_name: Mapped[str | None] = mapped_column(String(100))
    family_name: Mapped[str | None] = mapped_column(String(100))
    function: Mapped[str | None] = mapped_column(String(200))


class Rule(Editable, Model):
    """Whom a conference invites, or leaves out. What a criterion lists is OR, criteria are AND.

    `criteria` holds, each optional: `categories` and `fields` (keys of terms), `municipalities`
    (AGS), `tiers`, `last` (attended, absent, declined, never), `findings` (kinds of findings).
    Among rules that invite, the first by position that fits gives seats and priority.
    """

    __tablename__ = "conference_rule"
    __table_args__ = (
        one_of("effect", Effect),
        CheckConstraint("seats > 0", "seats"),
        Index("ix_conference_rule_conference_id_position", "conference_id", "position"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    effect: Mapped[str] = mapped_column(String(10), default=Effect.INVITE)
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seats: Mapped[int | None]  # None: as many as the conference gives each
    priority: Mapped[int] = mapped_column(default=1)

    conference: Mapped[Conference] = relationship()

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return f"{self.effect} {self.position}"


class Individual(Named, Editable, Model):
    """Somebody who is invited in person, with consent: a member of the Kreistag, a volunteer."""

    __tablename__ = "conference_individual"
    __table_args__ = (one_of("form", Form), one_of("category", Beside))

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    category: Mapped[str] = mapped_column(String(20))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(5))
    city: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    consent_on: Mapped[date]
    consent_source: Mapped[str] = mapped_column(String(300))
    withdrawn_on: Mapped[date | None]
    example: Mapped[bool] = mapped_column(default=False)

    @property
    def known_as(self) -> str:
        """Return the function of somebody who is invited by that alone, else nothing."""
        return "" if self.given_name or self.family_name else self.function or ""

    def __str__(self) -> str:
        named = " ".join(part for part in (self.given_name, self.family_name) if part)
        return named or self.known_as


class Pick(Identified, Model):
    """Chosen by hand, in or out, whatever the rules say: an actor, a body or an individual."""

    __tablename__ = "conference_pick"
    __table_args__ = (
        one_of("effect", Effect),
        UniqueConstraint("conference_id", "actor_id"),
        UniqueConstraint("conference_id", "body_id"),
        UniqueConstraint("conference_id", "individual_id"),
        CheckConstraint("seats > 0", "seats"),
        CheckConstraint(
            "(actor_id IS NOT NULL AND body_id IS NULL AND individual_id IS NULL)"
            " OR (actor_id IS NULL AND body_id IS NOT NULL AND individual_id IS NULL)"
            " OR (actor_id IS NULL AND body_id IS NULL AND individual_id IS NOT NULL)",
            "one",
        ),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="CASCADE"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", ondelete="CASCADE"), index=True
    )
    individual_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_individual.id", ondelete="CASCADE"), index=True
    )
    effect: Mapped[str] = mapped_column(String(10), default=Effect.INVITE)
    seats: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(300))

    conference: Mapped[Conference] = relationship()
    actor: Mapped[Actor | None] = relationship(info={"audit": "label"})
    body: Mapped[Body | None] = relationship(info={"audit": "label"})
    individual: Mapped[Individual | None] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return str(self.actor or self.body or self.individual)


class Invitation(Named, Editable, Model):
    """One invitation to an actor, a body, or an individual: a row of the list.

    `number` is its place in the list, the same on letters, labels and slips; it is given when the
    list is frozen. Address and person are copied from the register until then, but for what was
    `edited` by hand (names of columns). `reasons` are codes with their facts. `late` was added
    after the list had been sent; `released` says whether a holder of the duty outside the office
    may see the contact. Its uuid is in the UID of its calendar entry and nowhere public. `told` is
    the conference's `sequence` that its last mail told, None where it never got one,
    `told_on_paper` the one that its last letter told; `answer_before` is what stood
    before the last answer, `before_rules` before rules changed it or it was
    withdrawn, to undo that.
    """

    __tablename__ = "conference_invitation"
    __table_args__ = (
        UniqueConstraint("conference_id", "number"),
        UniqueConstraint("conference_id", "actor_id"),
        UniqueConstraint("conference_id", "body_id"),
        UniqueConstraint("conference_id", "individual_id"),
        one_of("form", Form),
        one_of("channel", Channel),
        one_of("reply", Reply),
        CheckConstraint("seats > 0", "seats"),
        Index("ix_conference_invitation_conference_id_reply", "conference_id", "reply"),
    )

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"))
    number: Mapped[int | None]
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("actor.id", ondelete="SET NULL"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", ondelete="SET NULL"), index=True
    )
    individual_id: Mapped[int | None] = mapped_column(
        ForeignKey("conference_individual.id", ondelete="SET NULL"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    category: Mapped[str] = mapped_column(String(60), default="")
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    seats: Mapped[int] = mapped_column(default=1)
    organisation: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str | None] = mapped_column(String(200))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(5))
    city: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(10), default=Channel.MAIL)
    edited: Mapped[list[str]] = mapped_column(JSON, default=list)
    released: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str | None] = mapped_column(String(500))
    invited_on: Mapped[date | None]
    letter_on: Mapped[date | None]  # its letter was last printed
    reminded_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    told: Mapped[int | None]
    told_on_paper: Mapped[int | None]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="SET NULL"))
    reply: Mapped[str] = mapped_column(String(10), default=Reply.OPEN)
    replied_at: Mapped[datetime | None]
    via: Mapped[str | None] = mapped_column(String(10))
    said_by: Mapped[str | None] = mapped_column(String(200))
    answer_before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    before_rules: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    conference: Mapped[Conference] = relationship()
    actor: Mapped[Actor | None] = relationship()
    body: Mapped[Body | None] = relationship()
    individual: Mapped[Individual | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    mail: Mapped[Mail | None] = relationship()

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return self.organisation
