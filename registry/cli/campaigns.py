"""Confirmation campaigns."""

from registry.access.policy import CONSOLE
from registry.cli.base import command, commands, register, tell
from registry.core import i18n
from registry.upkeep.campaigns.services import remind_all


@commands.group("campaigns")
def campaigns() -> None:
    """Ask actors to confirm their entries."""


@command("remind", campaigns)
def remind(*, as_json: bool) -> None:
    """Write the reminders that are due by plan; meant to run once a day."""
    with register():
        sent = remind_all(CONSOLE, i18n.local_now().date())
        tell(as_json, f"{sent} reminders written.", sent=sent)
