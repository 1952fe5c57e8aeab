"""Reading a tagged PDF as a screen reader does: by its structure, in the order it names."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

Marked = dict[int, str]  # text by the number of its mark (MCID)


class TaggedPdf:
    """`text` is all of it; `said` are pairs of a tag and the text right below it."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(content))
        self._pages = {page.objgen: _marked(page) for page in self.pdf.pages}
        self.said = list(self._walk(self.pdf.Root.StructTreeRoot.K, "", None))
        self.text = "".join(text for _tag, text in self.said)

    def tags(self) -> set[str]:
        return {tag for tag, _text in self.said}

    def _walk(self, node: Any, tag: str, page: Any) -> Iterator[tuple[str, str]]:
        if isinstance(node, int):
            yield tag, self._pages[page.objgen].get(node, "")
        elif isinstance(node, pikepdf.Array):
            for each in node:
                yield from self._walk(each, tag, page)
        elif isinstance(node, pikepdf.Dictionary):
            page = node.get("/Pg", page)
            if "/MCID" in node:
                yield tag, self._pages[page.objgen].get(int(node.MCID), "")
            elif "/K" in node:
                yield str(node.S), ""
                yield from self._walk(node.K, str(node.S), page)


def _marked(page: pikepdf.Page) -> Marked:
    """Return the text of each mark. What is told to be reversed is read from its end."""
    found: dict[int, list[str]] = {}
    back: dict[int, list[str]] = {}  # of each mark what is to be read backwards so far
    glyphs: dict[str, str] = {}
    marks: list[int | str] = []
    fonts = {str(name): _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                number = operands[1].get("/MCID") if len(operands) > 1 else None
                marks.append(str(operands[0]) if number is None else int(number))
            case "EMC":
                marks.pop()
            case "Tf":
                glyphs = fonts[str(operands[0])]
            case "Tj" | "TJ":
                letters = [glyphs.get(code, "\ufffd") for code in _codes(operands[0])]
                number = next((mark for mark in reversed(marks) if isinstance(mark, int)), -1)
                if "/ReversedChars" in marks:
                    back.setdefault(number, []).extend(letters)
                else:
                    found.setdefault(number, []).extend([*back.pop(number, [])[::-1], *letters])
    for number, letters in back.items():
        found.setdefault(number, []).extend(letters[::-1])
    return {number: "".join(letters) for number, letters in found.items()}


def _codes(shown: Any) -> Iterator[str]:
    for each in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(each, pikepdf.String):
            yield from re.findall("....", bytes(each).hex())


def _letters(font: Any) -> dict[str, str]:
    """Return what the glyphs of a font mean, by their code in hexadecimal digits."""
    told = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$", told, re.M)
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
