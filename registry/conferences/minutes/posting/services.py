"""Printing letters with minutes behind them, and noting for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.audit.services import record
from registry.conferences.letters import queries as letters
from registry.conferences.minutes import making
from registry.conferences.minutes import queries as minutes_queries
from registry.conferences.minutes.models import Minutes, MinutesState
from registry.conferences.minutes.posting import content, queries
from registry.conferences.minutes.posting.content import Standing
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.i18n import ZONE


@dataclass(frozen=True)
class Post:
    """Letters that are ready to be set, the invitations they are for, and what they enclose."""

    document: dict[str, Any]
    uuids: list[UUID]
    standing: Standing


def ready(who: Who, uuid: UUID, today: date) -> Post:
    """Return the letters for all who have none yet; once everybody has one, all of them again."""
    found = minutes_queries.load_minutes(who, uuid)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if found.state == MinutesState.DRAFT:
        raise Invalid({"": [_("Please send the draft to those who were present first.")]})
    known = queries.by_letter(who, found)
    rows = known.waiting or known.rows
    if not rows:
        raise Invalid({"": [_("There is nobody to print this for.")]})
    conference, standing = found.conference, _standing(found)
    made = content.document(
        letters.occasion(conference),
        letters.sender(conference),
        queries.addressed(conference, rows),
        making.paper_of(found),
        standing,
        today,
    )
    return Post(made, [row.uuid for row in rows], standing)


def posted(who: Who, uuid: UUID, post: Post, today: date) -> Minutes:
    """Note that letters were printed: with the minutes, and in the log.

    A draft that was approved while its letters were set does not count for what is approved.
    """
    found = minutes_queries.load_minutes(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, found)
    if _standing(found) == post.standing:
        found.posted = {**found.posted, **{str(each): today.isoformat() for each in post.uuids}}
    record(who, "minutes.printed", found, {"letters": [None, len(post.uuids)]})
    db.session.flush()
    return found


def _standing(found: Minutes) -> Standing:
    if found.approved_at is not None:
        return Standing(approved=found.approved_at.astimezone(ZONE).date())
    return Standing(until=found.object_until)
