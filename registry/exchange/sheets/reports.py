"""What an import has found, row by row: for people on a page, and as files to work on."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter
from flask_babel import gettext as _

from registry.core.tables import BOM, FORMULA_STARTS
from registry.exchange.files import private_file
from registry.exchange.sheets.plans import Plan
from registry.exchange.sheets.told import Told

KINDS = ("rejected", "note", "change")
VERDICTS = ("new", "changed", "unchanged", "rejected")


@dataclass(frozen=True)
class Finding:
    """One line of the report. `old` is what stands in the register, for a change."""

    line: int
    kind: str
    column: str
    value: str
    reason: str
    old: str = ""


@dataclass
class Report:
    """Counts rows by their verdict and writes what is to be said about them to a file."""

    file: Any = None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*VERDICTS, "notes"), 0))

    def add(self, plan: Plan) -> None:
        self.counts[plan.verdict] += 1
        self.counts["notes"] += len(plan.row.notes)
        if self.file:
            for finding in findings(plan):
                self.file.write(json.dumps(astuple(finding), ensure_ascii=False) + "\n")


def findings(plan: Plan) -> Iterator[Finding]:
    row = plan.row
    for kind, remarks in (("rejected", row.problems), ("note", row.notes)):
        for each in remarks:
            title = each.column.title if each.column else ""
            yield Finding(row.number, kind, title, each.value, str(each.reason))
    for entry, change in plan.changes:
        yield Finding(row.number, "change", change.column.title, change.new, entry.name, change.old)


def read_report(path: Path, kind: str, page: int, per_page: int) -> tuple[list[Finding], int]:
    """Return one page of a report, of one kind or all, and the total."""
    start, found, total = (page - 1) * per_page, list[Finding](), 0
    if path.exists():
        with path.open(encoding="utf-8") as file:
            for text in file:
                finding = Finding(*json.loads(text))
                if kind in ("", finding.kind):
                    total += 1
                    if start < total <= start + per_page:
                        found.append(finding)
    return found, total


def guarded(text: str) -> str:
    """Return a cell of a CSV file; one apostrophe goes before what would be computed or cut off."""
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "'")) else text


class Rows(Protocol):
    """A table that is being written."""

    def write(self, row: Sequence[str]) -> None: ...


class CsvRows:
    """CSV as German Excel reads it: UTF-8 with BOM, semicolons."""

    def __init__(self, raw: Any) -> None:
        self._text = TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        self._text.write(BOM)
        self._writer = csv.writer(self._text, delimiter=";", lineterminator="\r\n")

    def write(self, row: Sequence[str]) -> None:
        self._writer.writerow([guarded(cell) for cell in row])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class XlsxRows:
    """XLSX of text alone: nothing is a formula, a number or a link. Rows leave memory at once."""

    def __init__(self, raw: Any, folder: Path, name: str) -> None:
        options = {"constant_memory": True, "tmpdir": str(folder), "in_memory": False}
        self.book = xlsxwriter.Workbook(raw, options)
        self._sheet = self.book.add_worksheet(name)
        self._head = self.book.add_format({"bold": True, "bottom": 1})
        self._text = self.book.add_format({"num_format": "@"})
        self._next = 0
        self._sheet.freeze_panes(1, 0)

    def write(self, row: Sequence[str]) -> None:
        form = self._text if self._next else self._head
        for number, cell in enumerate(row):
            if cell:
                self._sheet.write_string(self._next, number, cell[:32767], form)
        self._next += 1

    def close(self) -> None:
        self.book.close()


@contextmanager
def table(path: Path, form: str, name: str) -> Iterator[Rows]:
    """Write a private table: "csv" or "xlsx". It is complete or not there at all."""
    with private_file(path) as raw:
        rows = CsvRows(raw) if form == "csv" else XlsxRows(raw, path.parent, name)
        yield rows
        rows.close()


class Rejects:
    """The rows that were not taken, as they came, each with the reason."""

    def __init__(self, rows: Rows, header: Sequence[str]) -> None:
        own = without_reasons(header)
        self._rows, self._width = rows, len(own)
        rows.write([*own, _("Reason")])

    def add(self, row: Told) -> None:
        cells = [*row.cells, *[""] * (self._width - len(row.cells))][: self._width]
        self._rows.write([*cells, reasons(row)])


def without_reasons(header: Sequence[str]) -> Sequence[str]:
    """Return the columns of a file without the one it got when it was rejected before."""
    return header[:-1] if header and header[-1] == _("Reason") else header


def reasons(row: Told) -> str:
    """Return in one cell why a row was not taken."""
    told = (
        f"{each.column.title}: {each.reason}" if each.column else str(each.reason)
        for each in row.problems
    )
    return " · ".join(dict.fromkeys(told))


def write_report(target: Path, report: Path) -> None:
    """Make a table of a report, for those who asked for a file."""
    form = "xlsx" if target.suffix.lower() == ".xlsx" else "csv"
    with table(target, form, _("Report")) as rows, report.open(encoding="utf-8") as file:
        rows.write([_("Line"), _("Kind"), _("Column"), _("Value"), _("Reason"), _("Before")])
        while piece := list(islice(file, 1000)):
            for text in piece:
                rows.write([str(cell) for cell in json.loads(text)])
