from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.actors.models import one_of
from registry.core.db import Editable, Model


class Decision(StrEnum):
    """What people made of a finding."""

    NEW = "new"
    TOPIC = "topic"  # to be talked about
    DISMISSED = "dismissed"  # with a reason


class Finding(Editable, Model):
    """What a rule found. `key` says what it is about, so that it is known again next time.

    `facts` are the inputs of its sentence: numbers, keys of terms, AGS keys, and under "actors"
    the public ids of those it names. `gone_on` is the day from which it was no longer found.
    """

    __tablename__ = "network_finding"
    __table_args__ = (
        UniqueConstraint("region", "key"),
        one_of("state", Decision),
        CheckConstraint("state <> 'dismissed' OR reason IS NOT NULL", "reason"),
        Index("ix_network_finding_region_state", "region", "state"),
    )
    versioned = False

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    found_on: Mapped[date]
    seen_on: Mapped[date]
    gone_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=Decision.NEW)
    reason: Mapped[str | None] = mapped_column(String(1000))
    decided_at: Mapped[datetime | None]

    def __str__(self) -> str:
        return self.kind
