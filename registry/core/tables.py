"""Tables and lists in files: read as they come, written so that Excel stays harmless."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import yaml

# libyaml where the wheel has it: ten times faster than the pure reader.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_yaml(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        loaded: list[dict[str, Any]] = yaml.load(file, Loader=_Loader)  # noqa: S506 (a safe loader)
    return loaded


def guarded(cell: Any) -> str:
    """Return a cell's text; one apostrophe goes before what a spreadsheet would compute."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_csv(file: TextIO, header: list[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write for German Excel: BOM, semicolons, guarded text."""
    file.write(BOM)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
