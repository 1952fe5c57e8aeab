"""Working groups by letter and colour, the same on screen, badges and doors. Pure.

The colours can be told apart by those who see few of them; the letter always stands beside.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Ground and writing, each pair with a contrast of at least 4.5 (after Okabe and Ito).
COLOURS = (
    ("#0072b2", "#ffffff"),
    ("#e69f00", "#1a1a1a"),
    ("#006e50", "#ffffff"),
    ("#cc79a7", "#1a1a1a"),
    ("#f0e442", "#1a1a1a"),
    ("#a83c00", "#ffffff"),
    ("#56b4e9", "#1a1a1a"),
    ("#4d4d4d", "#ffffff"),
)


class Mark(NamedTuple):
    """How a working group is told from others; `colour` is the number of its pair, from 0."""

    letter: str
    colour: int
    ground: str
    ink: str


def mark(position: int) -> Mark:
    """Return the mark of the group that stands there, from 0: A to Z, then AA."""
    rounds, number = divmod(position, len(LETTERS))
    letter = (LETTERS[rounds - 1] if rounds else "") + LETTERS[number]
    colour = position % len(COLOURS)
    return Mark(letter, colour, *COLOURS[colour])


def marks(groups: Iterable[Any]) -> dict[UUID, Mark]:
    """Return the marks of a conference's groups, given in their order, by public id."""
    return {each.uuid: mark(number) for number, each in enumerate(groups)}
