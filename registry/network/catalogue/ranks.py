"""How actors are compared: by rank, by thirds, or not at all, as far as the answers carry it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from registry.network.trust import Detail, third

Key = TypeVar("Key", bound=Hashable)
DIGITS = 9  # beyond, values that are equal differ by the order of adding up


@dataclass(frozen=True)
class Compared:
    """What may be said of one value among others.

    `value` is the value itself, `rank` its place from 1 for the highest, `third` 1 (low) to 3
    (high); None where it may not be said.
    """

    value: float | None = None
    rank: int | None = None
    third: int | None = None

    @property
    def order(self) -> float:
        """Return what a list may be sorted by: nothing finer than what is shown."""
        if self.value is not None:
            return self.value
        return self.third or 0


def shown(
    values: Mapping[Key, float], detail: Detail, *, counted: bool = False
) -> dict[Key, Compared]:
    """Return how each value may be shown: equal values share a rank or a third.

    What is simply `counted`, as who names an actor, stays true with few answers and keeps its
    number; what depends on everybody's answers, as who lies between others, does not.
    """
    rounded = {key: round(value, DIGITS) for key, value in values.items()}
    ranks = _ranks(rounded) if detail is Detail.RANKS else {}
    # Each value is compared with all others: only where it is shown.
    wanted = {*rounded.values()} if detail is Detail.THIRDS else set()
    thirds = {value: third(value, rounded.values()) for value in wanted}
    return {
        key: Compared(
            value=values[key] if counted or detail is Detail.RANKS else None,
            rank=ranks.get(value),
            third=thirds.get(value),
        )
        for key, value in rounded.items()
    }


def _ranks(values: Mapping[Key, float]) -> dict[float, int]:
    """Return the rank of each value: as many are before it as have more."""
    ranks: dict[float, int] = {}
    for place, value in enumerate(sorted(values.values(), reverse=True), start=1):
        ranks.setdefault(value, place)
    return ranks
