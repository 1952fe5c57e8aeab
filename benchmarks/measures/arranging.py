"""People into groups by wishes, beside first come first served; tables of a World Café."""

from collections import Counter
from random import Random

from benchmarks.registers import Sizes
from benchmarks.table import Row, Wanted
from benchmarks.timing import p50, spent
from registry.conferences.assignment import Costs, Group, Person, assign
from registry.conferences.rotation import rotate

SIZES = ((35, 3), (200, 8), (2_000, 20))  # people, groups
TABLES, SEATS, ROUNDS = 6, 10, 3
PAGE_VIEW = 1_000  # ms somebody waits for a page without losing the thread
PATIENCE = 10_000  # ms with a word that it takes a while
GOAL = 9


def measure(_sizes: Sizes) -> list[Row]:
    return [*(_assignment(*each) for each in SIZES), _rotation()]


def _assignment(people: int, groups: int) -> Row:
    persons, bounds = _instance(people, groups)
    ours = p50([spent(lambda: assign(persons, bounds, seed=3)) for _ in "abc"])
    beside = p50([spent(lambda: _first_come(persons, bounds)) for _ in "abc"])
    if assign(persons, bounds, seed=3).total_cost > _first_come(persons, bounds):
        raise RuntimeError("first come first served was better")
    limit = PAGE_VIEW if people < 2_000 else PATIENCE
    what = f"{people:,} people into {groups} groups"
    against, wanted = "first come, first served", Wanted("own", limit)
    return Row(what, ours, beside, against, wanted, goal=GOAL, offers=people)


def _instance(people: int, groups: int) -> tuple[list[Person], list[Group]]:
    random = Random(1)
    keys = [str(number) for number in range(groups)]
    most = people * 6 // (groups * 5) + 1
    persons = [
        Person(str(number), str(number // 2), tuple(random.sample(keys, 3)))
        for number in range(people)
    ]
    return persons, [Group(key, people // groups // 2, most, None) for key in keys]


def _first_come(people: list[Person], groups: list[Group]) -> int:
    """Return the costs where each takes the dearest wish that has a place left."""
    most = {group.key: group.maximum or 0 for group in groups}
    sizes, costs, total = Counter[str](), Costs(), 0
    for person in people:
        open_ones = [key for key in (*person.wishes, *most) if sizes[key] < most[key]]
        sizes[open_ones[0]] += 1
        chosen = open_ones[0]
        total += costs.of(person.wishes.index(chosen) + 1 if chosen in person.wishes else None)
    return total


def _rotation() -> Row:
    people = TABLES * SEATS
    ours = p50([spent(lambda: rotate(TABLES, ROUNDS, people, seed=1)) for _ in "ab"])
    what = f"{TABLES} tables of {SEATS}, {ROUNDS} rounds"
    return Row(what, ours, wanted=Wanted("own", PATIENCE), goal=GOAL, offers=people)
