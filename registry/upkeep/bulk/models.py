from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Identified, Model, now

UNDO_FOR = timedelta(minutes=15)


class BulkRun(Identified, Model):
    """One change of many entries, and who may undo it."""

    __tablename__ = "bulk_run"
    versioned = False

    kind: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=now, index=True)
    undone_at: Mapped[datetime | None]


class BulkRow(Model):
    """One entry of a run: its version after it, and what it was before."""

    __tablename__ = "bulk_row"
    versioned = False

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("bulk_run.id", ondelete="CASCADE"), index=True)
    subject_id: Mapped[UUID] = mapped_column(Uuid)
    version: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone: Mapped[bool] = mapped_column(default=False)


def is_fresh(run: BulkRun) -> bool:
    """Return whether a run can still be undone."""
    return run.undone_at is None and run.made_at >= now() - UNDO_FOR
