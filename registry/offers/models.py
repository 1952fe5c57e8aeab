from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.actors.models import Actor, Answer, Contact, Place, Status, Unit, one_of
from registry.core.db import Editable, Findable, Identified, Model
from registry.texts.models import translated_column
from registry.texts.translated import Translated
from registry.vocabulary.models import Term


class Availability(StrEnum):
    FREE = "free"
    FEW = "few"
    NONE = "none"
    UNKNOWN = "unknown"


class SpokenBy(StrEnum):
    STAFF = "staff"
    INTERPRETER = "interpreter"


# Which list of an offer holds terms of which scheme, and which single value does.
TERM_LISTS = {
    "fields": "field",
    "areas_of_life": "area_of_life",
    "target_groups": "target_group",
    "eligibility": "eligibility",
    "formats": "format",
    "topics": "topic",
    "documents": "document",
    "steps": "step",
    "legal_bases": "legal_basis",
}
TERM_SINGLES = {
    "service_type": "service_type",
    "cost": "cost",
    "level_from": "level",
    "level_to": "level",
}


class terms_of:  # noqa: N801 (reads as a word in the class below)
    """The offer's terms of one scheme, in the order given."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def __get__(self, offer: Any, _owner: type) -> Any:
        if offer is None:
            return self
        links = (link for link in offer.term_links if link.term.scheme == self.scheme)
        return [link.term for link in sorted(links, key=lambda link: link.position)]

    def __set__(self, offer: Any, terms: list[Term]) -> None:
        others = [link for link in offer.term_links if link.term.scheme != self.scheme]
        present = {link.term: link for link in offer.term_links}
        wanted = [present.get(term) or OfferTerm(term=term) for term in terms]
        for position, link in enumerate(wanted):
            link.position = position
        offer.term_links = others + wanted


class Offer(Findable, Editable, Model):
    """One offer of one actor, at no place (online, outreach), one, or several."""

    __tablename__ = "offer"
    __table_args__ = (
        one_of("status", Status),
        one_of("childcare", Answer),
        CheckConstraint("min_age BETWEEN 0 AND 120", "min_age"),
        CheckConstraint("max_age BETWEEN 0 AND 120", "max_age"),
        CheckConstraint("min_age IS NULL OR max_age IS NULL OR min_age <= max_age", "ages"),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "valid"
        ),
        CheckConstraint("(level_from_id IS NULL) = (level_to_id IS NULL)", "level_range"),
        # All that decides whether an offer is due, so that counting reads no offer.
        Index("ix_offer_due", "status", "valid_to", "last_confirmed", "created_at", "actor_id"),
    )

    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True
    )
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="SET NULL"), index=True
    )
    status: Mapped[str] = mapped_column(String(20), default=Status.DRAFT)
    example: Mapped[bool] = mapped_column(default=False)
    title: Mapped[Translated] = translated_column()
    summary: Mapped[Translated] = translated_column()
    description: Mapped[Translated] = translated_column()
    service_type_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    level_from_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    level_to_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    cost_note: Mapped[Translated] = translated_column()
    childcare: Mapped[str] = mapped_column(String(10), default=Answer.UNKNOWN)
    by_appointment: Mapped[bool] = mapped_column(default=False)
    booking_url: Mapped[str | None] = mapped_column(String(300))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    last_confirmed: Mapped[date | None]
    easy_text: Mapped[str | None] = mapped_column(String(5000))
    easy_reviewer: Mapped[str | None] = mapped_column(String(200))
    easy_reviewed_on: Mapped[date | None]
    internal_note: Mapped[str | None] = mapped_column(String(2000))

    actor: Mapped[Actor] = relationship(info={"audit": "label"})
    unit: Mapped[Unit | None] = relationship(info={"audit": "label"})
    contact: Mapped[Contact | None] = relationship(info={"audit": "label"})
    service_type: Mapped[Term | None] = relationship(
        foreign_keys=[service_type_id], info={"audit": "label"}
    )
    level_from: Mapped[Term | None] = relationship(
        foreign_keys=[level_from_id], info={"audit": "label"}
    )
    level_to: Mapped[Term | None] = relationship(
        foreign_keys=[level_to_id], info={"audit": "label"}
    )
    cost: Mapped[Term | None] = relationship(foreign_keys=[cost_id], info={"audit": "label"})
    term_links: Mapped[list["OfferTerm"]] = relationship(
        cascade="all, delete-orphan", order_by="OfferTerm.position", info={"audit": "label"}
    )
    languages: Mapped[list["OfferLanguage"]] = relationship(
        cascade="all, delete-orphan", order_by="OfferLanguage.position", info={"audit": "rows"}
    )
    places: Mapped[list["OfferPlace"]] = relationship(
        cascade="all, delete-orphan", order_by="OfferPlace.position", info={"audit": "rows"}
    )
    areas: Mapped[list["OfferArea"]] = relationship(
        cascade="all, delete-orphan", order_by="OfferArea.ags", info={"audit": "label"}
    )
    runs: Mapped[list["Run"]] = relationship(
        "registry.offers.models.Run",  # conferences have runs, too
        cascade="all, delete-orphan",
        order_by="registry.offers.models.Run.starts_on",
        info={"audit": "rows"},
    )
    closures: Mapped[list["Closure"]] = relationship(
        cascade="all, delete-orphan", order_by="Closure.closed_from", info={"audit": "rows"}
    )

    fields = terms_of("field")
    areas_of_life = terms_of("area_of_life")
    target_groups = terms_of("target_group")
    eligibility = terms_of("eligibility")
    formats = terms_of("format")
    topics = terms_of("topic")
    documents = terms_of("document")
    steps = terms_of("step")
    legal_bases = terms_of("legal_basis")

    @property
    def region(self) -> str:
        return self.actor.region

    @property
    def owner_id(self) -> int:
        return self.actor_id

    searched = frozenset({"title", "summary", "description"})

    def searchable(self) -> list[str]:
        titles = " ".join(self.title.bodies.values())
        # Before the first save a text that nobody gave is still None.
        texts = [text for text in (self.summary, self.description) if text]
        return [titles, *(body for text in texts for body in text.bodies.values())]

    def __str__(self) -> str:
        return str(self.title.shown("de"))


class OfferTerm(Model):
    __tablename__ = "offer_term"

    offer_id: Mapped[int] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    term: Mapped[Term] = relationship(lazy="joined")

    def __str__(self) -> str:
        return f"{self.term.scheme}:{self.term.key}"


class OfferLanguage(Model):
    """A language one can speak there, by whom, and when if not always."""

    __tablename__ = "offer_language"
    __table_args__ = (one_of("by", SpokenBy), UniqueConstraint("offer_id", "term_id", "by"))

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    by: Mapped[str] = mapped_column(String(20), default=SpokenBy.STAFF)
    note: Mapped[Translated] = translated_column()
    position: Mapped[int] = mapped_column(default=0)

    language: Mapped[Term] = relationship(lazy="joined", info={"audit": "label"})


class OfferPlace(Model):
    """An offer at a place. Empty hours mean those of the place."""

    __tablename__ = "offer_place"
    __table_args__ = (UniqueConstraint("offer_id", "place_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    own_hours: Mapped[str | None] = mapped_column(String(300))
    note: Mapped[Translated] = translated_column()
    position: Mapped[int] = mapped_column(default=0)

    place: Mapped[Place] = relationship(info={"audit": "label"})

    @property
    def hours(self) -> str | None:
        return self.own_hours or self.place.hours


class OfferArea(Model):
    """A region the offer is for."""

    __tablename__ = "offer_area"

    offer_id: Mapped[int] = mapped_column(
        ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True
    )
    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True, index=True)

    def __str__(self) -> str:
        return self.ags


class Run(Identified, Model):
    """One run of a course: when it starts and ends, until when to register, and free places."""

    __tablename__ = "offer_run"
    __table_args__ = (
        one_of("availability", Availability),
        Index("ix_offer_run_offer_id_starts_on", "offer_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", "order"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    register_by: Mapped[date | None]
    times: Mapped[str | None] = mapped_column(String(300))
    availability: Mapped[str] = mapped_column(String(10), default=Availability.UNKNOWN)
    availability_as_of: Mapped[date | None]


class Closure(Model):
    """Days, both included, on which the offer does not take place."""

    __tablename__ = "offer_closure"
    __table_args__ = (CheckConstraint("closed_from <= closed_to", "order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    closed_from: Mapped[date]
    closed_to: Mapped[date]
    reason: Mapped[Translated] = translated_column()
