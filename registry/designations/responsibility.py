"""Which contact point is responsible for whom, and who is left without one. Pure.

Ages are whole years from 0 to OLDEST, both ends included; statuses are keys of the vocabulary
`eligibility`; an area is the beginning of an AGS, so a district stands for its municipalities.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Any

OLDEST = 120
EVERYONE = "all"  # as a status or target group: no limit
EVERY_AGE = (0, OLDEST)
Ages = tuple[int, int]


@dataclass(frozen=True)
class Point:
    """A contact point. No `statuses` means every one; a `special` one is for some groups only.

    One that is not `designated` merely offers such a service: better than no answer. One that is
    `away` is closed for some days.
    """

    key: Any
    service: str
    areas: tuple[str, ...]
    ages: Ages = EVERY_AGE
    statuses: frozenset[str] = frozenset()
    special: bool = False
    languages: frozenset[str] = frozenset()
    designated: bool = True
    away: bool = False


@dataclass(frozen=True)
class Question:
    """Somebody who asks; what is empty or None nobody knows.

    `municipalities` are several where a postcode is shared; `language` is the one of the page.
    """

    municipalities: tuple[str, ...] = ()
    age: int | None = None
    status: str | None = None
    language: str = ""


@dataclass(frozen=True)
class Choice:
    """Contact points, the best first; none of them is responsible if it is a `fallback`."""

    points: tuple[Point, ...]
    fallback: bool = False


@dataclass(frozen=True)
class Group:
    """People a district has to have a contact point for, of one of these kinds."""

    key: str
    ages: Ages
    statuses: frozenset[str]
    services: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Ages for which people of these statuses have no contact point."""

    ages: Ages
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A group in a municipality: who is responsible, and for whom nobody is."""

    group: Group
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]


# Kinds of service (keys of the vocabulary) that people are sent to first, whatever they need.
ADVICE = ("fib", "mbe", "jmd", "asb")
# Children below this age come with their parents.
ON_THEIR_OWN = 12
RIGHT_TO_STAY = frozenset({"eu", "residence_permit", "protection", "section24", "repatriate"})
ASYLUM_BENEFITS = frozenset({"asylum_procedure", "toleration", "return"})
GROUPS = (
    Group("right_to_stay", (ON_THEIR_OWN, OLDEST), RIGHT_TO_STAY, ADVICE),
    Group("young", (ON_THEIR_OWN, 26), RIGHT_TO_STAY, ("jmd",)),
    Group("adult", (27, OLDEST), RIGHT_TO_STAY, ("mbe",)),
    Group("asylum_benefits", (ON_THEIR_OWN, OLDEST), ASYLUM_BENEFITS, ("fib", "asb")),
)


def groups_of(service: str) -> Sequence[Group]:
    """Return the groups that need a contact point of one kind of service; of first advice for "".

    What is for one age alone is asked of that age, anything else of everybody.
    """
    if not service:
        return GROUPS
    own = [group for group in GROUPS if group.services == (service,)]
    everybody = [group for group in GROUPS if group.ages == (ON_THEIR_OWN, OLDEST)]
    return [replace(group, services=(service,)) for group in own or everybody]


def limits(keys: Iterable[str]) -> frozenset[str]:
    """Return statuses or target groups as a limit; none where everyone is meant."""
    found = frozenset(keys)
    return frozenset() if EVERYONE in found else found


def is_away(closures: Iterable[tuple[date, date]], day: date) -> bool:
    """Return whether a day lies in one of the closures, both ends included."""
    return any(first <= day <= last for first, last in closures)


def lacks(point: Point, question: Question) -> set[str]:
    """Return what speaks against a contact point: area, age, status."""
    found = set()
    if question.municipalities and not _reaches(point, question.municipalities):
        found.add("area")
    if question.age is not None and not point.ages[0] <= question.age <= point.ages[1]:
        found.add("age")
    if question.status and point.statuses and question.status not in point.statuses:
        found.add("status")
    return found


def choose(points: Iterable[Point], question: Question) -> Choice:
    """Return who is responsible for first advice or, where nobody is, who comes nearest to it."""
    everyone = [point for point in points if point.service in ADVICE]
    fitting = [point for point in everyone if not lacks(point, question)]
    if fitting:
        ordered = sorted(fitting, key=lambda point: _rank(point, question))
        return Choice(tuple(_widened(ordered, question)))
    return Choice(tuple(sorted(everyone, key=lambda point: _far(point, question))), fallback=True)


def elsewhere(points: Iterable[Point], question: Question) -> tuple[Point, ...]:
    """Return those against whom nothing speaks but where they are, the nearest first."""
    found = [
        each for each in points if each.service in ADVICE and lacks(each, question) == {"area"}
    ]
    return tuple(sorted(found, key=lambda point: _far(point, question)))


def _widened(ordered: list[Point], question: Question) -> list[Point]:
    """Put second who is there for people that the first is not, where no status is known."""
    first = ordered[0].statuses
    if question.status or not first:
        return ordered
    others = [each for each in ordered if not each.statuses or each.statuses - first]
    return sorted(ordered, key=lambda each: (each != ordered[0], each not in others[:1]))


def _reaches(point: Point, municipalities: Iterable[str]) -> bool:
    return any(ags.startswith(area) for ags in municipalities for area in point.areas)


def _rank(point: Point, question: Question) -> tuple[Any, ...]:
    """Return a key that sorts the narrowest first: it was designated for exactly these people.

    Of what nobody knows the widest comes first: it is responsible in any case.
    """
    low, high = point.ages
    local = max((len(area) for area in point.areas), default=0)
    return (
        not point.designated,
        point.special,
        _open_ends(point, question),
        high - low,
        len(point.statuses) or OLDEST,
        -local if question.municipalities else local,
        point.away,
        question.language not in point.languages,
        point.key,
    )


def _open_ends(point: Point, question: Question) -> int:
    """Count what is not known of whoever asks and would decide."""
    return (question.age is None and point.ages != EVERY_AGE) + (
        not question.status and bool(point.statuses)
    )


def _far(point: Point, question: Question) -> tuple[Any, ...]:
    against = lacks(point, question)
    pairs = ((ags, area) for ags in question.municipalities for area in point.areas)
    near = max((_shared(*pair) for pair in pairs), default=0)
    return ("age" in against, "status" in against, -near, *_rank(point, question))


def _shared(one: str, other: str) -> int:
    """Return how many digits two keys begin with in common."""
    return sum(
        1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )


def coverage(
    points: Sequence[Point], municipalities: Iterable[str], groups: Sequence[Group] = GROUPS
) -> dict[str, list[Cell]]:
    """Return for each municipality (AGS) a cell for each group, in their order."""
    general = [point for point in points if point.designated and not point.special]
    return {ags: [_cell(general, ags, group) for group in groups] for ags in municipalities}


def _cell(points: Sequence[Point], ags: str, group: Group) -> Cell:
    there = [
        point
        for point in points
        if _reaches(point, (ags,)) and point.service in group.services and _meets(point, group)
    ]
    missing: dict[Ages, list[str]] = {}
    for status in sorted(group.statuses):
        ages = [point.ages for point in there if not point.statuses or status in point.statuses]
        for each in _left(group.ages, ages):
            missing.setdefault(each, []).append(status)
    gaps = tuple(Gap(ages, tuple(statuses)) for ages, statuses in sorted(missing.items()))
    return Cell(group, tuple(there), gaps)


def _meets(point: Point, group: Group) -> bool:
    low, high = max(point.ages[0], group.ages[0]), min(point.ages[1], group.ages[1])
    return low <= high and not (point.statuses and point.statuses.isdisjoint(group.statuses))


def _left(whole: Ages, taken: Iterable[Ages]) -> list[Ages]:
    """Return the ages of `whole` that none of `taken` has."""
    left, begin = [], whole[0]
    for low, high in sorted(taken):
        if low > begin:
            left.append((begin, min(low - 1, whole[1])))
        begin = max(begin, high + 1)
        if begin > whole[1]:
            return left
    return [*left, (begin, whole[1])]


def served(
    offers: Iterable[tuple[frozenset[str], Sequence[str]]], municipalities: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Count offers by municipality and area of life.

    An offer comes with the regions it is in or for, above or below as it may be, and with the
    keys of its areas of life.
    """
    counts: dict[str, dict[str, int]] = {ags: {} for ags in municipalities}
    reached: dict[frozenset[str], list[str]] = {}
    for regions, lives in offers:
        if regions not in reached:
            reached[regions] = [
                ags for ags in municipalities if any(ags.startswith(each) for each in regions)
            ]
        for ags in reached[regions]:
            for life in lives:
                counts[ags][life] = counts[ags].get(life, 0) + 1
    return counts
