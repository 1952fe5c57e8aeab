"""Telling contacts what is kept of them who have got no other mail in time."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors.changes import touch
from registry.actors.contacts import queries
from registry.actors.models import Contact
from registry.audit.services import record, recorded
from registry.core.errors import Invalid
from registry.core.mail.outbox import Letter, post
from registry.privacy.services import Happening

AFTER = timedelta(days=21)  # leaves time for the mail to arrive within the month
NOW = timedelta(0)


def due_notices(who: Who, day: date, after: timedelta = AFTER) -> int:
    """Post a notice to each address that still needs one some time after entry; return how many.

    The mail itself says nothing else: the notice comes with every first mail.
    """
    require(who, Permission.PRIVACY_MANAGE, None)
    posted: Counter[str] = Counter()
    addresses: set[str] = set()
    for contact, region in queries.load_due(who, day - after):
        address = (contact.email or "").strip()
        if address.lower() not in addresses:
            addresses.add(address.lower())
            posted[region] += 1
            post(Letter(queries.NOTICE, address, region, {}, about=contact.uuid))
    for region, number in posted.items():
        record(who, "contact.informed", Happening(region, "Art. 14"), {"count": [None, number]})
    return posted.total()


def informed_otherwise(who: Who, uuid: UUID, on: date | None, today: date) -> Contact:
    """Write down on which day a contact was told by letter or telephone."""
    contact = queries.load_contact(who, uuid)
    require(who, Permission.PRIVACY_MANAGE, contact.actor)
    if on is None or on > today:
        raise Invalid({"informed_on": [_("Please give a date.")]})
    with recorded(who, "actor.informed", contact.actor):
        touch(contact.actor)
        contact.informed_on = on
    return contact
