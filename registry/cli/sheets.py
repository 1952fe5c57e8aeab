"""Sheets in and out: `registry import`, and templates to fill in."""

import json
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import click
from flask_babel import force_locale

from registry.access.policy import CONSOLE, PUBLIC
from registry.cli.base import Refused, command, register, tell
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.forms import messages
from registry.exchange.files import bar
from registry.exchange.sheets import queries, services, steps, uploads
from registry.exchange.sheets.columns import SHEETS
from registry.exchange.sheets.models import State
from registry.exchange.sheets.reading import head_of
from registry.exchange.sheets.reports import write_report
from registry.exchange.sheets.running import Wanted, mapped
from registry.exchange.sheets.services import Job
from registry.regions import queries as regions

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SOME_REJECTED = 2  # the status where not every row was taken
TARGET = click.Path(dir_okay=False, path_type=Path)


@command("import")
@click.argument("sheet", type=click.Choice(list(SHEETS)))
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="JSON: which column of the file is which of ours")
@click.option("--region", default="", help="official key (AGS); empty: that of the register")
@click.option("--source", default="", help="name of the register whose keys the file holds")
@click.option("--publish", is_flag=True, help="publish new entries that are complete")
@click.option("--dry-run", is_flag=True, help="judge every row and write none")
@click.option("--report", type=TARGET, help="write what was found to this CSV or XLSX file")
@click.option("--rejected", type=TARGET, help="write the rows that were not taken to this file")
def import_sheet(*, as_json: bool, **given: Any) -> None:
    """Import a sheet: good rows go in together, the others are reported."""
    with register(), TemporaryDirectory() as folder, ExitStack() as stack:
        found = Path(folder) / "report"
        job = _job(given, found if given["report"] else None)
        progress = stack.enter_context(bar(given["sheet"], 0))
        work = services.try_file if given["dry_run"] else services.import_file
        counts = work(CONSOLE, job, lambda done: _show(progress, done))
        if given["report"]:
            write_report(given["report"], found)
        db.session.commit()
    verb = "Tried" if given["dry_run"] else "Imported"
    told = ", ".join(f"{number} {name}" for name, number in counts.items())
    tell(as_json, f"{verb} {given['file']}: {told}", **counts)
    if counts["rejected"]:
        click.get_current_context().exit(SOME_REJECTED)


def _job(given: dict[str, Any], report: Path | None) -> Job:
    region = given["region"] or getattr(regions.register(), "ags", "")
    told = _read_mapping(given["mapping"])
    head = head_of(given["file"])
    wanted = Wanted(
        given["sheet"],
        mapped(given["sheet"], head.header, told.get("columns", {})),
        told.get("constants", {}),
        given["source"] or told.get("source", ""),
        publish=given["publish"],
    )
    return Job(given["file"], region, wanted, report, given["rejected"])


def _read_mapping(path: Path | None) -> dict[str, Any]:
    """Return {"columns": {header: column}, "constants": {column: text}, "source": name}."""
    if path is None:
        return {}
    try:
        told = json.loads(path.read_text("utf-8"))
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(told.get(n, {}), dict) for n in _PARTS):
        raise Refused(f"{path} is no mapping: a JSON object with columns and constants is wanted.")
    return told


_PARTS = ("columns", "constants")


def _show(progress: Any, done: int) -> None:
    progress.update(done - progress.n)


@command("carry-out")
@click.argument("key", type=click.UUID)
@click.option("--language", default="de", help="language of the report")
def carry_out(*, key: UUID, language: str, as_json: bool) -> None:
    """Work on an import that was begun on screen and waits or was interrupted."""
    with register(), force_locale(language):
        importer = queries.load_importer(key)
        who = importer.as_who() if importer else PUBLIC
        try:
            steps.carry_out(who, queries.load_run(who, key), told=True)
        except Invalid as error:
            db.session.rollback()
            reason = " ".join(text for found in error.errors.values() for text in messages(found))
            steps.fail(who, key, reason)
        db.session.commit()
        run = queries.load_run(who, key)
        if run.state == State.DONE:
            uploads.remove(key, "upload", "lock")
        tell(as_json, f"{run.file_name}: {run.state}", state=run.state, **run.counts)
