"""External resources: recommend one, change it, delete it, take over a proposed list."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.errors import Conflict, Invalid
from registry.resources import queries
from registry.resources.models import ExternalResource
from registry.texts.translated import Translated
from registry.vocabulary.services import choose

_TERMS = {"languages": "language", "topics": "field"}


def recommend(who: Who, region: str, data: Mapping[str, Any]) -> ExternalResource:
    """Add a resource to a register's list."""
    require(who, Permission.ENTRY_REVIEW, In(region))
    made = ExternalResource(region=region)
    with db.session.no_autoflush:
        _fill(made, data)
    db.session.add(made)
    with recorded(who, "external_resource.created", made, new=True):
        db.session.flush()
    return made


def change(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> ExternalResource:
    """Change a resource that still has the given version."""
    found = _loaded(who, uuid, version)
    require(who, Permission.ENTRY_REVIEW, found)
    with recorded(who, "external_resource.updated", found), db.session.no_autoflush:
        _fill(found, data)
        touch(found)
    return found


def opened(who: Who, uuid: UUID, version: int, today: date) -> ExternalResource:
    """Note that somebody has opened the address today and it leads there."""
    found = _loaded(who, uuid, version)
    require(who, Permission.ENTRY_REVIEW, found)
    with recorded(who, "external_resource.confirmed", found):
        found.checked_on = today
        touch(found)
    return found


def delete(who: Who, uuid: UUID, version: int) -> ExternalResource:
    """Take a resource from the list for good."""
    found = _loaded(who, uuid, version)
    require(who, Permission.ENTRY_REVIEW, found)
    record(who, "external_resource.deleted", found, {"url": [found.url, None]})
    db.session.delete(found)
    db.session.flush()
    return found


def propose(who: Who, region: str, entries: Iterable[Mapping[str, Any]]) -> int:
    """Add those entries as drafts whose address the register has not; return their number."""
    require(who, Permission.ENTRY_REVIEW, In(region))
    present = queries.addresses(region)
    wanted = [entry for entry in entries if entry["url"] not in present]
    for entry in wanted:
        recommend(who, region, {**entry, "published": False, "checked_on": None})
    return len(wanted)


def _loaded(who: Who, uuid: UUID, version: int) -> ExternalResource:
    found = queries.load_resource(who, uuid, lock=True)
    if found.version != version:
        raise Conflict(found)
    return found


def _fill(row: ExternalResource, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if name in _TERMS:
            # As they will be read again, so that the audit log sees only real changes.
            found = choose(_TERMS[name], value, name)
            setattr(row, name, sorted(found, key=lambda term: term.position))
        elif name == "summary":
            row.summary = (row.summary or Translated()).merged(value)
        elif name == "url":
            _set_address(row, value)
        else:
            setattr(row, name, value)


def _set_address(row: ExternalResource, url: str) -> None:
    if url != row.url and url in queries.addresses(row.region):
        raise Invalid({"url": [_("This address is in the list already.")]})
    row.url = url
