"""What has to be done for those whose data are kept."""

import json
from datetime import date

import click

from registry.access.policy import CONSOLE
from registry.actors.contacts.services import due_notices
from registry.cli.base import Refused, command, commands, register, tell
from registry.core.db import db, forget_deleted, now
from registry.exchange.files import text_output
from registry.privacy import queries
from registry.privacy.persons import services
from registry.privacy.services import run_retention


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
        counts = queries.count_old(now()) if dry_run else run_retention(CONSOLE, now())
        if any(counts.values()) and not dry_run:
            db.session.commit()
            forget_deleted()
        tell(as_json, "\n".join(f"{number:>8} {kind}" for kind, number in counts.items()), **counts)


@command("find", privacy)
@click.argument("words")
def find(*, words: str, as_json: bool) -> None:
    """List what may be held on a person: by address, telephone or name, several with semicolons."""
    with register():
        found = services.look_for(CONSOLE, words).items.values()
        lines = [f"{item.ref:<50} {len(item.traces):>4} {item.label}" for item in found]
        told = [{"ref": i.ref, "label": i.label, "rows": len(i.traces)} for i in found]
        tell(as_json, "\n".join(lines) or "Nothing names this person.", found=told)


@command("export", privacy)
@click.argument("words")
@click.option("--only", multiple=True, help="what of it is the person's, as `find` lists it")
@click.option("--output", default="-", help="file to write; - is the standard output")
def export(*, words: str, only: tuple[str, ...], output: str, as_json: bool) -> None:
    """Write all that is held on a person to one JSON file."""
    with register(), text_output(output) as file:
        found = services.held_on(CONSOLE, words, only or None)
        json.dump(found, file, ensure_ascii=False, indent=2, default=str)
        counts = {table: len(rows) for table, rows in found.items()}
    if output != "-":
        tell(as_json, f"{sum(counts.values())} rows in {output}", **counts)


@command("erase", privacy)
@click.argument("words")
@click.option("--only", multiple=True, help="what of it is the person's, as `find` lists it")
@click.option("--account", is_flag=True, help="also the account with this address")
def erase(*, words: str, only: tuple[str, ...], account: bool, as_json: bool) -> None:
    """Erase a person: an e-mail address everywhere, of a telephone or name what `--only` says."""
    with register():
        if not only and "@" not in words:
            raise Refused("Several people may share this: say with --only what is to be erased.")
        done = services.erase(CONSOLE, words, only or None, account=account)
        db.session.commit()
        services.sweep(CONSOLE)
        told = ", ".join(f"{number} {table}" for table, number in done.items())
        tell(as_json, told or "Nothing names this person.", **done)
