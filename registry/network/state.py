"""The network of a region on one day, as it was reported: actors, their links, and who was asked.

A link is *reported* when at least one side says so, *confirmed* when both do, *contested* when one
side says so and the other, asked, says that there is none. Nothing here counts a wish, membership
in a body or attendance as cooperation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import networkx as nx

from registry.network.analysis import Network


class Kind(StrEnum):
    """What links two actors; kinds are never added up without saying so."""

    REFERRAL = "referral"  # directed: sends people to
    EXCHANGE = "exchange"  # of information
    JOINT = "joint"  # offer or project of both
    FUNDING = "funding"  # directed: funds or commissions
    SHARED = "shared"  # staff or rooms
    WISH = "wish"  # directed: would like to work with; no cooperation yet


DIRECTED = frozenset({Kind.REFERRAL, Kind.FUNDING, Kind.WISH})
COOPERATION = tuple(kind for kind in Kind if kind is not Kind.WISH)


class Rule(StrEnum):
    """When a link counts."""

    ANY = "any"  # one side reports it
    BOTH = "both"  # both sides report it


class Standing(StrEnum):
    """What is known of an actor's cooperation: silence is not isolation."""

    CONNECTED = "connected"
    ISOLATED = "isolated"  # asked and answered, and nobody names it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Node:
    """An actor of the network. `id` is the register's internal key, `key` its public one.

    `category` and `fields` are keys of terms, `municipalities` AGS keys of its places and areas;
    `asked` and `answered` are about the round that counts. Degrees are WGS 84.
    """

    id: int
    key: str
    name: str
    short: str = ""
    category: str | None = None
    fields: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    asked: bool = False
    answered: bool = False
    example: bool = False
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says of a link: how intense (0 means there is none, 3 is most), and since when.

    `written` is whether there is an agreement in writing; None where nobody said.
    """

    intensity: int
    on: date
    valid_from: date | None = None
    valid_to: date | None = None
    written: bool | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one kind from one actor to another (internal keys), as each side reports it.

    For kinds without direction it does not matter which actor is the source.
    """

    key: str
    kind: Kind
    source: int
    target: int
    by_source: Said | None = None
    by_target: Said | None = None

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(each for each in (self.by_source, self.by_target) if each is not None)

    @property
    def reported(self) -> bool:
        return any(each.intensity > 0 for each in self.said)

    @property
    def confirmed(self) -> bool:
        return len(self.said) == 2 and all(each.intensity > 0 for each in self.said)

    @property
    def contested(self) -> bool:
        return self.reported and any(each.intensity == 0 for each in self.said)

    @property
    def intensity(self) -> int:
        """Return the highest that one side reports."""
        return max((each.intensity for each in self.said), default=0)

    @property
    def written(self) -> bool:
        return any(each.written for each in self.said if each.intensity > 0)

    @property
    def pair(self) -> tuple[int, int]:
        """Return both ends, the smaller key first."""
        return (self.source, self.target) if self.source < self.target else self.reverse

    @property
    def reverse(self) -> tuple[int, int]:
        return self.target, self.source

    def counts(self, rule: Rule) -> bool:
        return self.confirmed if rule is Rule.BOTH else self.reported

    def on(self, day: date) -> "Link | None":
        """Return the link with what holds on a day; None where nothing does."""
        kept = [
            each if each and each.holds(day) else None for each in (self.by_source, self.by_target)
        ]
        return replace(self, by_source=kept[0], by_target=kept[1]) if any(kept) else None


@dataclass(frozen=True)
class State:
    """All that is known of a network on a day. Actors are keyed by their internal id."""

    region: str
    day: date
    nodes: Mapping[int, Node]
    links: tuple[Link, ...]

    @cached_property
    def ordered(self) -> tuple[int, ...]:
        """Return the actors in an order that does not depend on how they were read."""
        return tuple(sorted(self.nodes))

    def only(
        self,
        kinds: Iterable[Kind] | None = None,
        nodes: Iterable[int] | None = None,
    ) -> "State":
        """Return the part of some kinds, among some actors."""
        wanted = frozenset(kinds) if kinds is not None else frozenset(Kind)
        kept = self.nodes if nodes is None else {key: self.nodes[key] for key in nodes}
        links = (
            each
            for each in self.links
            if each.kind in wanted and each.source in kept and each.target in kept
        )
        return replace(self, nodes=kept, links=tuple(links))

    @cached_property
    def concerned(self) -> "State":
        """Return the part of which anything is known: who was asked, and who is named.

        Whoever was never asked says nothing about the network, not even that it is thin.
        """
        linked = {end for each in self.counting() for end in each.pair}
        return self.only(
            nodes=[key for key in self.nodes if self.nodes[key].asked or key in linked]
        )

    def without(self, node: int) -> "State":
        """Return what is left when one actor falls away."""
        return self.only(nodes=[key for key in self.nodes if key != node])

    def graph(self, kinds: Iterable[Kind] = COOPERATION, rule: Rule = Rule.ANY) -> Network:
        """Return who works with whom, whichever side says so, as a simple undirected network."""
        made: Network = nx.Graph()
        made.add_nodes_from(self.ordered)
        made.add_edges_from(sorted({each.pair for each in self.counting(kinds, rule)}))
        return made

    def arcs(self, kind: Kind, rule: Rule = Rule.ANY) -> Network:
        """Return the links of one directed kind as a directed network."""
        made: Network = nx.DiGraph()
        made.add_nodes_from(self.ordered)
        found = self.counting([kind], rule)
        made.add_edges_from(sorted((each.source, each.target) for each in found))
        return made

    def network(self, kinds: Iterable[Kind] = COOPERATION, rule: Rule = Rule.ANY) -> Network:
        """Return the links of one directed kind with their direction, any others without."""
        wanted = tuple(kinds)
        if len(wanted) == 1 and wanted[0] in DIRECTED:
            return self.arcs(wanted[0], rule)
        return self.graph(wanted, rule)

    def counting(self, kinds: Iterable[Kind] = COOPERATION, rule: Rule = Rule.ANY) -> list[Link]:
        """Return the links of some kinds that count by a rule."""
        wanted = frozenset(kinds)
        return [each for each in self.links if each.kind in wanted and each.counts(rule)]

    def named_by(self, kinds: Iterable[Kind] = COOPERATION) -> dict[int, set[int]]:
        """Return by actor who else says to be linked with it, in whatever direction."""
        found: dict[int, set[int]] = {key: set() for key in self.nodes}
        for each in self.counting(kinds):
            if each.by_source and each.by_source.intensity:
                found[each.target].add(each.source)
            if each.by_target and each.by_target.intensity:
                found[each.source].add(each.target)
        return found

    def standing(self, kinds: Iterable[Kind] = COOPERATION) -> dict[int, Standing]:
        """Return of each actor whether it is connected, isolated, or nobody knows."""
        linked = {end for each in self.counting(kinds) for end in each.pair}
        return {
            key: Standing.CONNECTED
            if key in linked
            else Standing.ISOLATED
            if node.answered
            else Standing.UNKNOWN
            for key, node in self.nodes.items()
        }
