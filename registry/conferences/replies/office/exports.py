"""Answers and participants as files: CSV for German Excel, and XLSX."""

from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from registry.conferences.invitations.wording import category_name
from registry.conferences.replies.models import Place
from registry.conferences.replies.office.queries import AnswerRow, PersonRow
from registry.conferences.replies.office.wording import PLACES, REPLIES
from registry.conferences.replies.schemas import WAYS
from registry.conferences.rounds import by_rank
from registry.core.i18n import current
from registry.core.tables import write_csv

FORMS = ("xlsx", "csv")
WIDTH = 24  # characters
Table = tuple[list[str], list[list[str]]]


def answers(rows: Iterable[AnswerRow]) -> Table:
    """Return head and rows; nothing of it says what anybody needs."""
    head = [
        _("No."),
        _("Organisation"),
        _("Person"),
        _("Category"),
        _("Answer"),
        _("Answered on"),
        _("How the answer came"),
        _("Said by"),
        _("Seats"),
        _("Waiting list"),
    ]
    return head, [
        [
            _plain(row.number),
            row.organisation,
            row.person,
            category_name(row.category),
            str(REPLIES[row.reply]),
            _plain(row.on),
            str(WAYS.get(row.via or "", "")),
            _plain(row.said_by),
            _plain(row.seats),
            _plain(row.waiting),
        ]
        for row in rows
    ]


def people(rows: Iterable[PersonRow]) -> Table:
    """Return those who come or wait, for the office."""
    head = [
        _("No."),
        _("Name"),
        _("Function"),
        _("Organisation"),
        _("Category"),
        _("Deputy"),
        _("Place"),
        _("First choice"),
        _("Second choice"),
        _("Third choice"),
        _("In the list for everyone"),
    ]
    return head, [
        [
            _plain(row.number),
            row.name,
            row.function,
            row.organisation,
            category_name(row.category),
            _("yes") if row.deputy else "",
            str(PLACES[row.place]),
            *([*by_rank(row.wishes), "", "", ""][:3]),
            _("yes") if row.listed else "",
        ]
        for row in rows
    ]


def for_everyone(rows: Iterable[PersonRow]) -> Table:
    """Return those who agreed and have a seat, with nothing but what they agreed to."""
    kept = [row for row in rows if row.listed and row.place == Place.SEAT and row.name]
    head = [_("Name"), _("Function"), _("Organisation")]
    return head, [[row.name, row.function, row.organisation] for row in kept]


def csv(table: Table) -> bytes:
    text = StringIO()
    write_csv(text, *table)
    return text.getvalue().encode()


def xlsx(table: Table) -> bytes:
    """Return a workbook of text alone: nothing is a formula or a number."""
    head, rows = table
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        if current().direction == "rtl":
            sheet.right_to_left()
        _write(sheet, 0, head, book.add_format({"bold": True, "bottom": 1}))
        for number, row in enumerate(rows, 1):
            _write(sheet, number, row, None)
        sheet.set_column(0, len(head) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
    return made.getvalue()


def _write(sheet: Any, number: int, cells: Sequence[str], style: Any) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(number, column, cell, style)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
