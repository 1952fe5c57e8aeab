"""Files for people: what a list shows as a sheet to edit, and empty sheets to fill in."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter
from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, regions_of, require
from registry.audit.services import record
from registry.exchange.sheets import stock, uploads
from registry.exchange.sheets.columns import HOUSE_NUMBER, SHEETS, Column
from registry.exchange.sheets.exporting import Exporter
from registry.exchange.sheets.reports import table
from registry.exchange.sheets.titles import EXAMPLES, SYNONYMS
from registry.regions import queries as regions


@dataclass(frozen=True)
class Export:
    """What the log says about a sheet that was handed out."""

    region: str
    sheet: str

    def __str__(self) -> str:
        return self.sheet


def write_sheet(who: Who, sheet: str, ids: Iterable[int], path: Path, form: str) -> int:
    """Write the sheet of these offers (of actors in other sheets) to a "csv" or "xlsx" file.

    Return how many rows it has; the log notes it. That `who` may read them is for the caller.
    """
    require(who, Permission.DATA_EXPORT, None)
    region = _home(who)
    with table(path, form, sheet) as rows:
        count = sum(Exporter(sheet, region).write(rows, ids))
    record(who, "data.exported", Export(region, sheet), {"rows": [None, count]})
    return count


def handed_out(who: Who, sheet: str, ids: Iterable[int], form: str) -> BinaryIO:
    """Return such a sheet as an open file that has no name any more."""
    with TemporaryDirectory(dir=uploads.folder()) as folder:
        path = Path(folder) / "sheet"
        write_sheet(who, sheet, ids, path, form)
        return path.open("rb")


def _home(who: Who) -> str:
    """Return the region that the words of a file and its entry in the log belong to."""
    register = regions.register()
    own = regions_of(who, Permission.DATA_EXPORT)
    if register and any(register.ags.startswith(each) for each in own):
        return register.ags
    return own[0] if own else ""


def template(sheet: str) -> bytes:
    """Return an empty sheet as XLSX: headers, an example, and what the columns mean."""
    file = BytesIO()
    columns = [column for column in stock.columns(sheet) if column.key != HOUSE_NUMBER]
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format()
        text.set_num_format("@")
        page = book.add_worksheet(_("Template"))
        page.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            page.set_column(number, number, max(12, len(column.title)), text)
            page.write_string(0, number, column.title, bold)
            page.write_string(1, number, _example(sheet, column), text)
        _explain(book.add_worksheet(_("Explanations")), columns, bold)
    return file.getvalue()


def _example(sheet: str, column: Column) -> str:
    of_flat = sheet == "flat" or column.part in (SHEETS[sheet][0], "actor")
    return EXAMPLES.get(column.key, "") if of_flat else ""


def _explain(page: Any, columns: Iterable[Column], bold: Any) -> None:
    """Write a line for each column: what it is, how it is written, what else it may be called."""
    heads = (_("Column"), _("What it holds"), _("How to write it"), _("Also understood as"))
    for number, head in enumerate(heads):
        page.write_string(0, number, head, bold)
        page.set_column(number, number, 40)
    written = _written()
    for line, column in enumerate(columns, 1):
        also = SYNONYMS.get(column.key, "")
        cells = (column.title, _about(column), written.get(column.kind, ""), also)
        for number, cell in enumerate(cells):
            page.write_string(line, number, cell)


def _about(column: Column) -> str:
    if column.field is None:
        return ""
    needed = _("needed") if column.field.required else ""
    return " ".join(filter(None, [needed, str(column.hints.get("help", ""))]))


def _written() -> dict[str, str]:
    """Return how the cells of each kind are written."""
    several = _("One or more of the register's words, with semicolons between")
    return {
        "id": _("Leave empty for new entries; an export fills it in"),
        "ids": _("Ids of an export, with semicolons between"),
        "date": _("24.11.2026"),
        "hours": _("Mo–Do 8–12; Fr 9–11.30, or: nach Vereinbarung"),
        "flag": _("ja or nein"),
        "term": _("One of the register's words"),
        "terms": several,
        "languages": _("Deutsch; Arabisch (mit Dolmetschen)"),
        "region": _("Name or official key (AGS)"),
        "regions": _("Official keys (AGS), with semicolons between"),
        "postcode": _("Five digits"),
        "degrees": _("49,25"),
        "option": _("One of the words of the form"),
    }
