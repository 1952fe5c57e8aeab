from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Model, now


class RetentionRule(Model):
    """For how many days a kind of record is kept, where it was set differently from the default."""

    __tablename__ = "retention_rule"
    __table_args__ = (CheckConstraint("days BETWEEN 0 AND 3650", "days"),)
    versioned = False

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    days: Mapped[int]


class RetentionRun(Model):
    """One run that deleted what was old: how many of each kind."""

    __tablename__ = "retention_run"
    versioned = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    who_label: Mapped[str] = mapped_column(String(200))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)


class Erasure(Model):
    """That something was erased: only a digest, so that a restored backup erases it again.

    `kind` says of what: an address, a telephone number, a name, or the id of a contact; `rows` in
    which rows it was a person's, None: wherever it stands.
    """

    __tablename__ = "erasure"
    versioned = False

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), default="address", server_default="address")
    salt: Mapped[str] = mapped_column(String(32), default="", server_default="")
    rows: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime] = mapped_column(default=now)
