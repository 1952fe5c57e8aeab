"""Reminders to invitations, and the answers that calendars sent."""

from registry.access.policy import CONSOLE
from registry.cli.base import command, register, tell
from registry.cli.conference import conference
from registry.conferences.mailing import services as mailing
from registry.core import i18n


@command("remind", conference)
def remind(*, as_json: bool) -> None:
    """Write the reminders to invitations that are due by plan; meant to run once a day."""
    with register():
        sent = mailing.remind_all(CONSOLE, i18n.local_now().date())
        tell(as_json, f"{sent} reminders written.", sent=sent)
