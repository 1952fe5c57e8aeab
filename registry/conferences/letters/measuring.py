"""How wide a text is when it is printed in the font of our documents."""

from functools import cache

from PIL import ImageFont

from registry.core.documents import making

_PRECISE = 100  # points, so that nothing is rounded to whole pixels
_MM = 25.4 / 72
WINDOW = 80.0  # mm of the address window that hold text
ADDRESS_SIZE = 10.0  # points
RETURN_SIZE = 7.0


def address_width(text: str) -> float:
    """Return the width of a line of the address in millimetres."""
    return _width(text) * ADDRESS_SIZE / _PRECISE * _MM


def return_width(text: str) -> float:
    """Return the width of the return line in millimetres."""
    return _width(text) * RETURN_SIZE / _PRECISE * _MM


def _width(text: str) -> float:
    # Letter by letter: what pairs of them save is little, and thousands of lines are measured.
    return sum(map(_advance, text))


@cache
def _advance(letter: str) -> float:
    return _font().getlength(letter)


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(making.FONTS[0] / "FiraSans-Regular.ttf"), _PRECISE)
