"""Who has taken part in which parts of a training programme. Pure.

A person is known by organisation and name, for no other mark joins two conferences; where nobody
was named an organisation stands for itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.core.text import fold


@dataclass(frozen=True)
class Seen:
    """Somebody was there on so many days of a part, counted from 0."""

    part: int
    organisation: str
    name: str
    days: int


@dataclass(frozen=True)
class Part:
    """A part of a programme: how many days it has, and whether one must have been at the last."""

    days: int
    follows: bool


@dataclass(frozen=True)
class Member:
    """Somebody of the cohort; `attended` are parts with every day of them, `partly` the others."""

    organisation: str
    name: str
    attended: frozenset[int]
    partly: frozenset[int] = frozenset()

    def may_come(self, parts: Sequence[Part], number: int) -> bool:
        """Return whether a part is open to this one: to all, or after the part before."""
        return not parts[number].follows or number == 0 or number - 1 in self.attended


def cohort(parts: Sequence[Part], seen: Iterable[Seen]) -> list[Member]:
    """Return everybody who was at any part, by organisation and name."""
    days: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    for each in seen:
        key = fold(each.organisation), fold(each.name)
        shown.setdefault(key, (each.organisation, each.name))
        days[key][each.part] += each.days
    members = []
    for key in sorted(shown):
        there = days[key]
        whole = frozenset(part for part, number in there.items() if number >= parts[part].days)
        members.append(Member(*shown[key], whole, frozenset(there) - whole))
    return members
