"""A document of headings, paragraphs, lists and tables: the same for screen, PDF and DOCX. Pure."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """Paragraphs, one for each line; `soft` ones are remarks, `strong` ones stand out."""

    text: str
    soft: bool = False
    strong: bool = False

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the page for each column, equal where there are none."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    @property
    def shares(self) -> tuple[int, ...]:
        return self.widths or (1,) * len(self.head)


@dataclass(frozen=True)
class Picture:
    """A JPEG: its size in pixels, what it shows in words, and what stands below it.

    `content` is what files hold, `address` where a screen finds it.
    """

    width: int
    height: int
    shows: str
    below: str = ""
    content: bytes = field(default=b"", repr=False)
    address: str = ""

    @property
    def svg(self) -> str:
        """Return it wrapped as a drawing, for a typesetter that takes no bytes in its data."""
        inside = base64.b64encode(self.content).decode()
        size = f'width="{self.width}" height="{self.height}"'
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' {size} viewBox="0 0 {self.width} {self.height}">'
            f'<image {size} xlink:href="data:image/jpeg;base64,{inside}"/></svg>'
        )


Block = Heading | Text | Points | Table | Picture
KINDS = {
    Heading: "heading",
    Text: "text",
    Points: "points",
    Table: "table",
    Picture: "picture",
}


@dataclass(frozen=True)
class File:
    """A file that an archived PDF carries inside it."""

    name: str
    text: str
    kind: str
    about: str


@dataclass(frozen=True)
class Paper:
    """`lines` stand below the title, `mark` above it (as "Entwurf"), `foot` on every page."""

    title: str
    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = ()
    mark: str = ""
    foot: str = ""
    lang: str = "de"

    @property
    def name(self) -> str:
        """Return what programs call the document: its title and what it is about."""
        return f"{self.title}: {self.lines[0]}" if self.lines else self.title


def told(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return blocks as plain data, each with its kind."""
    return [{"kind": KINDS[type(each)], **_told(each)} for each in blocks]


def _told(block: Block) -> dict[str, Any]:
    plain = asdict(block)
    if isinstance(block, Picture):
        del plain["content"]
        return {**plain, "svg": block.svg if block.content else ""}
    return {**plain, **_worked_out(block)}


def _worked_out(block: Block) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"lines": block.lines}
    return {"shares": block.shares} if isinstance(block, Table) else {}


def data(paper: Paper, files: Sequence[File] = ()) -> dict[str, Any]:
    """Return what `templates/documents/paper.typ` sets."""
    return {
        "title": paper.title,
        "name": paper.name,
        "lines": list(paper.lines),
        "mark": paper.mark,
        "foot": paper.foot,
        "lang": paper.lang,
        "rtl": False,
        "blocks": told(paper.blocks),
        "files": [asdict(each) for each in files],
    }
