"""The contacts at an e-mail address, as privacy asks for them."""

from registry.actors.changes import touch
from registry.actors.contacts import queries
from registry.core.db import db


def ids(address: str) -> set[str]:
    return {str(contact.uuid) for contact in queries.load_all_at_address(address)}


def erase(address: str) -> int:
    """Delete the contacts; a form that still shows them is stale from now on."""
    found = queries.load_all_at_address(address)
    for contact in found:
        touch(contact.actor)
        db.session.delete(contact)
    return len(found)
