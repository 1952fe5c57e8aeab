"""What a row says: the values of its cells by part, with what was put right and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.exchange.sheets.cells import Reader
from registry.exchange.sheets.columns import HOUSE_NUMBER, Column
from registry.exchange.sheets.reading import Line

Values = dict[str, Any]


@dataclass(frozen=True)
class Remark:
    """A sentence about a cell; without a column it is about the whole row."""

    column: Column | None
    value: str
    reason: Any


@dataclass
class Told:
    """One row. `raw` holds its cells by the keys of our columns, blanks around them taken off.

    `values` are what schemas load, by part and field; a blank cell is not among them.
    """

    number: int
    cells: Sequence[str]
    raw: dict[str, str] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)
    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def part(self, name: str) -> Values:
        return self.values.get(name, {})


class Teller:
    """Understands the rows of one file: which of its columns is which of ours, and how to read it.

    `constants` are cells by column key that hold wherever a row has none of its own.
    """

    def __init__(
        self, reader: Reader, chosen: Sequence[Column | None], constants: Mapping[Column, str]
    ) -> None:
        where = {column.key: position for position, column in enumerate(chosen) if column}
        self._street, self._house = where.get("place.street"), where.get(HOUSE_NUMBER)
        chosen = [None if at == self._house else column for at, column in enumerate(chosen)]
        self.columns = [column for column in (*chosen, *constants) if column]
        self._steps = [
            (position, column, column.part, column.name, column.language, reader.of(column))
            for position, column in enumerate(chosen)
            if column
        ]
        self._constants = [
            (column, text, column.part, column.name, column.language, reader.of(column))
            for column, text in constants.items()
        ]

    def read(self, line: Line) -> Told:
        told, cells = Told(line.number, line.cells), self._joined(line.cells)
        given, values, raw = len(cells), told.values, told.raw
        for position, column, part, name, language, read in self._steps:
            text = cells[position].strip() if position < given else ""
            raw[column.key] = text
            if not text:
                continue
            cell = read(text)
            if cell.note or cell.problem:
                self._remark(told, column, text, cell)
            _put(values, part, name, language, cell.value)
        for column, text, part, name, language, read in self._constants:
            if name not in values.get(part, ()):
                raw[column.key] = text
                _put(values, part, name, language, read(text).value)
        return told

    def _joined(self, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells with the house number behind the street, where both are told."""
        street, house = self._street, self._house
        if street is None or house is None or len(cells) <= max(street, house):
            return cells
        whole = list(cells)
        if cells[street].strip() and cells[house].strip():
            whole[street] = f"{cells[street].strip()} {cells[house].strip()}"
        return whole

    @staticmethod
    def _remark(told: Told, column: Column, text: str, cell: Any) -> None:
        if cell.problem:
            told.problems.append(Remark(column, text, cell.problem))
        else:
            told.notes.append(Remark(column, text, cell.note))


def _put(values: dict[str, Values], part: str, name: str, language: str | None, value: Any) -> None:
    if part not in values:
        values[part] = {}
    if language is None:
        values[part][name] = value
    else:
        values[part].setdefault(name, {})[language] = value
