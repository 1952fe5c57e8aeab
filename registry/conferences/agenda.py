"""An agenda in points: what takes place side by side is one point with points below it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

BESIDE = "Gleichzeitig"


@dataclass(frozen=True)
class Point:
    """What takes place at one time: one item, or several side by side, and how long it takes."""

    number: int
    items: Sequence[Any]

    @property
    def title(self) -> str:
        """Return the item's title; of several, what they have in common."""
        if len(self.items) == 1:
            return str(self.items[0].title)
        blocks = {each.block or "" for each in self.items}
        return f"{blocks.pop()}: gleichzeitig" if blocks - {""} and len(blocks) == 1 else BESIDE

    @property
    def minutes(self) -> int | None:
        return max((each.minutes for each in self.items if each.minutes), default=None)

    @property
    def numbered(self) -> list[tuple[str, Any]]:
        """Return the items with their numbers, as "2" or "2.1"."""
        if len(self.items) == 1:
            return [(str(self.number), self.items[0])]
        return [(f"{self.number}.{place}", each) for place, each in enumerate(self.items, 1)]

    @property
    def lines(self) -> list[str]:
        """Return the title, and below it what takes place side by side."""
        below = self.numbered if len(self.items) > 1 else []
        return [self.title, *(f"{number} {each.title}" for number, each in below)]


def points(items: Iterable[Any]) -> list[Point]:
    """Return the points of an agenda, in its order."""
    found: list[list[Any]] = []
    for each in items:
        if each.parallel and found and found[-1][0].day_id == each.day_id:
            found[-1].append(each)
        else:
            found.append([each])
    return [Point(number, some) for number, some in enumerate(found, 1)]


def numbers(items: Iterable[Any]) -> dict[int, str]:
    """Return the number of each item (internal id)."""
    return {each.id: number for point in points(items) for number, each in point.numbered}
