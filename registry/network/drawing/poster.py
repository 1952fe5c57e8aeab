"""The network on a sheet of A3: the picture, what its signs mean, and what it rests on. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from textwrap import wrap

from registry.network.drawing import svg
from registry.network.drawing.marks import Mark
from registry.network.drawing.scene import WIDTHS, Scene

WIDTH, HEIGHT = 1587, 1123  # A3 across, 96 units an inch
EDGE, SIDE, TOP, BOTTOM = 45, 330, 130, 75
LETTERS = 40  # in a line beside the picture
_END = "<!-- picture -->"
_TEXT = re.compile(
    r'<text x="(?P<x>[-\d.]+)" y="(?P<y>[-\d.]+)" font-size="(?P<size>[\d.]+)"'
    r' text-anchor="(?P<anchor>\w+)"(?P<look>[^>]*)>(?P<words>[^<]*)</text>'
)


@dataclass(frozen=True)
class Words:
    """What stands on the sheet. `categories` are those in the picture, `states` the kinds of line.

    `facts` are sentences on what the picture rests on; `example` is "" where nothing is invented.
    """

    title: str
    subtitle: str
    headings: Mapping[str, str]
    legend: str
    categories: Sequence[tuple[str, Mark]]
    states: Mapping[str, str]
    thickness: str
    direction: str
    facts: Sequence[str]
    example: str = ""


def poster(scene: Scene, words: Words) -> str:
    """Return the sheet as an SVG document of its own."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="420mm" height="297mm"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{svg.FONT}">'
        f"<title>{svg.clean(words.title)}: {svg.clean(words.subtitle)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{svg.PAPER}"/>'
        f"{_head(words)}{_picture(scene, words)}{_side(words)}</svg>"
    )


@dataclass(frozen=True)
class Lettering:
    """Words on the sheet: where their line stands, how large, and from where they run."""

    x: float
    y: float
    size: float
    anchor: str
    bold: bool
    halo: bool
    words: str


def lettered(scene: Scene, words: Words) -> tuple[str, list[Lettering]]:
    """Return the sheet without its words, and the words, for whoever sets them better than SVG.

    Words within the picture are moved and scaled as it is.
    """
    whole = poster(scene, words)
    start, end = whole.index("<g transform"), whole.index(_END)
    x, y, scale = _fitted(scene)
    found = [
        _lettering(each, *((x, y, scale) if start < each.start() < end else (0.0, 0.0, 1.0)))
        for each in _TEXT.finditer(whole)
    ]
    return _TEXT.sub("", whole), found


def _lettering(found: re.Match[str], x: float, y: float, scale: float) -> Lettering:
    look = found["look"]
    return Lettering(
        x=x + scale * float(found["x"]),
        y=y + scale * float(found["y"]),
        size=scale * float(found["size"]),
        anchor=found["anchor"],
        bold="font-weight" in look,
        halo="halo" in look,
        words=unescape(found["words"]),
    )


def _head(words: Words) -> str:
    head = svg.text((EDGE, 72), words.title, 38, bold=True)
    head += svg.text((EDGE, 104), words.subtitle, 20)
    if words.example:
        x = WIDTH - EDGE - SIDE
        head += (
            f'<rect x="{x}" y="42" width="{SIDE}" height="42" rx="6" fill="none"'
            f' stroke="{svg.INK}" stroke-width="2" stroke-dasharray="6 4"/>'
        )
        head += svg.text((x + SIDE / 2, 70), words.example, 20, bold=True, anchor="middle")
    return head


def _picture(scene: Scene, words: Words) -> str:
    """Return the picture as large as the sheet has room for, in the middle of it."""
    x, y, scale = _fitted(scene)
    inside = svg.drawn(scene, words.headings)
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})">{inside}</g>{_END}'


def _fitted(scene: Scene) -> tuple[float, float, float]:
    """Return how far the picture is moved, and how many times as large it is."""
    left, top, wide, high = scene.frame
    room_x, room_y = WIDTH - 3 * EDGE - SIDE, HEIGHT - TOP - EDGE
    scale = min(room_x / wide, room_y / high, 2.0)
    x = EDGE + (room_x - wide * scale) / 2 - left * scale
    return x, TOP + (room_y - high * scale) / 2 - top * scale, scale


def _side(words: Words) -> str:
    x, y = float(WIDTH - EDGE - SIDE), TOP + 20.0
    parts = [svg.text((x, y), words.legend, 20, bold=True)]
    y += 32
    for name, mark in words.categories:
        parts.append(svg.symbol(mark, x + 12, y - 5, 9))
        y = _lines(parts, x + 60, y, name, LETTERS - 8)
    for state, name in words.states.items():
        parts.append(svg.stroke(x, y - 5, x + 48, y - 5, 3, state))
        y = _lines(parts, x + 60, y, name, LETTERS - 8)
    parts += [
        svg.stroke(x, y - 12 + 7 * place, x + 48, y - 12 + 7 * place, width, "confirmed")
        for place, width in enumerate(WIDTHS.values())
    ]
    y = _lines(parts, x + 60, y, words.thickness, LETTERS - 8)
    parts.append(svg.stroke(x, y - 5, x + 38, y - 5, 2.75, "confirmed"))
    parts.append(svg.arrow(x, y - 5, x + 48, y - 5))
    y = _lines(parts, x + 60, y, words.direction, LETTERS - 8) + 16
    for fact in words.facts:
        y = _lines(parts, x, y, fact, LETTERS) + 6
    return "".join(parts)


def _lines(parts: list[str], x: float, y: float, words: str, letters: int) -> float:
    """Add words in short lines; return where the next may stand."""
    lines: Iterable[str] = wrap(words, letters) or [""]
    for line in lines:
        parts.append(svg.text((x, y), line, 15))
        y += 19
    return y + 5
