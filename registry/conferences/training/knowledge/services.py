"""The checklist of what an officer must know: set its points."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.rows import in_order
from registry.conferences.training.knowledge import queries
from registry.conferences.training.knowledge.queries import Checklist
from registry.conferences.training.models import Knowledge
from registry.core.db import db
from registry.core.errors import Conflict


def set_points(who: Who, region: str, version: int, rows: Sequence[Mapping[str, Any]]) -> Checklist:
    """Set the points of a region's checklist in their order, if nobody else has meanwhile."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    found = queries.load_checklist(who, region, lock=True)
    if found.version != version:
        raise Conflict(found)
    before = {each.id: _told(each) for each in found.points}
    kept = in_order(found.points, rows, Knowledge)
    for gone in set(found.points) - set(kept):
        record(who, "knowledge.deleted", gone, {"title": [gone.title, None]})
        db.session.delete(gone)
    for each in kept:
        if each not in found.points:
            each.region = region
            db.session.add(each)
            with recorded(who, "knowledge.created", each, new=True):
                db.session.flush()
        elif before[each.id] != _told(each):
            touch(each)
    db.session.flush()
    return queries.load_checklist(who, region)


def propose(who: Who, region: str, entries: Sequence[Mapping[str, Any]]) -> int:
    """Add the points of a proposal that the list lacks; return how many."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    found = queries.load_checklist(who, region, lock=True)
    known = {each.title for each in found.points}
    fresh = [each for each in entries if each["title"] not in known]
    for number, each in enumerate(fresh, len(found.points)):
        made = Knowledge(region=region, position=number, **each)
        db.session.add(made)
        with recorded(who, "knowledge.created", made, new=True):
            db.session.flush()
    return len(fresh)


def _told(row: Knowledge) -> tuple[Any, ...]:
    return row.position, row.chapter, row.title, row.text, row.link
