"""From people, wishes and moves by hand to an assignment, and what a round of groups lacks. Pure.

A round is what people are divided up for at one time: the working groups of a conference, or the
forums of one of its days.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from registry.conferences.assignment import Costs, Group, Person


@dataclass(frozen=True)
class Guest:
    """Somebody with a seat; groups are known by their public ids, "" is none.

    `wishes` are those for groups of this round, the dearest first; `leads` is what they moderate.
    """

    key: str
    name: str = ""
    organisation: str = ""
    wishes: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()
    leads: str = ""
    group: str = ""
    by_hand: bool = False

    @property
    def fixed(self) -> str | None:
        """Return the group that no assignment takes them out of."""
        return self.leads or (self.group if self.by_hand else "") or None

    @property
    def rank(self) -> int | None:
        """Return which wish their group is, from 1; None where they did not wish for it."""
        return self.wishes.index(self.group) + 1 if self.group in self.wishes else None


def bounds(groups: Sequence[Group], guests: Sequence[Guest]) -> list[Group]:
    """Return the groups with as much room as those need whom nothing takes out of them."""
    fixed = Counter(each.fixed for each in guests if each.fixed)
    return [
        each
        if each.maximum is None
        else replace(each, maximum=max(each.maximum, fixed[each.key], each.minimum))
        for each in groups
    ]


def people(guests: Sequence[Guest], groups: Sequence[Group], *, stay: bool = False) -> list[Person]:
    """Return who is to be placed how; `stay`: where they are, unless that is worse for somebody.

    A move by hand may go beyond the share of an organisation: then nobody else of it comes in.
    """
    share = {group.key: group.share for group in groups}
    fixed = Counter((each.organisation, each.fixed) for each in guests if each.fixed)
    full = {
        (organisation, group)
        for (organisation, group), number in fixed.items()
        if organisation and (most := share.get(group or "")) is not None and number >= most
    }
    found = (_person(each, full, [group.key for group in groups]) for each in guests)
    if not stay:
        return list(found)
    pairs = zip(found, guests, strict=True)
    return [replace(person, present=guest.group or None) for person, guest in pairs]


def _person(guest: Guest, full: Collection[tuple[str, str | None]], keys: Sequence[str]) -> Person:
    wishes = tuple(key for key in guest.wishes if key in keys)
    if guest.fixed:
        exempt = (guest.organisation, guest.fixed) in full
        return Person(guest.key, "" if exempt else guest.organisation, wishes, guest.fixed)
    closed = {key for key in keys if (guest.organisation, key) in full}
    return Person(guest.key, guest.organisation, wishes, never=guest.never & set(keys) | closed)


@dataclass(frozen=True)
class Result:
    """How far wishes were met: `ranks` counts people by rank, 0 who got none of their wishes.

    `cost` is theirs; who said no wish costs the same wherever they are, and is only counted.
    """

    ranks: Mapping[int, int] = field(default_factory=dict)
    unasked: int = 0
    alone: int = 0  # have no group
    cost: int = 0

    @property
    def worst(self) -> int:
        """Return the worst rank anybody has, 0 where somebody got none of their wishes."""
        return 0 if 0 in self.ranks else max(self.ranks, default=1)


def result(guests: Sequence[Guest], costs: Costs) -> Result:
    placed = [each for each in guests if each.group]
    told = [each for each in placed if each.wishes]
    return Result(
        ranks=dict(sorted(Counter(each.rank or 0 for each in told).items())),
        unasked=len(placed) - len(told),
        alone=len(guests) - len(placed),
        cost=sum(costs.of(each.rank) for each in told),
    )


class Lack(StrEnum):
    """What stands between a round and good groups."""

    MINIMA = "minima"  # all minimum sizes together are more than there are people
    MAXIMA = "maxima"  # all maximum sizes together are less
    BELOW = "below"
    ABOVE = "above"
    MODERATOR = "moderator"  # nobody moderates
    GONE = "gone"  # who moderates has given the seat back


@dataclass(frozen=True)
class Gap:
    """A lack, of which group ("" for all of them), and with how many instead of how many."""

    lack: Lack
    group: str = ""
    number: int = 0
    wanted: int = 0
    name: str = ""


@dataclass(frozen=True)
class Led:
    """A group and who moderates it: a participant (`gone`: without a seat), or a function."""

    group: Group
    title: str
    moderator: str = ""
    gone: str = ""


def gaps(led: Sequence[Led], guests: Sequence[Guest]) -> list[Gap]:
    """Return what a round lacks; sizes are judged only once people are in groups."""
    sizes = Counter(each.group for each in guests if each.group)
    lowest = sum(each.group.minimum for each in led)
    limits = [each.group.maximum for each in led]
    found = []
    if lowest > len(guests):
        found.append(Gap(Lack.MINIMA, number=len(guests), wanted=lowest))
    if limits and None not in limits and (most := sum(filter(None, limits))) < len(guests):
        found.append(Gap(Lack.MAXIMA, number=len(guests), wanted=most))
    for each in led:
        found += _gaps(each, sizes[each.group.key], judged=bool(sizes))
    return found


def _gaps(led: Led, size: int, *, judged: bool) -> list[Gap]:
    found, group = [], led.group
    if judged and size < group.minimum:
        found.append(Gap(Lack.BELOW, led.title, size, group.minimum))
    if group.maximum is not None and size > group.maximum:
        found.append(Gap(Lack.ABOVE, led.title, size, group.maximum))
    if led.gone:
        found.append(Gap(Lack.GONE, led.title, name=led.gone))
    elif not led.moderator:
        found.append(Gap(Lack.MODERATOR, led.title))
    return found
