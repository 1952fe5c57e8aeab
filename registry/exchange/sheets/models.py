"""Imports under way and their history, remembered mappings, keys of other registers."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Identified, Model, now


class State(StrEnum):
    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    DISCARDED = "discarded"


class ImportRun(Identified, Model):
    """One file and what became of it. The file itself lies beside the database, for a while."""

    __tablename__ = "import_run"
    versioned = False
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in State)})", "state"),
        Index("ix_import_run_region_made_at", "region", "made_at"),
    )

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    who_id: Mapped[int | None]
    who_label: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=now)
    begun_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(20), default=State.UPLOADED)
    sheet: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]  # bytes
    header: Mapped[list[str]] = mapped_column(JSON, default=list)
    mapping: Mapped[list[str]] = mapped_column(JSON, default=list)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    done_rows: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))

    def __str__(self) -> str:
        return self.file_name


class ImportMapping(Model):
    """How the columns of files with the same header were mapped last time in a region."""

    __tablename__ = "import_mapping"
    versioned = False

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(40), primary_key=True)
    mapping: Mapped[list[str]] = mapped_column(JSON)


class ExternalId(Model):
    """The key that another register gave an entry: unique in a region, for a source and kind."""

    __tablename__ = "external_id"
    versioned = False
    __table_args__ = (
        UniqueConstraint("region", "source", "kind", "key"),
        CheckConstraint("kind IN ('actor', 'place', 'contact', 'offer')", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(ForeignKey("region.ags"))
    source: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(200))
    record: Mapped[UUID] = mapped_column(Uuid, index=True)
