"""What people thought of a conference, counted. Pure.

Few answers say who gave them: below `LEAST` nothing is shown but their number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SCALE = (1, 2, 3, 4, 5)  # 5 is best
RATED = ("organisation", "content", "groups", "exchange", "use")
WRITTEN = ("good", "better", "topics")
LEAST = 3
OWN = "own_"  # and the number of a question of one's own, from 0


@dataclass(frozen=True)
class Rated:
    """How a question was rated: how many gave each mark of the scale, and their mean."""

    question: str
    counts: tuple[int, ...]

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        total = sum(mark * count for mark, count in zip(SCALE, self.counts, strict=True))
        return total / self.number if self.number else None


@dataclass(frozen=True)
class Summary:
    """All answers together; `texts` are by question, in no order that says who wrote them."""

    number: int
    rated: Sequence[Rated] = ()
    texts: Mapping[str, Sequence[str]] = ()  # type: ignore[assignment]

    @property
    def hidden(self) -> bool:
        return 0 < self.number < LEAST


def summary(answers: Sequence[Mapping[str, Any]]) -> Summary:
    """Count the answers of a conference."""
    if len(answers) < LEAST:
        return Summary(len(answers), (), {})
    rated = [Rated(name, _counts(answer.get(name) for answer in answers)) for name in RATED]
    asked = dict.fromkeys(name for answer in answers for name in answer if name not in RATED)
    texts = {name: sorted(each[name] for each in answers if each.get(name)) for name in asked}
    return Summary(len(answers), rated, texts)


def _counts(marks: Iterable[Any]) -> tuple[int, ...]:
    found = Counter(marks)
    return tuple(found[mark] for mark in SCALE)
