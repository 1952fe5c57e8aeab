"""Reading the checklist of what an officer must know."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import select

from registry.access.permissions import Permission
from registry.access.policy import In, Who, may
from registry.conferences.training.models import Knowledge
from registry.core.db import db
from registry.core.errors import NotFound
from registry.regions.models import Region


@dataclass(frozen=True)
class Checklist:
    """The points of a region in their order.

    `version` is another one as soon as any of them was changed, added or taken away.
    """

    region: str
    points: Sequence[Knowledge]

    @property
    def version(self) -> int:
        told = [(each.id, each.version, each.position) for each in self.points]
        return crc32(repr(told).encode()) % 10**9

    def __str__(self) -> str:
        return self.region


def load_checklist(who: Who, region: str, *, lock: bool = False) -> Checklist:
    """Return the checklist of a region, or raise NotFound where `who` may not see it."""
    if not region or not may(who, Permission.CONFERENCE_READ, In(region)):
        raise NotFound
    if lock:  # there may be no row yet: whoever changes the list locks its region
        db.session.execute(select(Region.ags).where(Region.ags == region).with_for_update())
    query = select(Knowledge).where(Knowledge.region == region)
    rows = db.session.scalars(
        query.order_by(Knowledge.position, Knowledge.id).execution_options(populate_existing=lock)
    )
    return Checklist(region, rows.all())
