"""Folding text so that people find what they mean, however they type it."""

import re
import unicodedata
from typing import Any

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
    | dict.fromkeys("'’ʼ`´", "")
    # Arabic spelling variants that keyboards mix up; tatweel only stretches.
    | {"ى": "ي", "ة": "ه", "ـ": "", "أ": "ا", "إ": "ا", "آ": "ا", "ک": "ك", "ی": "ي"}
)
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]")  # of Latin letters: looked at all at once
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def fold(text: str) -> str:
    """Return lower-case words separated by single blanks, with spellings made equal.

    Müller, Mueller and Muller fold to the same word: accents are dropped, and so is the e of
    ae/oe/ue wherever it stands ("neue" folds to "nue" on both sides of a comparison).
    """
    # Taking letters apart may bring back capitals: "Test™" becomes "testTM".
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", plain)
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    for digraph, letter in _DIGRAPHS:
        plain = plain.replace(digraph, letter)
    return " ".join(_WORD.findall(plain))


def plain_digits(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9, as postcodes are kept."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def words(text: str) -> list[str]:
    """Return the folded words of a query, each once, in order."""
    return list(dict.fromkeys(fold(text).split()))


def is_storable(value: Any) -> bool:
    """Return whether all text in a JSON value can be stored: no NUL, no half of a character.

    PostgreSQL refuses NUL, and a lone surrogate cannot be written in UTF-8.
    """
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and _UNSTORABLE.search(each):
            return False
    return True
