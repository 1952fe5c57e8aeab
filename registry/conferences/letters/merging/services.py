"""The template of a region: bring one, go back to the example."""

from datetime import date

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.actors.changes import touch
from registry.audit.services import record
from registry.conferences.letters.merging import queries
from registry.conferences.letters.merging.templates import opened
from registry.conferences.letters.models import LetterTemplate
from registry.core.db import db


def keep(who: Who, region: str, name: str, file: bytes, today: date) -> LetterTemplate:
    """Keep a template for all letters of a region, instead of the one before."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    opened(file)
    found = queries.load_template(region)
    if found is None:
        found = LetterTemplate(region=region)
        db.session.add(found)
    else:
        touch(found)
    found.name, found.content, found.brought_on = name[:200] or "DOCX", file, today
    db.session.flush()
    record(who, "lettertemplate.updated", found)
    return found


def remove(who: Who, region: str) -> None:
    """Let letters be merged with the example again."""
    require(who, Permission.CONFERENCE_EDIT, In(region))
    if found := queries.load_template(region):
        record(who, "lettertemplate.deleted", found)
        db.session.delete(found)
        db.session.flush()
