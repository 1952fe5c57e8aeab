from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.core.db import Identified, Model, now


class PathRun(Identified, Model):
    """How far the betweenness of one network has been worked out.

    `digest` tells the network, `total` is how many actors it has, `done` from how many of them the
    paths have been followed. `sums` and `squares` are what was found (float64, by actor in order),
    so that whoever goes on need not begin anew. `beat_at` is the last sign of life.
    """

    __tablename__ = "network_path_run"
    __table_args__ = (CheckConstraint("done BETWEEN 0 AND total", "done"),)
    versioned = False

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    region: Mapped[str] = mapped_column(String(8))
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    sums: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    squares: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    beat_at: Mapped[datetime] = mapped_column(default=now)

    def __str__(self) -> str:
        return self.digest[:12]
