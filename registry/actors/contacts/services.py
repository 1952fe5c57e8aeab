"""Notices to those who have got no other mail in time."""

from datetime import date, timedelta

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.contacts import queries
from registry.core.mail.outbox import Letter, post

AFTER = timedelta(days=21)  # leaves time for the mail to arrive within the month


def due_notices(who: Who, day: date) -> int:
    """Post a notice to each address that still needs one three weeks after entry; return how many.

    The mail itself says nothing else: the notice comes with every first mail.
    """
    require(who, Permission.PRIVACY_MANAGE, None)
    posted: set[str] = set()
    for contact, region in queries.load_due(who, day - AFTER):
        address = (contact.email or "").strip()
        if address.lower() not in posted:
            posted.add(address.lower())
            post(Letter(queries.NOTICE, address, region, {}, about=contact.uuid))
    return len(posted)
