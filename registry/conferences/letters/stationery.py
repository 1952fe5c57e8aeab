"""Sheets of labels and name badges that are sold, and what stands on them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from registry.conferences.letters.norm import held


@dataclass(frozen=True)
class Sheet:
    """A sheet of A4: how many across and down, their size and where the first begins, in mm."""

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    gap: float = 0.0  # between two columns

    @property
    def places(self) -> int:
        return self.across * self.down


LABELS = {
    "3474": Sheet(3, 8, 70, 37, 0, 0.5),
    "L7160": Sheet(3, 7, 63.5, 38.1, 7.25, 15.15, 2.5),
    "L7163": Sheet(2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
}
BADGES = {
    "L4785": Sheet(2, 5, 80, 50, 17.5, 13.5, 15),
    "L4728": Sheet(2, 4, 90, 60, 10, 20, 10),
}


LONG = re.compile(r"([^\s-]{20})(?=[^\s-]{2})")


class Addressee(Protocol):
    @property
    def address(self) -> Sequence[str]: ...


class Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def marks(self) -> Sequence[tuple[int, Any]]: ...
    @property
    def qr(self) -> str: ...


def labels(rows: Sequence[Addressee], sheet: Sheet, first: int) -> dict[str, Any]:
    cells = [{"lines": [_broken(line) for line in row.address], "name": False} for row in rows]
    return _document("Adressetiketten", cells, sheet, first)


def badges(rows: Sequence[Named], title: str, sheet: Sheet) -> dict[str, Any]:
    """Return badges; where nobody is named the organisation is what is read from afar."""
    cells = [
        {
            "lines": [_broken(line) for line in (row.name, row.function, row.organisation) if line],
            "name": True,
            "above": title,
            "marks": [
                {**mark._asdict(), "day": f"Tag {day}" if day and len(row.marks) > 1 else ""}
                for day, mark in row.marks
            ],
            "qr": row.qr,
        }
        for row in rows
    ]
    return _document("Namensschilder", cells, sheet, 1)


def _broken(line: str) -> str:
    """Return a line that may end within very long words, where no size of letters fits them."""
    return LONG.sub("\\1\N{SOFT HYPHEN}", held(line))


def _document(
    title: str, cells: Sequence[dict[str, Any]], sheet: Sheet, first: int
) -> dict[str, Any]:
    return {
        "title": title,
        "cells": cells,
        "sheet": {**asdict(sheet), "places": sheet.places},
        "first": (first - 1) % sheet.places,
    }
