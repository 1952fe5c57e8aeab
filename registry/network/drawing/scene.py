"""What stands in the picture of a network: marked actors and the lines between them. Pure.

Between two actors there is one line, whatever links them: it is as thick as the closest link,
confirmed if one of its links is, and has arrows only if all of its links have a direction.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import Any

from registry.network.drawing.layout import Layout, Row, layout
from registry.network.drawing.marks import UNSORTED, Mark
from registry.network.state import COOPERATION, DIRECTED, Kind, Link, Node, Rule, Standing, State

LETTERS, LINES = 18, 2  # of a name in the picture
LONGEST = 22  # letters of a word that stays whole
RADIUS = 11.0
WIDTHS = {1: 1.25, 2: 2.75, 3: 5.0}
MOST = 1500  # actors in one picture


@dataclass(frozen=True)
class Dot:
    """An actor in the picture; `role` is "focus", "cut-off" (who loses the connection) or ""."""

    node: Node
    x: float
    y: float
    lines: tuple[str, ...]
    mark: Mark
    role: str = ""


@dataclass(frozen=True)
class Bundle:
    """All that links two actors."""

    links: tuple[Link, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(kind for kind in Kind if any(each.kind is kind for each in self.links))

    @property
    def confirmed(self) -> bool:
        return any(each.confirmed for each in self.links)

    @property
    def contested(self) -> bool:
        return not self.confirmed and any(each.contested for each in self.links)

    @property
    def state(self) -> str:
        return "contested" if self.contested else "confirmed" if self.confirmed else "one-sided"

    @property
    def intensity(self) -> int:
        return max(each.intensity for each in self.links)


@dataclass(frozen=True)
class Line(Bundle):
    """All that links two actors, as one line."""

    one: Dot
    other: Dot

    @property
    def width(self) -> float:
        return WIDTHS[min(3, max(1, self.intensity))]

    @property
    def arrows(self) -> tuple[bool, bool]:
        """Return whether there is an arrow at `one` and at `other`."""
        if any(each.kind not in DIRECTED for each in self.links):
            return False, False
        ends = {each.target for each in self.links}
        return self.one.node.id in ends, self.other.node.id in ends


@dataclass(frozen=True)
class Scene:
    """The picture, within (left, top, width, height)."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    frame: tuple[float, float, float, float]

    def partners(self) -> dict[int, list[tuple[Dot, Line]]]:
        """Return by actor whom it is linked with, by name."""
        found: dict[int, list[tuple[Dot, Line]]] = {dot.node.id: [] for dot in self.dots}
        for line in self.lines:
            found[line.one.node.id].append((line.other, line))
            found[line.other.node.id].append((line.one, line))
        for each in found.values():
            each.sort(key=lambda pair: (pair[0].node.name, pair[0].node.id))
        return found


def placed(state: State) -> Layout:
    """Return where the actors of a state stand, whatever is shown of it later.

    Whoever has no cooperation stands below, apart by what is known of it.
    """
    standing = state.standing()
    apart: dict[str, list[int]] = {
        each: [key for key in state.ordered if standing[key] is each]
        for each in (Standing.ISOLATED, Standing.UNKNOWN)
    }
    pairs = sorted({each.pair for each in state.counting(COOPERATION)})
    return layout(((key, node.key) for key, node in state.nodes.items()), pairs, apart)


def scene(
    shown: State,
    places: Layout,
    marks: Mapping[str | None, Mark],
    *,
    kinds: Iterable[Kind] = COOPERATION,
    rule: Rule = Rule.ANY,
    roles: Mapping[int, str] | None = None,
) -> Scene:
    """Return the picture of the actors and links that are shown, each at its place."""
    dots = {
        key: Dot(
            node := shown.nodes[key],
            *places.spots[key],
            named(node),
            marks.get(node.category, UNSORTED),
            (roles or {}).get(key, ""),
        )
        for key in shown.ordered
    }
    found: dict[tuple[int, int], list[Link]] = {}
    for link in shown.counting(kinds, rule):
        found.setdefault(link.pair, []).append(link)
    lines = [
        Line(tuple(sorted(links, key=lambda each: each.key)), dots[one], dots[other])
        for (one, other), links in sorted(found.items(), key=lambda each: each[0])
    ]
    rows = tuple(row for row in places.rows if any(key in dots for key in row.actors))
    return Scene(tuple(dots.values()), tuple(lines), rows, _frame(dots.values(), rows))


def named(node: Node) -> tuple[str, ...]:
    """Return the name of an actor in few short lines."""
    text = " ".join((node.short or node.name).split())
    if node.short and len(node.short) < 3:
        text = node.name
    words = " ".join("-".join(map(_divided, word.split("-"))) for word in text.split())
    room = max([LETTERS, *(len(word) + 2 for word in words.replace("-", "- ").split())])
    lines = wrap(words, room, break_long_words=False, max_lines=LINES, placeholder=" …")
    return tuple(lines) or (shorten(text, LETTERS),)


def _divided(word: str) -> str:
    """Return a word with a hyphen and a blank where it has to be divided."""
    if len(word) <= LONGEST:
        return word
    return f"{word[: LETTERS - 1]}- {_divided(word[LETTERS - 1 :])}"


def _frame(dots: Collection[Dot], rows: Iterable[Row]) -> tuple[float, float, float, float]:
    if not dots:
        return 0.0, 0.0, 600.0, 300.0
    left, right = min(dot.x for dot in dots) - 70, max(dot.x for dot in dots) + 70
    top = min([dot.y - 30 for dot in dots] + [row.top - 10 for row in rows])
    bottom = max(dot.y for dot in dots) + 55
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def as_data(drawn: Scene, headings: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the picture as elements of Cytoscape.js; `headings` are the words above the rows."""
    dots = [
        {
            "data": {
                "id": dot.node.key,
                "label": "\n".join(dot.lines),
                "name": dot.node.name,
                "color": dot.mark.color,
                "corners": " ".join(f"{x} {y}" for x, y in dot.mark.corners),
            },
            "position": {"x": dot.x, "y": dot.y},
            "classes": f"{'filled' if dot.mark.filled else 'outlined'} {dot.role}".strip(),
        }
        for dot in drawn.dots
    ]
    lines = [
        {
            "data": {
                "id": f"{line.one.node.key}/{line.other.node.key}",
                "source": line.one.node.key,
                "target": line.other.node.key,
                "width": line.width,
            },
            "classes": " ".join(
                [line.state] + ["to-source"] * line.arrows[0] + ["to-target"] * line.arrows[1]
            ),
        }
        for line in drawn.lines
    ]
    above = [
        {
            "data": {"id": row.name, "label": str(headings.get(row.name, "")), "corners": ""},
            "position": {"x": drawn.frame[0] + 12, "y": row.top + 14},
            "classes": "heading",
        }
        for row in drawn.rows
    ]
    return [*dots, *lines, *above]
