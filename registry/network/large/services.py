"""Having the paths of a large network followed."""

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.core.db import db, now
from registry.network.large import queries
from registry.network.large.following import SILENT
from registry.network.large.models import PathRun


def begin(who: Who, region: str, key: str, actors: int) -> PathRun:
    """Return the run for a network (its digest), and see to it that somebody works on it."""
    require(who, Permission.NETWORK_READ, In(region))
    found = queries.run_of(key)
    if found is None:
        found = PathRun(digest=key, region=region, total=actors, beat_at=now() - 2 * SILENT)
        db.session.add(found)
        db.session.flush()
    return found
