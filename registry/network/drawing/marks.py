"""How categories of actors are told apart in pictures: by shape and colour, so that one is enough.

The first nine have a filled shape, the next nine the same shapes as an outline. The colours can be
told apart by people who see few of them, and stand out from white and from black.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

Corner = tuple[float, float]


def _regular(corners: int, turned: float = 0.0, inner: float = 1.0) -> tuple[Corner, ...]:
    """Return the corners of a regular shape around (0, 0); with `inner` below 1 it is a star."""
    count = corners if inner == 1 else 2 * corners
    return tuple(
        (
            round((1 if inner == 1 or place % 2 == 0 else inner) * sin(angle), 3),
            round(-(1 if inner == 1 or place % 2 == 0 else inner) * cos(angle), 3),
        )
        for place in range(count)
        for angle in [2 * pi * place / count + turned]
    )


_PLUS = [(-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4), (1, 0.4), (0.4, 0.4), (0.4, 1)]
_CROSS = (*_PLUS, (-0.4, 1), (-0.4, 0.4), (-1, 0.4), (-1, -0.4), (-0.4, -0.4))
SHAPES: Mapping[str, tuple[Corner, ...]] = {
    "circle": (),
    "square": ((-0.87, -0.87), (0.87, -0.87), (0.87, 0.87), (-0.87, 0.87)),
    "triangle": ((0, -1), (1, 0.85), (-1, 0.85)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "cross": _CROSS,
    "pentagon": _regular(5),
    "star": _regular(5, inner=0.45),
    "turned triangle": ((0, 1), (1, -0.85), (-1, -0.85)),
    "hexagon": _regular(6, pi / 6),
}
COLORS = (
    "#3574d4",
    "#c25a00",
    "#158a6e",
    "#b8438e",
    "#7d7412",
    "#d03b3b",
    "#7c5cc9",
    "#7f6650",
)
NO_COLOR = "#707780"


@dataclass(frozen=True)
class Mark:
    """How actors of one category are drawn."""

    shape: str = "circle"
    color: str = NO_COLOR
    filled: bool = True

    @property
    def corners(self) -> tuple[Corner, ...]:
        """Return the corners within -1 to 1; a circle has none."""
        return SHAPES[self.shape]


UNSORTED = Mark("circle", NO_COLOR, filled=False)


def marks(categories: Sequence[str]) -> dict[str | None, Mark]:
    """Return the mark of each category; that of None is for actors without one."""
    shapes = list(SHAPES)
    found: dict[str | None, Mark] = {
        key: Mark(
            shapes[place % len(shapes)],
            COLORS[place % len(COLORS)],
            filled=place // len(shapes) % 2 == 0,
        )
        for place, key in enumerate(categories)
    }
    return {**found, None: UNSORTED}
