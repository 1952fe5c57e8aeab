"""Two versions of a text word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Part:
    """Words that both versions have, or that have gone, or that have come."""

    kind: Literal["same", "gone", "new"]
    text: str


def compared(old: str, new: str) -> list[Part]:
    """Return the words of both versions in their order; what was replaced stands before the new."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        part
        for verb, start, end, first, last in steps
        for part in _parts(verb, "".join(before[start:end]), "".join(after[first:last]))
    ]


def _parts(verb: str, old: str, new: str) -> Iterator[Part]:
    if verb == "equal":
        yield Part("same", new)
        return
    if old:
        yield Part("gone", old)
    if new:
        yield Part("new", new)
