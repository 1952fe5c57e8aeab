"""All that is asked of one network, worked out once for the same actors and links."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Any

from registry.network import analysis
from registry.network.analysis import Figures, Network
from registry.network.catalogue import brokers as brokerage
from registry.network.catalogue import failing as falling
from registry.network.catalogue import shape
from registry.network.state import COOPERATION, Kind, Rule, State

KEPT = 32  # networks: five kinds and all together, by two rules, as seen by a few offices
_results: dict[str, "Results"] = {}
_lock = Lock()


@dataclass(frozen=True)
class Results:
    """The answers about one network; each is worked out when it is first asked for."""

    graph: Network

    @cached_property
    def figures(self) -> Figures:
        return analysis.figures(self.graph)

    @cached_property
    def brokers(self) -> tuple[brokerage.Broker, ...]:
        return brokerage.brokers(self.graph, self.figures)

    @cached_property
    def failing(self) -> tuple[falling.Failure, ...]:
        return falling.failing(self.graph)

    @cached_property
    def bridges(self) -> tuple[falling.Bridge, ...]:
        return falling.bridges(self.graph)

    @cached_property
    def parts(self) -> tuple[tuple[Any, ...], ...]:
        return shape.parts(self.graph)

    @cached_property
    def core(self) -> shape.Core:
        return shape.core(self.figures)


def results(state: State, kinds: Iterable[Kind] = COOPERATION, rule: Rule = Rule.ANY) -> Results:
    """Return what is said of those of a state who were asked or are named; kept by content."""
    graph = state.concerned.graph(kinds, rule)
    key = digest(graph)
    with _lock:
        made = _results.pop(key, None) or Results(graph)
        _results[key] = made
        while len(_results) > KEPT:
            _results.pop(next(iter(_results)))
    return made


def digest(graph: Network) -> str:
    """Return what tells a network apart from others: its actors and links, in any order."""
    links = sorted((min(one, other), max(one, other)) for one, other in graph.edges())
    return sha256(repr((sorted(graph), links)).encode()).hexdigest()
