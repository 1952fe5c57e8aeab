"""Keeping a state of the network, and removing one."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.audit.services import record
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.text import is_storable
from registry.network.queries import load_state
from registry.network.snapshots import queries
from registry.network.snapshots.content import digest, packed
from registry.network.snapshots.models import Snapshot

LONGEST = 200  # characters of a name


def keep(who: Who, region: str, name: str, day: date) -> Snapshot:
    """Keep the network of a region as it is known today for a day, sealed by its digest."""
    require(who, Permission.NETWORK_EDIT, In(region))
    title = " ".join(name.split())
    if not title or len(title) > LONGEST or not is_storable(title):
        raise Invalid({"name": [_("Please give a name of at most 200 characters.")]})
    content = packed(load_state(region, day))
    made = Snapshot(region=region, name=title, day=day, content=content, digest=digest(content))
    db.session.add(made)
    db.session.flush()
    record(who, "network_snapshot.kept", made, {"digest": [None, made.digest]})
    return made


def remove(who: Who, uuid: UUID) -> None:
    """Remove a kept state; nothing else refers to it."""
    found = queries.load_snapshot(who, uuid)
    require(who, Permission.NETWORK_EDIT, found)
    record(who, "network_snapshot.removed", found, {"digest": [found.digest, None]})
    db.session.delete(found)
    db.session.flush()
