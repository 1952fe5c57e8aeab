"""Colours that can be read: contrast as WCAG 2 counts it, and the nearest colour that has enough.

A colour is "#rrggbb". Pure.
"""

import re
from collections.abc import Iterable
from colorsys import hls_to_rgb, rgb_to_hls

READABLE = 4.5
_STEPS = 200
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
Rgb = tuple[float, float, float]


def is_color(text: str) -> bool:
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, between 1 and 21."""
    darker, lighter = sorted((_luminance(rgb(one)), _luminance(rgb(other))))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(color: str, grounds: Iterable[str]) -> bool:
    return all(contrast(color, ground) >= READABLE for ground in grounds)


def nearest_readable(color: str, grounds: Iterable[str]) -> str:
    """Return the colour of the same hue that differs least in lightness and can be read."""
    grounds = list(grounds)
    hue, light, saturation = rgb_to_hls(*rgb(color))
    steps = sorted(range(_STEPS + 1), key=lambda step: abs(step / _STEPS - light))
    others = (_hex(hls_to_rgb(hue, step / _STEPS, saturation)) for step in steps)
    return next(each for each in (color, *others) if readable_on(each, grounds))


def rgb(color: str) -> Rgb:
    """Return red, green and blue between 0 and 1."""
    red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def linear(part: float) -> float:
    """Return how much light a part of a colour gives."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(color: Rgb) -> float:
    red, green, blue = map(linear, color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(color: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in color)
