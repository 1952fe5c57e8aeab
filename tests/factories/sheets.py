"""Sheets for tests: written as offices write them, taken as the office takes them."""

import csv
from collections.abc import Sequence
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import select

from registry.access.policy import CONSOLE, Who
from registry.actors.models import Actor
from registry.core.db import db
from registry.exchange.sheets import services
from registry.exchange.sheets.columns import SHEETS
from registry.exchange.sheets.exporting import Exporter
from registry.exchange.sheets.reading import head_of
from registry.exchange.sheets.reports import Finding, read_report, table
from registry.exchange.sheets.running import Wanted, mapped
from registry.exchange.sheets.services import Job
from registry.offers.models import Offer

HEADER = [
    "Akteur",
    "Angebot",
    "Handlungsfelder",
    "PLZ",
    "Ort",
    "Zeiten",
    "Ansprechstelle",
    "Telefon",
]
ROW = ["Musterverband", "Sprachcafé", "Spracherwerb", "91154", "Roth", "Mo–Do 8–12", "", "09171 1"]


def csv_bytes(
    rows: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ";"
) -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


class Desk:
    """Somebody who imports and exports sheets; `findings` are those of the last file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self._numbers = count()

    def file(self, content: bytes, ending: str = "csv") -> Path:
        path = self.folder / f"{next(self._numbers)}.{ending}"
        path.write_bytes(content)
        return path

    def sheet(self, header: Sequence[str], *rows: Sequence[Any]) -> Path:
        return self.file(csv_bytes([header, *rows]))

    def take(
        self,
        path: Path,
        kind: str = "flat",
        *,
        who: Who = CONSOLE,
        trial: bool = False,
        **wanted: Any,
    ) -> dict[str, int]:
        """Import a file, or try it; return the rows by verdict, without those there are none of."""
        region = wanted.pop("region", "09576")
        mapping = mapped(kind, head_of(path).header, wanted.pop("columns", {}))
        report = path.with_suffix(".report")
        job = Job(
            path, region, Wanted(kind, mapping, **wanted), report, path.with_suffix(".rejected")
        )
        work = services.try_file if trial else services.import_file
        counts = work(who, job, lambda _done: None)
        if not trial:
            db.session.commit()
        self.findings = read_report(report, "", 1, 10_000)[0]
        return {name: number for name, number in counts.items() if number and name != "notes"}

    def said(self, kind: str) -> list[tuple[int, str, str]]:
        """Return line, column and value of the findings of a kind."""
        return [(f.line, f.column, f.value) for f in self.findings if f.kind == kind]

    def reasons(self) -> list[str]:
        return [finding.reason for finding in self.findings]

    def export(self, kind: str, form: str = "csv") -> Path:
        """Write the sheet of all entries."""
        path = self.folder / f"{next(self._numbers)}.{form}"
        of = Offer if "offer" in SHEETS[kind] else Actor
        ids = db.session.scalars(select(of.id).order_by(of.id)).all()
        with table(path, form, kind) as rows:
            list(Exporter(kind, "09576").write(rows, ids))
        return path


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV sheet by title."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
