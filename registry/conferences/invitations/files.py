"""The invitation list as a file: Excel keeps a postcode's zero and computes nothing."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from registry.core.tables import write_csv

WIDEST = 40


def as_csv(head: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return CSV for German Excel: UTF-8 with BOM, semicolons."""
    file = io.StringIO(newline="")
    write_csv(file, head, rows)
    return file.getvalue().encode("utf-8")


def as_xlsx(head: list[str], rows: Iterable[list[Any]], title: str = "") -> bytes:
    """Return a workbook in which everything but counts is text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(title or _("Invitations"))
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(9)
        widths = [len(name) for name in head]
        for column, name in enumerate(head):
            page.write_string(0, column, name, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell)
                elif cell:
                    page.write_string(line, column, str(cell), text)
                    widths[column] = max(widths[column], len(str(cell)))
        for column, width in enumerate(widths):
            page.set_column(column, column, min(width, WIDEST) + 1)
    return file.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
