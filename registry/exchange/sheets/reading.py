"""Reading uploaded files by way of the process that parses them."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from registry.core.errors import Invalid
from registry.exchange.sheets import parsing

SAMPLES = 5
_TITLE_ROWS = 20  # what stands above the header is at most a few lines of title


@dataclass(frozen=True)
class Line:
    """A row that is not empty; `number` is its line in the file, counted from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Source:
    """An open file: "csv" or "xlsx", its header, and the rows below it, which can be read once."""

    form: str
    header: list[str]
    lines: Iterator[Line]


@dataclass(frozen=True)
class Head:
    """What one sees of a file before it is read: kind, header, some rows."""

    form: str
    header: list[str]
    samples: list[list[str]]


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file; raises Invalid with one clear message where it cannot be taken."""
    with told(parsing.__file__, path) as (form, pieces):
        rows = chain.from_iterable(pieces)
        numbered = (Line(n, cells) for n, cells in enumerate(rows, 1) if cells)
        yield Source(form, _header(numbered), numbered)


@contextmanager
def told(parser: str, path: Path) -> Iterator[tuple[str, Iterator[Any]]]:
    """Run a parser on a file in a process of its own; give the form and the pieces it tells."""
    command = [sys.executable, "-I", "-B", parser, str(path)]
    # It knows nothing of our settings, least of all our key.
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdout=pipe, stderr=quiet, env={}) as child:  # noqa: S603
        try:
            values = _told(child.stdout or ())
            yield next(values)["form"], values
        finally:
            child.kill()


def head_of(path: Path) -> Head:
    with opened(path) as source:
        return Head(
            source.form, source.header, [line.cells for line in islice(source.lines, SAMPLES)]
        )


def _told(pipe: Iterable[bytes]) -> Iterator[Any]:
    """Yield what the process says until it has said all; raises Invalid where it ends early."""
    for text in pipe:
        value = json.loads(text) if text.endswith(b"\n") else {"refused": "too_large"}
        if isinstance(value, dict) and "refused" in value:
            raise Invalid({"file": [reason(value["refused"])]})
        if isinstance(value, dict) and "end" in value:
            return
        yield value
    raise Invalid({"file": [reason("too_large")]})


def _header(lines: Iterator[Line]) -> list[str]:
    """Return the first row with at least two names: above it may stand a title."""
    for line in islice(lines, _TITLE_ROWS):
        named = [cell.strip() for cell in line.cells]
        if sum(map(bool, named)) >= 2 or (named and not _is_title(named[0])):
            return named
    raise Invalid({"file": [reason("no_header")]})


def _is_title(text: str) -> bool:
    return len(text.split()) > 2


def reason(code: str) -> str:
    """Return why a file is not taken, by what its parser says."""
    texts = {
        "too_large": _("This file needs too much memory or time to be read. Please divide it."),
        "too_many_rows": _("This file has too many rows. Please divide it."),
        "too_many_columns": _("This file has too many columns."),
        "cell_too_long": _("This file has a cell that is too long to be read."),
        "line_too_long": _("This file has no line ends, so it is no table."),
        "old_excel": _("This is an old Excel file (.xls). Please save it as .xlsx or CSV."),
        "no_table": _("This file is no table. Please give a CSV or an XLSX file."),
        "no_xliff": _("This is no XLIFF file of version 1.2."),
        "languages": _("This file holds texts in several languages."),
        "no_graphml": _("This is no GraphML file that can be read."),
        "hyperedges": _("This network has links between more than two actors."),
        "many_networks": _("This file holds more than one network."),
        "twice": _("This file names two actors with the same id."),
        "no_xml": _("This is no GraphML file that can be read."),
        "no_id": _("This is no GraphML file that can be read."),
        "definitions": _("This file has definitions that a table does not need (DTD)."),
        "no_header": _("This file has no row with the names of the columns."),
    }
    return texts.get(code) or _("This file is damaged and cannot be read.")
