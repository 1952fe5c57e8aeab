"""Whether colours of fields of action can be read and told apart, by colour-blind people too. Pure.

Colour blindness is simulated as Machado, Oliveira and Fernandes (2009) describe its strongest
forms; distances are those of OKLab, in which equal steps look equally large.
"""

from collections.abc import Mapping
from itertools import starmap

from registry.core.colors import Rgb, linear, nearest_readable, readable_on, rgb

WHITE = "#ffffff"  # the symbol upon the colour
LEAST = 0.04  # below, two patches beside each other look the same
Matrix = tuple[Rgb, Rgb, Rgb]
SEEING: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def readable(color: str) -> bool:
    """Return whether a white symbol can be seen on the colour."""
    return readable_on(color, [WHITE])


def proposed(color: str) -> str:
    return nearest_readable(color, [WHITE])


def confused_with(color: str, others: Mapping[str, str]) -> list[str]:
    """Return the names of the colours that somebody could take for this one."""
    return [name for name, other in others.items() if distance(color, other) < LEAST]


def distance(one: str, other: str) -> float:
    """Return how far two colours lie apart for those who see least difference."""
    return min(_apart(_lab(one, seen), _lab(other, seen)) for seen in SEEING.values())


def _lab(color: str, seen: Matrix) -> Rgb:
    red, green, blue = map(linear, rgb(color))
    light = _times(seen, (red, green, blue))
    cones = _times(TO_CONES, light)
    return _times(TO_LAB, (_root(cones[0]), _root(cones[1]), _root(cones[2])))


def _root(value: float) -> float:
    return max(value, 0.0) ** (1 / 3)


def _times(matrix: Matrix, vector: Rgb) -> Rgb:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _apart(one: Rgb, other: Rgb) -> float:
    return sum(starmap(lambda a, b: (a - b) ** 2, zip(one, other, strict=True))) ** 0.5
