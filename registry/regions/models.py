from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Model
from registry.texts.models import translated_column
from registry.texts.translated import Translated

LEVELS = {2: "state", 3: "government_region", 5: "district", 8: "municipality"}


class Region(Model):
    """A territorial unit. The AGS is text (Bavaria is "09…"), and its beginning is the parent."""

    __tablename__ = "region"
    __table_args__ = (CheckConstraint("length(ags) IN (2, 3, 5, 8)", "ags_length"),)

    ags: Mapped[str] = mapped_column(String(8), primary_key=True)
    ars: Mapped[str | None] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(30))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @property
    def level(self) -> str:
        return LEVELS[len(self.ags)]

    @property
    def region(self) -> str:
        return self.ags

    def __str__(self) -> str:
        return self.name


class Postcode(Model):
    """A postcode and the middle of its area in degrees (WGS 84)."""

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    lat: Mapped[float]
    lon: Mapped[float]


class RegionPostcode(Model):
    """Which postcodes a municipality has; several share one."""

    __tablename__ = "region_postcode"

    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True)
    postcode: Mapped[str] = mapped_column(ForeignKey("postcode.code"), primary_key=True, index=True)


class Outline(Model):
    """The simplified border of a region as a GeoJSON geometry."""

    __tablename__ = "region_outline"

    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True)
    geometry: Mapped[dict[str, Any]] = mapped_column(JSON)


class Register(Model):
    """The region this register is run for: exactly one row."""

    __tablename__ = "register"
    __table_args__ = (CheckConstraint("id = 1", "only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"))


class RegionSettings(Model):
    """How a region's register looks and works, as its administrator sets it."""

    __tablename__ = "region_settings"
    __table_args__ = (
        CheckConstraint("actor_review_months BETWEEN 1 AND 60", "actor_review_months"),
        CheckConstraint("offer_review_months BETWEEN 1 AND 60", "offer_review_months"),
        CheckConstraint("grace_days BETWEEN 0 AND 730", "grace_days"),
        CheckConstraint("thirds_from BETWEEN 0 AND ranks_from", "thirds_from"),
        CheckConstraint("ranks_from BETWEEN 0 AND 100", "ranks_from"),
    )

    ags: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    title: Mapped[str | None] = mapped_column(String(120))
    accent: Mapped[str | None] = mapped_column(String(7))  # "#rrggbb"
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # PNG, re-encoded
    logo_key: Mapped[str | None] = mapped_column(String(16))  # changes with the picture
    logo_text: Mapped[str | None] = mapped_column(String(120))
    sender_name: Mapped[str | None] = mapped_column(String(120))
    reply_to: Mapped[str | None] = mapped_column(String(254))
    imprint: Mapped[Translated] = translated_column()
    privacy: Mapped[Translated] = translated_column()
    accessibility: Mapped[Translated] = translated_column()
    embed_origins: Mapped[str | None] = mapped_column(String(2000))  # one a line
    second_factor: Mapped[bool] = mapped_column(default=False)  # everybody needs one
    own_edits_live: Mapped[bool] = mapped_column(default=False)  # without the office's review
    actor_review_months: Mapped[int] = mapped_column(default=6)
    offer_review_months: Mapped[int] = mapped_column(default=6)
    grace_days: Mapped[int] = mapped_column(default=90)
    hide_unconfirmed: Mapped[bool] = mapped_column(default=False)  # from the default list
    # percent of answers from which the network's figures are shown as ranks, or as thirds
    ranks_from: Mapped[int] = mapped_column(default=85, server_default="85")
    thirds_from: Mapped[int] = mapped_column(default=60, server_default="60")

    @property
    def region(self) -> str:
        return self.ags

    def __str__(self) -> str:
        return self.title or self.ags
