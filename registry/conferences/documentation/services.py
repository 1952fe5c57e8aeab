"""The documentation of a conference: its texts, its pictures, showing it to everyone."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.documentation import queries
from registry.conferences.documentation.models import Documentation
from registry.conferences.queries import load_conference
from registry.conferences.wall.models import Photo, PhotoKind
from registry.conferences.wall.photos import Picture
from registry.core.db import db
from registry.core.errors import Conflict, Invalid

MOST_PHOTOS = 40


def write(who: Who, uuid: UUID, version: int, data: Mapping[str, Any]) -> Documentation:
    """Set what a documentation says; `version` is 0 where nothing has been written yet."""
    conference = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, conference)
    found = queries.load_documentation(conference, lock=True)
    if (found.version if found else 0) != version:
        raise Conflict(found)
    texts = {name: value or "" for name, value in data.items() if name != "cover"}
    if "language_note" in texts:
        texts["language_note"] = texts["language_note"] or None
    cover = queries.load_impression(conference, data["cover"]) if data.get("cover") else None
    if found is None:
        found = Documentation(conference=conference, **texts)
        if cover:
            found.cover = cover
        db.session.add(found)
        with recorded(who, "documentation.created", found, new=True):
            db.session.flush()
        return found
    with recorded(who, "documentation.updated", found):
        for name, value in texts.items():
            setattr(found, name, value)
        if "cover" in data:
            found.cover = cover
        touch(found)
    return found


def publish(who: Who, uuid: UUID, today: date | None) -> Documentation:
    """Show the documentation to everyone, or with None to nobody any more."""
    conference = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, conference)
    found = queries.load_documentation(conference, lock=True)
    if today and (found is None or not found.imprint.strip()):
        raise Invalid({"imprint": [_("Whatever everyone can read needs an imprint.")]})
    if found is None:
        raise Conflict(None)
    with recorded(who, "documentation.published" if today else "documentation.hidden", found):
        found.published_on = today
        touch(found)
    return found


def bring(who: Who, uuid: UUID, picture: Picture, data: Mapping[str, Any], today: date) -> Photo:
    """Keep a picture, as it was drawn anew."""
    conference = load_conference(who, uuid, lock=True)
    require(who, Permission.CONFERENCE_MINUTES, conference)
    if len(queries.impressions(conference)) >= MOST_PHOTOS:
        raise Invalid({"photo": [_("There are enough pictures. Remove one first.")]})
    made = Photo(
        conference=conference,
        kind=PhotoKind.IMPRESSION.value,
        width=picture.width,
        height=picture.height,
        content=picture.content,
        brought_on=today,
        **data,
    )
    db.session.add(made)
    db.session.flush()
    record(who, "photo.created", made)
    return made


def describe(who: Who, uuid: UUID, photo: UUID, version: int, data: Mapping[str, Any]) -> Photo:
    """Say what a picture shows, whose it is, and who agreed to be seen."""
    conference = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_MINUTES, conference)
    found = queries.load_impression(conference, photo, lock=True)
    if found.version != version:
        raise Conflict(found)
    with recorded(who, "photo.updated", found):
        for name, value in data.items():
            setattr(found, name, value)
        touch(found)
    return found


def remove(who: Who, uuid: UUID, photo: UUID) -> None:
    """Delete a picture for good: somebody may have asked for it."""
    conference = load_conference(who, uuid)
    require(who, Permission.CONFERENCE_MINUTES, conference)
    found = queries.load_impression(conference, photo)
    record(who, "photo.deleted", found)
    db.session.delete(found)
    db.session.flush()
