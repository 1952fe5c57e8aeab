"""People into groups by wishes, beside the flow of the textbook; tables of a World Café."""

from collections import Counter
from random import Random

import networkx as nx

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
    """Measure beside the textbook's flow, and hold both against each other."""
    persons, bounds = _instance(people, groups)
    found = assign(persons, bounds, seed=3).total_cost, _first_come(persons, bounds)
    ours = p50([spent(lambda: assign(persons, bounds, seed=3)) for _ in "abc"])
    textbook = list[int]()
    beside = spent(lambda: textbook.append(_textbook(persons, bounds)))
    if found[0] != textbook[0]:
        raise RuntimeError("the textbook's flow has found something else")
    if found[0] >= found[1]:
        raise RuntimeError("first come first served was as good")
    limit = PAGE_VIEW if people < 2_000 else PATIENCE
    what = f"{people:,} people into {groups} groups"
    against, wanted = "the textbook's flow", Wanted("own", limit)
    return Row(what, ours, beside, against, wanted, goal=GOAL, offers=people)


def _instance(people: int, groups: int) -> tuple[list[Person], list[Group]]:
    """Return two people of each organisation, most of whom want the same few groups."""
    random = Random(1)
    keys = [str(number) for number in range(groups)]
    liked = [1 / (number + 1) for number in range(groups)]
    most = people * 6 // (groups * 5) + 1
    persons = [
        Person(
            str(number),
            str(number // 2),
            tuple(dict.fromkeys(random.choices(keys, liked, k=4)))[:3],
        )
        for number in range(people)
    ]
    return persons, [Group(key, people // groups // 2, most, 1) for key in keys]


def _first_come(people: list[Person], groups: list[Group]) -> int:
    """Return the costs where each takes the dearest wish that has a place left."""
    sizes, shares, costs, total = Counter[str](), Counter[tuple[str, str]](), Costs(), 0
    most = {group.key: group.maximum or 0 for group in groups}
    for person in people:
        house = person.organisation
        chosen = next(
            key
            for key in (*person.wishes, *most)
            if sizes[key] < most[key] and not shares[house, key]
        )
        sizes[chosen] += 1
        shares[house, chosen] += 1
        rank = person.wishes.index(chosen) + 1 if chosen in person.wishes else None
        total += costs.of(rank)
    return total


def _textbook(people: list[Person], groups: list[Group]) -> int:
    """Return the costs of a flow in which every organisation has a node in every group."""
    net: nx.DiGraph[str] = nx.DiGraph()
    minimum = sum(group.minimum for group in groups)
    net.add_node("start", demand=-len(people))
    net.add_node("end", demand=len(people) - minimum)
    for group in groups:
        net.add_node(group.key, demand=group.minimum)
        net.add_edge(group.key, "end", capacity=(group.maximum or 0) - group.minimum, weight=0)
    for person in people:
        net.add_edge("start", here := f"p{person.key}", capacity=1, weight=0)
        for group in groups:
            key = group.key
            rank = person.wishes.index(key) + 1 if key in person.wishes else None
            net.add_edge(here, door := f"{person.organisation} {key}", capacity=1)
            net[here][door]["weight"] = Costs().of(rank)
            net.add_edge(door, key, capacity=group.share, weight=0)
    return int(nx.cost_of_flow(net, nx.min_cost_flow(net)))


def _rotation() -> Row:
    people = TABLES * SEATS
    ours = p50([spent(lambda: rotate(TABLES, ROUNDS, people, seed=1)) for _ in "ab"])
    what = f"{TABLES} tables of {SEATS}, {ROUNDS} rounds"
    return Row(what, ours, wanted=Wanted("own", PATIENCE), goal=GOAL, offers=people)
