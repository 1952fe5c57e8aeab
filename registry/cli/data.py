"""Exports and backups."""

from datetime import date
from pathlib import Path

import click

from registry.access.policy import CONSOLE
from registry.cli.base import command, register, tell
from registry.exchange.backup import backup as write_backup
from registry.exchange.backup import restore as read_backup
from registry.exchange.export import KINDS, WRITERS
from registry.exchange.export import export as write_export
from registry.exchange.files import text_output


@command("export")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--format", "form", required=True, type=click.Choice(list(WRITERS)))
@click.option("--output", default="-", help="file to write; - is the standard output")
def export(*, kind: str, form: str, output: str, as_json: bool) -> None:
    """Write what everyone may see to a file."""
    with register(), text_output(output) as file:
        count = write_export(kind, form, file, date.today())
    if output != "-":
        tell(as_json, f"{count} {kind} in {output}", kind=kind, count=count, file=output)


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(*, file: Path, as_json: bool) -> None:
    """Write the whole database to one file, while others go on working."""
    with register():
        rows = write_backup(CONSOLE, file)
        tell(as_json, f"{rows} rows in {file}", rows=rows, file=str(file))


@command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="overwrite what is in the database")
def restore(*, file: Path, replace: bool, as_json: bool) -> None:
    """Fill an empty database from a backup."""
    with register(ready=False):
        rows = read_backup(CONSOLE, file, replace=replace)
        tell(as_json, f"{rows} rows from {file}", rows=rows, file=str(file))
