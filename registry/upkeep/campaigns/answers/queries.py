"""Reading the answers that the office has to work on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from registry.access.policy import Who
from registry.actors.queries import locked
from registry.core.db import db
from registry.core.errors import NotFound
from registry.offers.models import Offer
from registry.upkeep.campaigns.models import Campaign, Entry, Request, Work
from registry.upkeep.campaigns.queries import mine


def answers_to_work_on(who: Who) -> int:
    """Count the answers that the office has to apply or decline."""
    query = (
        select(func.count(Entry.id))
        .join(Request, Request.id == Entry.request_id)
        .join(Campaign, Campaign.id == Request.campaign_id)
    )
    return db.session.scalar(query.where(mine(who), Entry.work == Work.OPEN)) or 0


def load_answers(who: Who, *, page: int = 1, per_page: int = 50) -> tuple[Sequence[Entry], int]:
    """Return one page of the answers to be worked on, the oldest first, and the total."""
    total = answers_to_work_on(who)
    found = db.session.scalars(
        _answers(who, Entry.work == Work.OPEN)
        .order_by(Entry.answered_on, Entry.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    return found, total


def load_answer(who: Who, uuid: UUID, *, lock: bool = False) -> Entry:
    query = _answers(who, Entry.uuid == uuid)
    found: Entry | None = db.session.scalar(locked(query, Entry) if lock else query)
    if found is None:
        raise NotFound
    return found


def _answers(who: Who, condition: ColumnElement[bool]) -> Any:
    return (
        select(Entry)
        .join(Request, Request.id == Entry.request_id)
        .join(Campaign, Campaign.id == Request.campaign_id)
        .where(mine(who), condition)
        .options(
            selectinload(Entry.request).selectinload(Request.actor),
            selectinload(Entry.request).selectinload(Request.campaign),
            selectinload(Entry.offer).selectinload(Offer.actor),
        )
    )
