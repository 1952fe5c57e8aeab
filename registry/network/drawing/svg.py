"""The picture of a network as SVG: for pages without a script, for posters, for files. Pure.

Colours are attributes, so that a file looks right by itself; on a page its stylesheet has the last
word. Every text is escaped.
"""

from collections.abc import Mapping
from html import escape
from math import hypot

from registry.network.drawing.marks import Mark
from registry.network.drawing.scene import RADIUS, Dot, Line, Scene

INK, LINE, WARN, PAPER = "#1b1f24", "#5b6470", "#b3261e", "#ffffff"
FONT = "Fira Sans, Amiri, sans-serif"
DASHES = {"confirmed": "", "one-sided": "7 5", "contested": "2 5"}
ARROW = 9.0


def clean(words: str) -> str:
    """Return a text for XML: escaped, and without characters that XML does not know."""
    return escape("".join(each for each in words if each >= " " and each not in "\ufffe\uffff"))


def drawn(scene: Scene, headings: Mapping[str, str]) -> str:
    """Return what stands in the picture; `headings` are the words above the rows by their name."""
    parts = [
        *(_line(each) for each in scene.lines),
        *(
            text((scene.frame[0] + 12, row.top + 14), headings.get(row.name, ""), 15, bold=True)
            for row in scene.rows
        ),
        *(_dot(each) for each in scene.dots),
    ]
    return "".join(parts)


def symbol(mark: Mark, x: float, y: float, radius: float = RADIUS) -> str:
    """Return the mark of a category at a place."""
    fill, edge = (mark.color, INK) if mark.filled else (PAPER, mark.color)
    look = f'fill="{fill}" stroke="{edge}" stroke-width="{1 if mark.filled else 4}"'
    kind = "filled" if mark.filled else "outlined"
    if not mark.corners:
        return f'<circle class="mark mark--{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}" {look}/>'
    corners = " ".join(f"{x + a * radius:.1f},{y + b * radius:.1f}" for a, b in mark.corners)
    return f'<polygon class="mark mark--{kind}" points="{corners}" {look}/>'


def stroke(x1: float, y1: float, x2: float, y2: float, width: float, state: str) -> str:
    """Return a line that says by its look how sure it is."""
    dash = f' stroke-dasharray="{DASHES[state]}"' if DASHES[state] else ""
    color = WARN if state == "contested" else LINE
    cross = ""
    if state == "contested":
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        cross = (
            f'<path class="link link--contested" d="M{x - 6:.1f} {y - 6:.1f}l12 12m0-12l-12 12"'
            f' stroke="{color}" stroke-width="2.5" fill="none"/>'
        )
    return (
        f'<line class="link link--{state}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="{color}" stroke-opacity="0.65" stroke-width="{width:g}"{dash}/>{cross}'
    )


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the head of an arrow from the first place that ends at the second."""
    far = hypot(x2 - x1, y2 - y1) or 1.0
    a, b = (x2 - x1) / far, (y2 - y1) / far
    back_x, back_y = x2 - a * ARROW * 1.4, y2 - b * ARROW * 1.4
    half = ARROW * 0.6
    corners = (
        (x2, y2),
        (back_x - b * half, back_y + a * half),
        (back_x + b * half, back_y - a * half),
    )
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon class="arrow" points="{points}" fill="{LINE}"/>'


def _line(line: Line) -> str:
    one, other = line.one, line.other
    far = hypot(other.x - one.x, other.y - one.y) or 1.0
    a, b = (other.x - one.x) / far * (RADIUS + 3), (other.y - one.y) / far * (RADIUS + 3)
    start, end = (one.x + a, one.y + b), (other.x - a, other.y - b)
    to_one, to_other = line.arrows
    heads = (arrow(*end, *start) if to_one else "") + (arrow(*start, *end) if to_other else "")
    return stroke(*start, *end, line.width, line.state) + heads


def _dot(dot: Dot) -> str:
    words = "".join(
        text((dot.x, dot.y + RADIUS + 14 + 13 * place), line, 12, anchor="middle", halo=True)
        for place, line in enumerate(dot.lines)
    )
    ring = ""
    if dot.role:
        color = WARN if dot.role == "cut-off" else INK
        ring = (
            f'<circle class="ring ring--{dot.role}" cx="{dot.x:g}" cy="{dot.y:g}"'
            f' r="{RADIUS + 6:g}" fill="none" stroke="{color}" stroke-width="2.5"/>'
        )
    return f"<g>{ring}{symbol(dot.mark, dot.x, dot.y)}{words}</g>"


def text(
    at: tuple[float, float],
    words: str,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return words at a place; with a halo they can be read across lines."""
    look = ' font-weight="600"' if bold else ""
    if halo:
        look += f' class="halo" stroke="{PAPER}" stroke-width="3" paint-order="stroke"'
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
        f' direction="ltr" fill="{INK}"{look}>{clean(words)}</text>'
    )
