"""Looking at personal needs, which the log notes each time."""

from uuid import UUID

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.conferences.invitations.needs import queries
from registry.conferences.invitations.needs.queries import NeedRow
from registry.conferences.queries import in_the_office, load_conference


def look(who: Who, uuid: UUID, *, file: bool = False) -> list[NeedRow]:
    """Return what participants need; the log says who looked, and whether it became a file."""
    conference = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_INVITE, conference)
    found = queries.needs(conference, inside=in_the_office(who, conference))
    action = "conference.needs_exported" if file else "conference.needs_seen"
    record(who, action, conference, {"rows": [None, len(found)]})
    return found
