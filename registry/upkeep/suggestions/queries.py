"""Reading suggestions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.upkeep.suggestions.models import State, Suggestion


@dataclass(frozen=True)
class SuggestionRow:
    """A suggestion as one line of the office's list."""

    uuid: UUID
    kind: str
    state: str
    title: str
    gone: bool
    made_at: datetime
    region: str


def visible_to(who: Who) -> ColumnElement[bool]:
    """Return the condition for the suggestions that `who` decides on."""
    regions = regions_of(who, Permission.SUGGESTION_MANAGE)
    return or_(false(), *(Suggestion.region.startswith(region) for region in regions))


def count_open(who: Who) -> int:
    """Count what waits for a decision of `who`."""
    mine = (visible_to(who), Suggestion.state == State.OPEN)
    return db.session.scalar(select(func.count(Suggestion.id)).where(*mine)) or 0


def queue(
    who: Who, state: str, *, page: int = 1, per_page: int = 50
) -> tuple[list[SuggestionRow], int]:
    """Return one page of the suggestions in a state, the oldest first, and the total."""
    conditions = (visible_to(who), Suggestion.state == state)
    total = db.session.scalar(select(func.count(Suggestion.id)).where(*conditions)) or 0
    columns = [getattr(Suggestion, name) for name in SuggestionRow.__dataclass_fields__]
    found = db.session.execute(
        select(*columns)
        .where(*conditions)
        .order_by(Suggestion.made_at, Suggestion.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return [SuggestionRow(*values) for values in found], total


def load_suggestion(who: Who, uuid: UUID, *, lock: bool = False) -> Suggestion:
    """Return the suggestion or raise NotFound, whether it is missing or another office's."""
    query = select(Suggestion).where(Suggestion.uuid == uuid, visible_to(who))
    found = db.session.scalar(locked(query, Suggestion) if lock else query)
    if found is None:
        raise NotFound
    return found
