"""Deleting what has been kept long enough, and noting who took data out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.audit.services import record
from registry.core.db import db
from registry.core.errors import Invalid
from registry.privacy import holdings, queries
from registry.privacy.holdings import Kept
from registry.privacy.models import RetentionRule, RetentionRun

EVERYWHERE = In("")  # a person's traces and the ages of records know no district
MOST_DAYS = 3650


@dataclass(frozen=True)
class Happening:
    """Something about data that belongs to no single row; for the audit log."""

    region: str
    label: str
    uuid: UUID | None = None

    def __str__(self) -> str:
        return self.label


def run_retention(who: Who, at: datetime) -> dict[str, int]:
    """Delete what has been kept long enough; return how many of each kind, and note it."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    kept = queries.days()
    counts = {kind.key: queries.delete_old(kind, at, kept[kind.key]) for kind in holdings.kinds()}
    db.session.add(RetentionRun(at=at, who_label=who.label or who.kind, counts=counts))
    return counts


def keep_for(who: Who, days: dict[str, int]) -> None:
    """Set for how many days kinds of records are kept."""
    require(who, Permission.PRIVACY_MANAGE, EVERYWHERE)
    kinds = {kind.key: kind for kind in holdings.kinds()}
    before = queries.days()
    wrong = {key: n for key, n in days.items() if not kinds[key].least <= n <= MOST_DAYS}
    if wrong:
        raise Invalid({key: [_impossible(kinds[key])] for key in wrong})
    for key, number in days.items():
        db.session.merge(RetentionRule(kind=key, days=number))
    changes = {key: [before[key], n] for key, n in days.items() if n != before[key]}
    if changes:
        record(who, "retention.updated", Happening("", "retention"), changes)


def _impossible(kind: Kept) -> str:
    return _("Please give %(least)s to %(most)s days.", least=kind.least, most=MOST_DAYS)


def exported(who: Who, region: str, kind: str, count: int) -> None:
    """Log that somebody took data out of the register: of what kind and how many."""
    record(who, "data.exported", Happening(region, kind), {"count": [None, count]})
