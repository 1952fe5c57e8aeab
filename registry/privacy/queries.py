"""Reading how long records are kept, and the protocol of deleting them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from registry.core.db import db
from registry.privacy import holdings
from registry.privacy.holdings import Kept, Leftovers
from registry.privacy.models import RetentionRule, RetentionRun


def days() -> dict[str, int]:
    """Return for how many days each kind of record is kept."""
    given = dict(iter(db.session.execute(select(RetentionRule.kind, RetentionRule.days))))
    return {kind.key: given.get(kind.key, kind.days) for kind in holdings.kinds()}


def count_old(at: datetime) -> dict[str, int]:
    """Count, by kind, what has been kept long enough."""
    kept = days()
    return {kind.key: _count_old(kind, at, kept[kind.key]) for kind in holdings.kinds()}


def _count_old(kind: Kept, at: datetime, kept: int) -> int:
    if isinstance(kind, Leftovers):
        return kind.count(at - timedelta(days=kept))
    query = select(func.count()).select_from(kind.model).where(kind.only, kind.old(at, kept))
    return db.session.scalar(query) or 0


def delete_old(kind: Kept, at: datetime, kept: int) -> int:
    """Delete what of a kind is older than this many days; return how many."""
    if isinstance(kind, Leftovers):
        return kind.clear(at - timedelta(days=kept))
    old = delete(kind.model).where(kind.only, kind.old(at, kept))
    done: Any = db.session.execute(old.execution_options(synchronize_session=False))
    return int(done.rowcount)


@dataclass(frozen=True)
class Run:
    at: datetime
    who_label: str
    counts: dict[str, int]


def runs(*, page: int, per_page: int) -> tuple[list[Run], int]:
    """Return one page of the protocol, newest first, and how many runs there were."""
    total = db.session.scalar(select(func.count(RetentionRun.id))) or 0
    query = select(RetentionRun).order_by(RetentionRun.at.desc(), RetentionRun.id.desc())
    found = db.session.scalars(query.limit(per_page).offset((page - 1) * per_page))
    return [Run(each.at, each.who_label, each.counts) for each in found], total
