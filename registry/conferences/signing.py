"""Who writes for a conference: whoever has the duty to invite, else its region."""

from flask import current_app

from registry.conferences.models import Conference, Duty, DutyKind
from registry.core.mail import rendering
from registry.core.mail.rendering import Sender


def duty(conference: Conference) -> Duty | None:
    """Return who invites, None where nobody has the duty yet."""
    return next((each for each in conference.duties if each.kind == DutyKind.INVITATION), None)


def sender(conference: Conference) -> Sender:
    """Return who signs what a conference sends, and where answers go."""
    regions: Sender = current_app.extensions[rendering.SIGNER](conference.region)
    held = duty(conference)
    if held is None:
        return regions
    name = held.actor.name if held.actor else regions.name
    return Sender(name, regions.register, held.email or regions.reply_to)


def mailbox(signed: Sender) -> str:
    """Return the address where answers of calendars arrive."""
    return signed.reply_to or rendering.settings().sender or rendering.NOWHERE
