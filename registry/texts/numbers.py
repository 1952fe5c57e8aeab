"""Numbers in running text that must be read from the left, whatever runs around them. Pure.

Behind an Arabic letter the groups of "09171 81-1234" and the ends of "9:00–12:00" change places.
"""

import re

from markupsafe import Markup, escape

_FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_NUMBERS = re.compile(
    r"(?<![\w+])(?:"
    r"\d{1,2}[:.]\d\d ?[–-] ?\d{1,2}[:.]\d\d"  # from one time to another
    r"|(?:\(?\+\d|\(?0|1\d\d)(?:[ /().–-]{0,3}\d){3,}"  # telephone
    r")(?![\w:])"
)


def forwards(text: str) -> Markup:
    """Return a text as HTML; where some of it runs from the right, its numbers are isolated."""
    if not _FROM_THE_RIGHT.search(text):
        return escape(text)
    made, end = Markup(), 0
    for number in _NUMBERS.finditer(text):
        made += escape(text[end : number.start()])
        made += Markup('<bdi dir="ltr">{}</bdi>').format(number[0])
        end = number.end()
    return made + escape(text[end:])
