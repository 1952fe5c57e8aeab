"""Where things stand on a page of a PDF, in millimetres from its upper left corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

from tests.factories.pdfs import letters_of

MM = 25.4 / 72


@dataclass(frozen=True)
class Placed:
    """A piece of text: where it begins and ends, and its base line."""

    left: float
    right: float
    base: float
    text: str


@dataclass(frozen=True)
class Stroke:
    left: float
    right: float
    y: float


class Layout:
    """The texts and the horizontal lines of a page."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.texts: list[Placed] = []
        self.strokes: list[Stroke] = []
        self._height = float(page.mediabox[3])
        self._fonts = {
            str(name): (letters_of(font), _widths(font))
            for name, font in page.resources.get("/Font", {}).items()
        }
        self._read(page)

    def line(self, words: str) -> Placed:
        """Return the first line that holds these words."""
        return next(line for line in self.lines() if words in line.text)

    def lines(self) -> list[Placed]:
        """Return texts of the same height and touching each other as one."""
        rows = sorted(self.texts, key=lambda each: (round(each.base, 1), each.left))
        joined: list[Placed] = []
        for each in rows:
            last = joined[-1] if joined else None
            if last and abs(last.base - each.base) < 0.1 and each.left - last.right < 1.5:
                whole = last.text + each.text
                joined[-1] = Placed(last.left, max(last.right, each.right), last.base, whole)
            else:
                joined.append(each)
        return joined

    def _read(self, page: pikepdf.Page) -> None:
        around, path = [pikepdf.Matrix()], list[tuple[float, float]]()
        text, font = pikepdf.Matrix(), ("", 0.0)
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "q" | "Q" | "cm" as what:
                    _turn(around, what, operands)
                case "Tm":
                    text = pikepdf.Matrix(*map(float, operands)) @ around[-1]
                case "Tf":
                    font = str(operands[0]), float(operands[1])
                case "Tj" | "TJ":
                    self._place(text, operands[0], *font)
                case "m" | "l" | "S" as what:
                    self._draw(path, what, operands, around[-1])

    def _draw(self, path: Any, what: str, operands: Any, matrix: pikepdf.Matrix) -> None:
        if what == "S":
            self.strokes += [
                Stroke(min(x1, x2), max(x1, x2), y1)
                for (x1, y1), (x2, y2) in pairwise(path)
                if abs(y1 - y2) < 0.01
            ]
            return
        if what == "m":
            path.clear()
        path.append(self._at(matrix, *map(float, operands)))

    def _place(self, matrix: pikepdf.Matrix, shown: Any, name: str, size: float) -> None:
        letters, widths = self._fonts[name]
        said, width = "", 0.0
        for each in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(each, pikepdf.String):
                for code in _codes(bytes(each)):
                    said += letters.get(f"{code:04x}", "\ufffd")
                    width += widths.get(code, 0)
            else:
                width -= float(each)
        left, base = self._at(matrix, 0, 0)
        right, _base = self._at(matrix, width * size / 1000, 0)
        self.texts.append(Placed(left, right, base, said))

    def _at(self, matrix: pikepdf.Matrix, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = matrix.shorthand
        return (a * x + c * y + e) * MM, (self._height - (b * x + d * y + f)) * MM


def _turn(around: list[pikepdf.Matrix], what: str, operands: Any) -> None:
    if what == "q":
        around.append(around[-1])
    elif what == "Q":
        around.pop()
    else:
        around[-1] = pikepdf.Matrix(*map(float, operands)) @ around[-1]


def _codes(text: bytes) -> Iterator[int]:
    return (int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2))


def _widths(font: Any) -> dict[int, float]:
    told, found, at = list(font.DescendantFonts[0].W), dict[int, float](), 0
    while at < len(told):
        first, after = int(told[at]), told[at + 1]
        if isinstance(after, pikepdf.Array):
            found |= {first + number: float(width) for number, width in enumerate(after)}
            at += 2
        else:
            found |= dict.fromkeys(range(first, int(after) + 1), float(told[at + 2]))
            at += 3
    return found
