from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.core.db import Editable, Findable, Identified, Model
from registry.texts.models import translated_column
from registry.texts.translated import Translated
from registry.vocabulary.models import Term


class Status(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"  # put up for the office to publish
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Answer(StrEnum):
    """Yes and no, and the honest third answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """The level of government a body belongs to."""

    FEDERAL = "federal"
    STATE = "state"
    MUNICIPAL = "municipal"
    NONE = "none"


class Basis(StrEnum):
    """Why the details of a contact may be kept (Art. 6 GDPR)."""

    PUBLIC_TASK = "public_task"
    CONSENT = "consent"
    CONTRACT = "contract"


class Engagement(StrEnum):
    PROFESSIONAL = "professional"
    VOLUNTARY = "voluntary"
    BOTH = "both"


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Return a named check that the column holds one of the values."""
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", column)


actor_field = Table(
    "actor_field",
    Model.metadata,
    Column("actor_id", ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True, index=True),
)


class Actor(Findable, Editable, Model):
    """An organisation of the network. `region` is the AGS of the register that keeps it."""

    __tablename__ = "actor"
    __table_args__ = (
        one_of("status", Status),
        one_of("tier", Tier),
        one_of("engagement", Engagement),
        CheckConstraint("parent_id <> id", "not_its_own_parent"),
        Index("ix_actor_due", "region", "status", "last_confirmed", "created_at"),
        Index("ix_actor_region_folded_title", "region", "folded_title"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    status: Mapped[str] = mapped_column(String(20), default=Status.DRAFT)
    example: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str | None] = mapped_column(String(60))
    description: Mapped[Translated] = translated_column()
    category_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    legal_form_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("actor.id"), index=True)
    tier: Mapped[str] = mapped_column(String(20), default=Tier.NONE)
    engagement: Mapped[str] = mapped_column(String(20), default=Engagement.PROFESSIONAL)
    website: Mapped[str | None] = mapped_column(String(300))
    source: Mapped[str | None] = mapped_column(String(300))
    last_confirmed: Mapped[date | None]

    category: Mapped[Term | None] = relationship(
        foreign_keys=[category_id], info={"audit": "label"}
    )
    legal_form: Mapped[Term | None] = relationship(
        foreign_keys=[legal_form_id], info={"audit": "label"}
    )
    parent: Mapped["Actor | None"] = relationship(remote_side="Actor.id", info={"audit": "label"})
    fields: Mapped[list[Term]] = relationship(
        secondary=actor_field, order_by=Term.position, info={"audit": "label"}
    )
    areas: Mapped[list["ActorArea"]] = relationship(
        cascade="all, delete-orphan", order_by="ActorArea.ags", info={"audit": "label"}
    )
    units: Mapped[list["Unit"]] = relationship(
        back_populates="actor",
        cascade="all, delete-orphan",
        order_by="Unit.position",
        info={"audit": "rows"},
    )
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="actor",
        cascade="all, delete-orphan",
        order_by="Contact.position",
        info={"audit": "rows"},
    )
    places: Mapped[list["Place"]] = relationship(
        back_populates="actor",
        cascade="all, delete-orphan",
        order_by="Place.position",
        info={"audit": "rows"},
    )

    @property
    def owner_id(self) -> int:
        return self.id

    searched = frozenset({"name", "short_name"})

    def searchable(self) -> list[str]:
        return [self.name, self.short_name or ""]

    def __str__(self) -> str:
        return self.name


class ActorArea(Model):
    """A region the actor is responsible for (Zuständigkeitsgebiet)."""

    __tablename__ = "actor_area"

    actor_id: Mapped[int] = mapped_column(
        ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True
    )
    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True)

    def __str__(self) -> str:
        return self.ags


class Unit(Identified, Model):
    """A department or office below an actor."""

    __tablename__ = "unit"

    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[Translated] = translated_column()

    actor: Mapped[Actor] = relationship(back_populates="units")

    def __str__(self) -> str:
        return self.name


class Contact(Identified, Model):
    """A functional contact: an office or function, with separate consents for each use.

    `informed_on` is when it was told what is kept of it; who gave the details itself
    (`own_details`) or consented was told by the form. After `delete_after` it is deleted.
    """

    __tablename__ = "contact"
    __table_args__ = (
        one_of("legal_basis", Basis),
        CheckConstraint(
            "legal_basis <> 'consent' OR consent_on IS NOT NULL"
            " OR NOT (publish_public OR publish_network OR use_for_invitations)",
            "consent_on",
        ),
    )

    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    function: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    publish_public: Mapped[bool] = mapped_column(default=False)
    publish_network: Mapped[bool] = mapped_column(default=False)
    use_for_invitations: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str | None] = mapped_column(String(300))
    review_due: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(String(20), default=Basis.PUBLIC_TASK)
    consent_on: Mapped[date | None]
    own_details: Mapped[bool] = mapped_column(default=False)
    entered_on: Mapped[date] = mapped_column(default=date.today, server_default=func.current_date())
    informed_on: Mapped[date | None]
    delete_after: Mapped[date | None] = mapped_column(index=True)

    actor: Mapped[Actor] = relationship(back_populates="contacts")
    unit: Mapped[Unit | None] = relationship(info={"audit": "label"})

    def __str__(self) -> str:
        return self.function


class Place(Findable, Identified, Model):
    """Where an actor can be found. Degrees are WGS 84; hours are OSM `opening_hours`.

    A confidential place (a women's shelter) shows its telephone and district, nothing else.
    """

    __tablename__ = "place"
    __table_args__ = (
        one_of("step_free", Answer),
        CheckConstraint("lat BETWEEN -90 AND 90", "lat"),
        CheckConstraint("lon BETWEEN -180 AND 180", "lon"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", "lat_with_lon"),
        Index("ix_place_lat_lon", "lat", "lon"),
    )

    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200))
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(5))
    city: Mapped[str | None] = mapped_column(String(120))
    municipality: Mapped[str | None] = mapped_column(ForeignKey("region.ags"), index=True)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    phone: Mapped[str | None] = mapped_column(String(60))
    hours: Mapped[str | None] = mapped_column(String(300))
    step_free: Mapped[str] = mapped_column(String(10), default=Answer.UNKNOWN)
    stop: Mapped[str | None] = mapped_column(String(120))
    confidential: Mapped[bool] = mapped_column(default=False)

    actor: Mapped[Actor] = relationship(back_populates="places")

    @property
    def district(self) -> str | None:
        return self.municipality[:5] if self.municipality else None

    searched = frozenset({"name", "city", "postcode", "confidential"})

    def searchable(self) -> list[str]:
        return [] if self.confidential else [self.name, self.city or "", self.postcode or ""]

    def __str__(self) -> str:
        return self.name
