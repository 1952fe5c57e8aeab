"""Plain text with headings, lists and links, as pieces that a template draws. Pure.

A small part of Markdown: "## " before a heading, "- " before an entry of a list, an empty line
between paragraphs, [words](https://…) or a bare address for a link. Everything else is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["heading", "list", "paragraph", ""]
_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,200})\]\((?P<target>(?:https?://|mailto:)[^\s()<>\"]{1,500})\)"
    r"|(?P<bare>https?://[^\s()<>\"]{1,500}[^\s()<>\".,;:!?])"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"
)


@dataclass(frozen=True)
class Piece:
    """Words, and where they lead if they are a link."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, a list or a paragraph: its lines, each in pieces."""

    kind: Kind
    lines: tuple[tuple[Piece, ...], ...]


def blocks(text: str) -> list[Block]:
    marked = (_marked(line.strip()) for line in text.splitlines())
    found = []
    for kind, lines in groupby(marked, key=lambda line: line[0]):
        pieces = tuple(tuple(_pieces(body)) for _kind, body in lines)
        if kind == "heading":  # each stands for itself
            found += [Block(kind, (line,)) for line in pieces]
        elif kind:
            found.append(Block(kind, pieces))
    return found


def _marked(line: str) -> tuple[Kind, str]:
    mark, _blank, rest = line.partition(" ")
    if mark in ("#", "##", "###") and rest:
        return "heading", rest
    if mark in ("-", "*", "•") and rest:
        return "list", rest
    return ("paragraph" if line else ""), line


def _pieces(line: str) -> Iterator[Piece]:
    end = 0
    for link in _LINK.finditer(line):
        if link.start() > end:
            yield Piece(line[end : link.start()])
        yield _linked(link)
        end = link.end()
    if end < len(line):
        yield Piece(line[end:])


def _linked(link: re.Match[str]) -> Piece:
    if mail := link["mail"]:
        return Piece(mail, f"mailto:{mail}")
    if bare := link["bare"]:
        return Piece(bare, bare)
    return Piece(link["words"], link["target"])
