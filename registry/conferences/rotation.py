"""World Café: who sits at which table in which round. Pure.

Nobody sits at a table twice. Where `ways` knows ways round the tables on which no two guests meet
again, each goes one of them (of a prime number of tables: guest j of table i moves on by j tables
each round). Where there are more guests than ways, some share one, which no rotation can help.
Else a seeded search makes as few pairs as it can meet again, and says how many.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from random import Random

from registry.conferences.ways import ways

STEPS_A_SEAT, MOST_STEPS = 1_500, 250_000  # of the search; some seconds at most
MOST_MEETINGS = 1_000_000  # that the search looks at: a step at large tables costs more
WARM, COLD = 0.6, 0.05  # how readily it takes a step back, at first and at last
_Exchange = tuple[int, int, tuple[int, ...]]  # two guests, and the rounds in which they exchange


@dataclass(frozen=True)
class Rotation:
    """`seating[round][table]` lists guests by index; `repeated` counts pairs that meet again."""

    seating: tuple[tuple[tuple[int, ...], ...], ...]
    repeated: int


def rotate(tables: int, rounds: int, people: int, *, seed: int = 0) -> Rotation:
    """Return a rotation of guests 0 … people-1; raise ValueError where nobody can sit twice."""
    if tables < 1 or rounds < 1 or people < 0:
        raise ValueError("tables and rounds are at least 1, people at least 0")
    if rounds > tables:
        raise ValueError("with more rounds than tables somebody sits at a table twice")
    known = list(islice(ways(tables, rounds), people))
    if known or not people:
        places = [known[guest % len(known)] for guest in range(people)]
    else:
        places = _searched(tables, rounds, people, Random(seed))  # noqa: S311 (to be repeated)
    seating = tuple(_tables(places, tables, turn) for turn in range(rounds))
    return Rotation(seating, repeated_pairs(seating))


def repeated_pairs(seating: Sequence[Sequence[Sequence[int]]]) -> int:
    """Return how many pairs sit at a table together more than once."""
    met = Counter(
        pair for turn in seating for table in turn for pair in combinations(sorted(table), 2)
    )
    return sum(number > 1 for number in met.values())


def _tables(places: list[list[int]], tables: int, turn: int) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _table in range(tables)]
    for guest, seats in enumerate(places):
        found[seats[turn]].append(guest)
    return tuple(tuple(each) for each in found)


@dataclass
class _Search:
    """Guests exchanged within a round as long as fewer pairs meet again; steps back allowed."""

    places: list[list[int]]
    rounds: int
    random: Random
    met: dict[tuple[int, int], int] = field(default_factory=dict)
    at: list[list[set[int]]] = field(default_factory=list)

    def start(self, tables: int) -> None:
        self.at = [
            [set(each) for each in _tables(self.places, tables, turn)]
            for turn in range(self.rounds)
        ]
        for turn in self.at:
            for table in turn:
                for pair in combinations(sorted(table), 2):
                    self.met[pair] = self.met.get(pair, 0) + 1

    def run(self, tables: int, least: int) -> list[list[int]]:
        self.start(tables)
        now = best = sum(number > 1 for number in self.met.values())
        since = list[_Exchange]()  # the best: taken back in the end
        company = max(1, math.ceil(len(self.places) / tables))
        steps = min(
            STEPS_A_SEAT * len(self.places) * self.rounds, MOST_STEPS, MOST_MEETINGS // company
        )
        for step in range(steps):
            if best <= least:
                break
            heat = WARM * (COLD / WARM) ** (step / steps)
            change, done = self._try(heat)
            if done:
                since.append(done)
            now += change
            if now < best:
                best, since = now, []
        for one, other, turns in reversed(since):
            for turn in turns:
                self._move(other, one, turn)
        return self.places

    def _try(self, heat: float) -> tuple[int, _Exchange | None]:
        """Exchange guests if that is worth it; return by how much it got worse, and who."""
        one, other, turns = self._exchange()
        if not turns:
            return 0, None
        change = sum(self._move(one, other, turn) for turn in turns)
        if change > 0 and self.random.random() >= math.exp(-change / heat):
            for turn in turns:
                self._move(other, one, turn)
            return 0, None
        return change, (one, other, turns)

    def _exchange(self) -> _Exchange:
        """Return two guests and the rounds in which to exchange them, none where it cannot be.

        In one round, or in two where they sit at the same two tables the other way round: with as
        many rounds as tables there is no other way.
        """
        one, other = self.random.sample(range(len(self.places)), 2)
        mine, theirs = self.places[one], self.places[other]
        turn = self.random.randrange(self.rounds)
        here, there = mine[turn], theirs[turn]
        if here == there:
            return one, other, ()
        if there not in mine and here not in theirs:
            return one, other, (turn,)
        second = mine.index(there) if there in mine else turn
        return one, other, (turn, second) if theirs[second] == here else ()

    def _move(self, one: int, other: int, turn: int) -> int:
        here, there = self.places[one][turn], self.places[other][turn]
        change = self._part(one, turn, here) + self._part(other, turn, there)
        self.places[one][turn], self.places[other][turn] = there, here
        return change + self._join(one, turn, there) + self._join(other, turn, here)

    def _part(self, guest: int, turn: int, table: int) -> int:
        company = self.at[turn][table]
        company.discard(guest)
        change = 0
        for each in company:
            pair = (guest, each) if guest < each else (each, guest)
            self.met[pair] -= 1
            change -= self.met[pair] == 1
        return change

    def _join(self, guest: int, turn: int, table: int) -> int:
        company = self.at[turn][table]
        change = 0
        for each in company:
            pair = (guest, each) if guest < each else (each, guest)
            self.met[pair] = self.met.get(pair, 0) + 1
            change += self.met[pair] == 2
        company.add(guest)
        return change


def _searched(tables: int, rounds: int, people: int, random: Random) -> list[list[int]]:
    """Search from a start in which every other row of guests goes round the other way.

    There are only so many ways between two tables. Where there are more guests, good ways for so
    many are found first and then shared.
    """
    different = tables * (tables - 1)
    shared, rest = divmod(people, different)
    base = _searched(tables, rounds, different, random) if shared > 1 else []
    row = [
        [(guest + turn * (-1) ** (guest // tables)) % tables for turn in range(rounds)]
        for guest in range(rest if base else people)
    ]
    places = [*(list(way) for _time in range(shared) for way in base), *row]
    least = shared * (shared - 1) // 2 * (different - rest) + shared * (shared + 1) // 2 * rest
    return _Search(places, rounds, random).run(tables, least)
