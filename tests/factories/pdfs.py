"""Reading a tagged PDF as a screen reader does: by its structure, in the order it names."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

Marked = dict[int, str]  # text by the number of its mark (MCID)
Letters = dict[str, str]
CHARACTER = r"^<([0-9a-f]+)> <([0-9a-f]+)>$"
RANGE = r"^<([0-9a-f]+)> <([0-9a-f]+)> <([0-9a-f]+)>$"


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
    glyphs: Letters = {}
    marks: list[int | str] = []
    fonts = {str(name): letters_of(font) for name, font in page.resources.get("/Font", {}).items()}
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
                digits = len(next(iter(glyphs)))
                letters = [glyphs.get(code, "\ufffd") for code in _codes(operands[0], digits)]
                number = next((mark for mark in reversed(marks) if isinstance(mark, int)), -1)
                if "/ReversedChars" in marks:
                    back.setdefault(number, []).extend(letters)
                else:
                    found.setdefault(number, []).extend([*back.pop(number, [])[::-1], *letters])
    for number, letters in back.items():
        found.setdefault(number, []).extend(letters[::-1])
    return {number: "".join(letters) for number, letters in found.items()}


def _codes(shown: Any, digits: int) -> Iterator[str]:
    for each in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(each, pikepdf.String):
            yield from re.findall("." * digits, bytes(each).hex())


def letters_of(font: Any) -> Letters:
    """Return what the glyphs of a font mean, by their code in hexadecimal digits."""
    whole = font.ToUnicode.read_bytes().decode("latin-1").lower()
    told = whole.partition("endcodespacerange")[2]
    found = {code: _text(text) for code, text in re.findall(CHARACTER, told, re.M)}
    for first, last, text in re.findall(RANGE, told, re.M):
        for number in range(int(first, 16), int(last, 16) + 1):
            letter = chr(ord(_text(text)) + number - int(first, 16))
            found[f"{number:0{len(first)}x}"] = letter
    return found


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
