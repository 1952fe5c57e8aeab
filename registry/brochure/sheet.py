"""The same as the brochure as XLSX: one row for each offer."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from flask_babel import gettext as _

from registry.brochure import facts
from registry.brochure.layout import Offer
from registry.core.i18n import current
from registry.vocabulary.pages import label

WIDE, NARROW = 40, 24  # characters


def xlsx(offers: Iterable[Offer]) -> bytes:
    """Return a workbook; whatever an offer says is a cell's text, never a formula."""
    labels = [str(label) for label, _told in facts.FACTS.values()]
    heads = [
        _("Field of action"),
        _("Title"),
        _("Provider"),
        _("In one sentence"),
        *labels,
        _("Note"),
    ]
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(_("Offers"))
        page.freeze_panes(1, 0)
        if current().direction == "rtl":
            page.right_to_left()
        bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format()
        wrapped.set_text_wrap()
        wrapped.set_align("top")
        for column, head in enumerate(heads):
            page.set_column(column, column, WIDE if column in (1, 3) else NARROW, wrapped)
            page.write_string(0, column, head, bold)
        for number, offer in enumerate(offers, 1):
            for column, cell in enumerate(_cells(offer, labels)):
                page.write_string(number, column, cell, wrapped)
        page.autofilter(0, 0, page.dim_rowmax or 0, len(heads) - 1)
    return file.getvalue()


def _cells(offer: Offer, labels: Iterable[str]) -> list[str]:
    known = {row["label"]: "\n".join(row["lines"]) for row in facts.rows(offer)}
    notes = [_("Example data")] if offer["example"] else []
    return [
        ", ".join(label("field", key).body for key in offer["fields"]),
        facts.said(offer["title"])["text"],
        offer["actor"]["name"],
        "\n".join(each["text"] for each in facts.body(offer)),
        *(known.get(each, "") for each in labels),
        "\n".join(notes + facts.about_texts(offer)),
    ]
