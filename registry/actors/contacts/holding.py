"""Contacts, as privacy asks for them."""

from uuid import UUID

from registry.actors.changes import touch
from registry.actors.contacts import queries
from registry.core.db import db


def named(uuids: set[str]) -> dict[str, str]:
    """Return whose contacts these are, and what for."""
    found = queries.load_by_ids([UUID(each) for each in uuids])
    return {str(each.uuid): f"{each.actor.name}: {each.function}" for each in found}


def erase(uuids: set[str]) -> int:
    """Delete the contacts; a form that still shows them is stale from now on."""
    found = queries.load_by_ids([UUID(each) for each in uuids])
    for contact in found:
        touch(contact.actor)
        db.session.delete(contact)
    return len(found)
