"""How an address comes to stand in its window (DIN 5008): six lines, shortened in order. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LINES = 6
KEPT_LAST = 2  # street and place, without which no letter arrives
MORE = "…"
HELD = re.compile(r"(?<=\be\.) (?=[VGK]\.)|(?<=\bi\.) (?=[GLR]\.)")  # "e. V." is one word
Width = Callable[[str], float]


@dataclass(frozen=True)
class Fitted:
    """Lines as they are printed, and what of the address there was no room for."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def fitted(lines: Sequence[str], spare: Sequence[str], width: Width, most: float) -> Fitted:
    """Return an address of at most six lines, none wider than `most`.

    A line that is too wide goes on in the next. If they are too many, those of `spare` give way in
    their order (function, then unit); then lines lose what does not fit, organisation last.
    """
    kept, gone = [line for line in lines if line.strip()], list[str]()
    for each in spare:
        if _count(kept, width, most) > LINES and each in kept[1:-KEPT_LAST]:
            kept.remove(each)
            gone.append(each)
    rows = [wrapped(line, width, most) for line in kept]
    # The place before the street before persons: their second lines are needed least.
    for at in [*range(len(rows) - 1, 0, -1), 0]:
        while sum(map(len, rows)) > LINES and len(rows[at]) > 1:
            gone.append(rows[at].pop())
            rows[at][-1] = cut(rows[at][-1] + MORE, width, most)
    flat = [line for row in rows for line in row]
    while len(flat) > LINES:
        gone.append(flat.pop(-KEPT_LAST - 1))
    return Fitted(tuple(flat), tuple(gone))


def wrapped(line: str, width: Width, most: float) -> list[str]:
    """Return a line as lines that are no wider than `most`, divided between words if possible."""
    rows, present = list[str](), ""
    for word in held(line).split(" "):
        longer = f"{present} {word}".strip()
        if width(longer) <= most:
            present = longer
            continue
        if present:
            rows.append(present)
        while width(word) > most:
            head = _head(word, width, most)
            rows.append(head)
            word = word[len(head) :]
        present = word
    return [*rows, present] if present else rows


def held(text: str) -> str:
    """Return a text in which the parts of "e. V." stay together."""
    return HELD.sub("\N{NO-BREAK SPACE}", text)


def cut(text: str, width: Width, most: float) -> str:
    """Return a text that ends in an ellipsis where it would be wider than `most`."""
    if width(text) <= most:
        return text
    bare = text.removesuffix(MORE)
    while bare and width(bare + MORE) > most:
        bare = bare[:-1]
    return bare.rstrip() + MORE


def _count(lines: Sequence[str], width: Width, most: float) -> int:
    return sum(len(wrapped(line, width, most)) for line in lines)


def _head(word: str, width: Width, most: float) -> str:
    size = len(word) - 1
    while size > 1 and width(word[:size]) > most:
        size -= 1
    return word[:size]
