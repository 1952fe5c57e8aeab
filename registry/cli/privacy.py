"""What has to be done for those whose data are kept."""

import json
from datetime import date

import click

from registry.access.policy import CONSOLE
from registry.actors.contacts.services import due_notices
from registry.cli.base import command, commands, register, tell
from registry.core.db import db, forget_deleted, now
from registry.exchange.files import text_output
from registry.privacy import queries, services


@commands.group("privacy")
def privacy() -> None:
    """Keep what data protection asks for."""


@command("notify", privacy)
def notify(*, as_json: bool) -> None:
    """Write to contacts who have not been told what is kept of them; for a daily run."""
    with register():
        posted = due_notices(CONSOLE, date.today())
        tell(as_json, f"{posted} notices wait in the outbox.", notices=posted)


@command("retention", privacy)
@click.option("--dry-run", is_flag=True, help="only count")
def retention(*, dry_run: bool, as_json: bool) -> None:
    """Delete what has been kept long enough, and write down how many; for a daily run."""
    with register():
        counts = queries.count_old(now()) if dry_run else services.run_retention(CONSOLE, now())
        if any(counts.values()) and not dry_run:
            db.session.commit()
            forget_deleted()
        tell(as_json, "\n".join(f"{number:>8} {kind}" for kind, number in counts.items()), **counts)


@command("export", privacy)
@click.argument("address")
@click.option("--output", default="-", help="file to write; - is the standard output")
def export(*, address: str, output: str, as_json: bool) -> None:
    """Write all that is held at an e-mail address to one JSON file."""
    with register(), text_output(output) as file:
        found = services.held_on(CONSOLE, address)
        json.dump(found, file, ensure_ascii=False, indent=2, default=str)
        counts = {table: len(rows) for table, rows in found.items()}
    if output != "-":
        tell(as_json, f"{sum(counts.values())} rows in {output}", **counts)


@command("erase", privacy)
@click.argument("address")
@click.option("--account", is_flag=True, help="also the account with this address")
def erase(*, address: str, account: bool, as_json: bool) -> None:
    """Erase an e-mail address and what belongs to it everywhere."""
    with register():
        done = services.erase(CONSOLE, address, account=account)
        db.session.commit()
        db.session.remove()
        forget_deleted()
        told = ", ".join(f"{number} {table}" for table, number in done.items())
        tell(as_json, told or "Nothing named this address.", **done)
