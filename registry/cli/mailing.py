"""Reminders to invitations, questions about tasks, and the answers that calendars sent."""

from dataclasses import asdict
from pathlib import Path

import click

from registry.access.policy import CONSOLE
from registry.cli.base import command, register, tell
from registry.cli.conference import conference
from registry.conferences.calendars import importing, reading
from registry.conferences.decisions.asking import services as asking
from registry.conferences.mailing import services as mailing
from registry.core import i18n


@command("remind", conference)
def remind(*, as_json: bool) -> None:
    """Write the reminders to invitations that are due by plan; meant to run once a day."""
    with register():
        sent = mailing.remind_all(CONSOLE, i18n.local_now().date())
        tell(as_json, f"{sent} reminders written.", sent=sent)


@command("ask-tasks", conference)
def ask_tasks(*, as_json: bool) -> None:
    """Ask organisations once a quarter how far their tasks are, and remind once; for a daily run.

    A day that was missed is made up for; a second run on the same day asks nobody again.
    """
    with register():
        sent = asking.ask_all(CONSOLE, i18n.local_now().date())
        tell(as_json, f"{sent} mails about tasks written.", sent=sent)


@command("import-replies", conference)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def import_replies(*, files: tuple[Path, ...], as_json: bool) -> None:
    """Take the answers of calendars from .ics and .eml files; each is named."""
    with register():
        lines = importing.take_all(CONSOLE, map(_read, files), i18n.local_now().date())
        told = [
            " ".join(
                part for part in (f"{each.file}:", each.verdict, each.who, each.message) if part
            )
            for each in lines
        ]
        tell(as_json, "\n".join(told), lines=[asdict(each) for each in lines])


def _read(file: Path) -> tuple[str, bytes]:
    with file.open("rb") as stream:
        return file.name, stream.read(reading.MOST_BYTES + 1)
