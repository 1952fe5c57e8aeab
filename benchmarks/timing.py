"""Taking times: what is compared is run alternately, so that both meet the same machine."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Work = Callable[[], Any]
Times = list[float]  # milliseconds
MOST = 10  # times in a turn
MANY = 500_000  # offers; from there on a turn of plain SQL takes a good part of a minute


def spent(work: Work) -> float:
    """Return the milliseconds that some work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def alternately(rounds: int, *works: Work) -> list[Times]:
    """Return the times of each work, done in turns; a first turn is left out.

    Short ones are done several times in a turn, as far as that takes no longer than the others.
    """
    first = [spent(work) for work in works]
    often = [int(min(MOST, max(1, max(first) / 2 / each))) for each in first]
    times: list[Times] = [[] for _ in works]
    for _ in range(rounds):
        for found, work, number in zip(times, works, often, strict=True):
            found += [spent(work) for _ in range(number)]
    return times


def once(*works: Work) -> Times:
    """Return the time of each work, done a single time: for what takes minutes."""
    return [spent(work) for work in works]


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def medians(rounds: int, *works: Work) -> list[float]:
    return [p50(times) for times in alternately(rounds, *works)]


def turns(offers: int, usual: int) -> int:
    """Return how often to measure what takes long with many offers."""
    return usual if offers < MANY else 1
