"""The list of invitations: freezing it when it is sent for the first time."""

import hashlib
import json
from collections.abc import Iterable

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record
from registry.conferences.invitations import queries
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.queries import load_conference
from registry.core.db import db, now

DIGESTED = (
    "number",
    "category",
    "organisation",
    "unit",
    "function",
    "form",
    "title",
    "office_title",
    "given_name",
    "family_name",
    "street",
    "postcode",
    "city",
    "email",
    "channel",
    "seats",
)


def freeze(who: Who, conference: Conference) -> None:
    """Give every invitation its number, once: from then on the list is what was sent.

    Called by whatever sends for the first time; later calls change nothing.
    """
    require(who, Permission.CONFERENCE_INVITE, conference)
    held = load_conference(who, conference.uuid, lock=True)
    if held.frozen_at is not None:
        return
    rows = queries.listed(held)
    for number, row in enumerate(rows, 1):
        row.number = number
    held.frozen_at = now()
    touch(held)
    facts = {"invitations": [None, len(rows)], "digest": [None, digest(rows)]}
    record(who, "conference.frozen", held, facts)
    db.session.flush()


def digest(rows: Iterable[Invitation]) -> str:
    """Return what tells one list from another: the SHA-256 of what its rows say."""
    told = [[getattr(row, name) for name in DIGESTED] for row in rows]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
