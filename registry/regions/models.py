from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Model

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
