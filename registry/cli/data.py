"""Exports and backups."""

from datetime import date
from pathlib import Path

import click

from registry.access.policy import CONSOLE
from registry.cli.base import Refused, command, register, tell
from registry.exchange.backup import backup as write_backup
from registry.exchange.backup import restore as read_backup
from registry.exchange.export import KINDS, WRITERS
from registry.exchange.export import export as write_export
from registry.exchange.files import text_output
from registry.exchange.sheets import queries as entries
from registry.exchange.sheets.columns import SHEETS
from registry.exchange.sheets.handing_out import write_sheet
from registry.privacy.services import exported


@command("export")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option("--format", "form", type=click.Choice([*WRITERS, "xlsx"]), help="of the file")
@click.option("--output", default="-", help="file to write; - is the standard output")
@click.option("--sheet", type=click.Choice(list(SHEETS)), help="a sheet of the office instead")
def export(
    *, kind: str | None, form: str | None, output: str, sheet: str | None, as_json: bool
) -> None:
    """Write what everyone may see, or a sheet of all that the office knows, to a file."""
    if sheet:
        count = _export_sheet(sheet, form, output)
    elif kind and form in WRITERS:
        with register(), text_output(output) as file:
            count = write_export(kind, form, file, date.today())
    else:
        raise Refused("Say what to export and how: a kind and --format, or --sheet and --output.")
    if output != "-":
        told = kind or f"rows of {sheet}"
        tell(as_json, f"{count} {told} in {output}", kind=told, count=count, file=output)


def _export_sheet(sheet: str, form: str | None, output: str) -> int:
    form = form or Path(output).suffix.removeprefix(".")
    if output == "-" or form not in ("csv", "xlsx"):
        raise Refused("A sheet needs --output with a file that ends in .csv or .xlsx.")
    with register():
        ids = entries.all_ids(sheet)
        return write_sheet(CONSOLE, sheet, ids, Path(output), form)


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(*, file: Path, as_json: bool) -> None:
    """Write the whole database to one file, while others go on working."""
    with register():
        rows = write_backup(CONSOLE, file)
        exported(CONSOLE, "", "backup", rows)
        tell(as_json, f"{rows} rows in {file}", rows=rows, file=str(file))


@command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="overwrite what is in the database")
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="list of what was erased since, from the machine where it was",
)
def restore(*, file: Path, replace: bool, erasures: Path | None, as_json: bool) -> None:
    """Fill an empty database from a backup, and erase again what was erased since."""
    with register(ready=False):
        done = read_backup(CONSOLE, file, replace=replace, erasures=erasures)
        told = f"{done.rows} rows from {file}. " + (
            f"Erased again: {done.erased} of the erasures made since."
            if done.listed
            else "No list of erasures was found: what was erased since is back. Restore again "
            "with --replace --erasures FILE, or erase it by hand (registry privacy erase)."
        )
        tell(as_json, told, rows=done.rows, erased=done.erased, listed=done.listed, file=str(file))
