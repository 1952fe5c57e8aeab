"""Urgent notices: write one, publish it, take it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.core.ranges import check_ranges
from registry.regions import queries as regions
from registry.texts.translated import Translated
from registry.urgent import queries
from registry.urgent.models import UrgentNotice, UrgentNoticeArea

TEXTS = ("title", "text")


def write(who: Who, region: str, data: Mapping[str, Any]) -> UrgentNotice:
    """Write a notice of a register; nobody else sees it before it is published."""
    require(who, Permission.ENTRY_REVIEW, In(region))
    made = UrgentNotice(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "urgent_notice.created", made, new=True):
        db.session.flush()
    return made


def proposal(who: Who, region: str, data: Mapping[str, Any]) -> UrgentNotice:
    """Return the notice that would be written, without writing it; raises what is wrong."""
    require(who, Permission.ENTRY_REVIEW, In(region))
    made = UrgentNotice(region=region)
    _fill(made, data)
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> UrgentNotice:
    """Change a notice that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.ENTRY_REVIEW, found)
    with recorded(who, "urgent_notice.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def publish(who: Who, uuid: UUID, version: int, today: date) -> UrgentNotice:
    """Let everyone see a notice from its first to its last day."""
    found = _loaded(who, uuid, version)
    require(who, Permission.ENTRY_REVIEW, found)
    if found.ends_on < today:
        raise Invalid({"ends_on": [_("The last day is over.")]})
    with recorded(who, "urgent_notice.published", found):
        found.published = True
        touch(found)
    return found


def withdraw(who: Who, uuid: UUID, version: int) -> UrgentNotice:
    """Take a notice from all pages at once."""
    found = _loaded(who, uuid, version)
    require(who, Permission.ENTRY_REVIEW, found)
    with recorded(who, "urgent_notice.draft", found):
        found.published = False
        touch(found)
    return found


def _loaded(who: Who, uuid: UUID, version: int) -> UrgentNotice:
    found = queries.load_notice(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: UrgentNotice, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name in TEXTS:
            setattr(row, name, _merged(getattr(row, name), value))
        elif name == "areas":
            _set_areas(row, value)
        else:
            setattr(row, name, value)
    check_ranges(row)


def _merged(before: Translated | None, bodies: Any) -> Translated:
    return (before or Translated()).merged(bodies)


def _set_areas(row: UrgentNotice, keys: list[str]) -> None:
    """Set the areas; what lies outside of the register answers like what does not exist."""
    known = {ags for ags in regions.existing(keys) if ags.startswith(row.region)}
    if unknown := sorted(set(keys) - known):
        message = _("This official key (AGS) does not exist: %(ags)s", ags=", ".join(unknown)[:80])
        raise Invalid({"areas": [message]})
    present = {area.ags: area for area in row.areas}
    row.areas = [present.get(ags) or UrgentNoticeArea(ags=ags) for ags in sorted(known)]
