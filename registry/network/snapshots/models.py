from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Identified, Model, now
from registry.network.snapshots.content import digest


class Snapshot(Identified, Model):
    """The network of a region as it was on a day; never changed. `digest` is that of `content`."""

    __tablename__ = "network_snapshot"
    versioned = False

    region: Mapped[str] = mapped_column(ForeignKey("region.ags"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default=now)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)

    @property
    def is_whole(self) -> bool:
        """Return whether it is what it was when it was sealed."""
        return digest(self.content) == self.digest

    def __str__(self) -> str:
        return self.name
