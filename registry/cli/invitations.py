"""Conferences: which there are, and whom they invite."""

import json
import sys
from pathlib import Path

import click

from registry.access.policy import CONSOLE
from registry.audit.services import record
from registry.cli.base import Refused, command, register, tell
from registry.cli.conference import conference
from registry.conferences.invitations import files
from registry.conferences.invitations.choosing import reporting
from registry.conferences.models import Conference
from registry.conferences.queries import ConferenceFilter, office_list, understood
from registry.core import i18n

MOST = 10_000
FORMS = ("csv", "xlsx", "json")


def chosen(text: str) -> Conference:
    """Return the conference that an id, or the beginning of one or of a title, means."""
    found = understood(CONSOLE, text)
    if not found:
        raise Refused(f"There is no conference {text!r}")
    if len(found) > 1:
        names = ", ".join(f"{each.title} ({each.uuid})" for each in found[:5])
        raise Refused(f"{text!r} means several conferences: {names}")
    return found[0]


@command("list", conference)
def listing(*, as_json: bool) -> None:
    """Say which conferences there are, the newest first."""
    with register():
        day = i18n.local_now().date()
        rows, _total = office_list(CONSOLE, ConferenceFilter(), day, per_page=MOST)
        facts = [
            {
                "id": str(row.uuid),
                "title": row.title,
                "day": row.first_day.isoformat() if row.first_day else None,
                "state": row.state,
            }
            for row in rows
        ]
    lines = (f"{f['id']}  {f['day'] or '-':10}  {f['state']:9}  {f['title']}" for f in facts)
    tell(as_json, "\n".join(lines) or "There are no conferences yet.", conferences=facts)


@command("invitations", conference)
@click.argument("name", metavar="CONFERENCE")
@click.option("--format", "form", type=click.Choice(FORMS), default="csv", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="else printed")
@click.option("--everybody", is_flag=True, help="also those who are not invited, with the reasons")
def invitations(
    *, name: str, form: str, output: Path | None, everybody: bool, as_json: bool
) -> None:
    """Write the list of invitations with the reasons, to a file or to standard output.

    CONFERENCE is its id, or the beginning of its id or title if that is one alone.
    """
    if output is None and form == "xlsx" and sys.stdout.isatty():
        raise Refused("A workbook cannot be shown here: please give --output FILE.xlsx")
    with register():
        found = chosen(name)
        head = reporting.header()
        day = i18n.local_now().date()
        rows = list(reporting.rows(CONSOLE, found, day, everybody=everybody))
        record(CONSOLE, "conference.list_exported", found, {"rows": [None, len(rows)]})
        if form == "json" or (as_json and output is None):
            told = [dict(zip(head, row, strict=True)) for row in rows]
            made = json.dumps(told, ensure_ascii=False, indent=1).encode()
        else:
            made = files.WRITERS[form](head, rows)
    if output is None:
        click.echo(made, nl=False)
        return
    output.touch()
    output.chmod(0o600)
    output.write_bytes(made)
    tell(as_json, f"{len(rows)} rows: {output}", file=str(output), rows=len(rows))
