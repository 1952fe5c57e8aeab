"""Who should meet: two that could do together what is missing, and have nothing to do so far.

What two actors have in common decides, not the shape of the network: methods that guess links from
links mostly find again who has many. Such a guess (Adamic–Adar) only orders what is otherwise
alike. Every proposal says why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby, product
from operator import itemgetter

import networkx as nx

from registry.network.analysis import Network
from registry.network.catalogue.cells import Cell, Coverage
from registry.network.catalogue.same_offers import OfferFacts
from registry.network.state import Kind, State

FAR = 3  # steps; whoever is nearer has somebody who can introduce them
MUNICIPALITY = 8  # digits of its AGS
MANY = 30  # actors of a reason; what concerns so many brings nobody together

Pair = tuple[int, int]
Client = tuple[str, str]  # a target group and a municipality


@dataclass(frozen=True)
class Meeting:
    """Two actors (internal keys), why, and how many steps they are apart (None: no way at all).

    `gaps` are needs (public ids) that one could answer where the other is; `clients` are pairs of
    a target group and an AGS that both serve, in different fields; `wished` is whether one of them
    would like to work with the other. `alike` is their index of Adamic and Adar. Only of two that
    are `known`, because both have answered, it is said that they have no link.
    """

    one: int
    other: int
    gaps: tuple[str, ...]
    clients: tuple[tuple[str, str], ...]
    wished: bool
    steps: int | None
    alike: float
    known: bool

    @property
    def score(self) -> int:
        """Return how much speaks for it; a gap that could close counts twice."""
        return 2 * len(self.gaps) + len(self.clients) + self.wished


def meetings(
    state: State, offers: Iterable[OfferFacts], found: Iterable[Cell], most: int = 20
) -> tuple[Meeting, ...]:
    """Return who should meet, those known and with most reasons first, at most `most`."""
    present = [offer for offer in offers if offer.actor in state.nodes]
    gaps, clients = _gaps(state, present, found), _clients(_serving(present))
    wished = {link.pair for link in state.counting([Kind.WISH])}
    graph = state.graph()
    steps = {
        pair: way
        for pair, way in _steps(graph, sorted(gaps.keys() | clients.keys()))
        if way is None or way >= FAR
    }
    made = [
        Meeting(
            one,
            other,
            tuple(sorted(gaps.get((one, other), ()))),
            tuple(sorted(clients.get((one, other), ()))),
            (one, other) in wished,
            steps[one, other],
            alike,
            state.nodes[one].answered and state.nodes[other].answered,
        )
        for one, other, alike in nx.adamic_adar_index(graph, list(steps))
    ]
    made.sort(key=lambda each: (not each.known, -each.score, -each.alike, each.one, each.other))
    return tuple(made[:most])


def _steps(graph: Network, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, int | None]]:
    """Yield of each pair how many steps they are apart; pairs come in order."""
    for one, group in groupby(pairs, key=itemgetter(0)):
        ways = nx.single_source_shortest_path_length(graph, one)
        for pair in group:
            yield pair, ways.get(pair[1])


def _gaps(
    state: State, offers: Iterable[OfferFacts], found: Iterable[Cell]
) -> Mapping[Pair, set[str]]:
    """Return by pair the needs that one has the field for, elsewhere, and the other the place."""
    in_field: dict[str, set[int]] = {}
    for offer in offers:
        for field in offer.fields:
            in_field.setdefault(field, set()).add(offer.actor)
    pairs: dict[Pair, set[str]] = {}
    for cell in found:
        if cell.coverage not in (Coverage.OPEN, Coverage.ONE_PROVIDER):
            continue
        able = in_field.get(cell.need.field, set()) - set(cell.providers)
        there = {
            key
            for key, node in state.nodes.items()
            if cell.need.place in node.municipalities and cell.need.field not in node.fields
        }
        if len(able) <= MANY and len(there) <= MANY:
            for one in able:
                for other in there - able:
                    pairs.setdefault(_pair(one, other), set()).add(cell.need.key)
    return pairs


def _serving(offers: Iterable[OfferFacts]) -> Mapping[Client, dict[int, set[str]]]:
    """Return by group and municipality who serves them, in which fields."""
    serving: dict[Client, dict[int, set[str]]] = {}
    for offer in offers:
        groups = (group for group in offer.target_groups if group != "all")
        places = [ags for ags in offer.municipalities if len(ags) == MUNICIPALITY]
        for client in product(groups, places):
            there = serving.setdefault(client, {})
            there.setdefault(offer.actor, set()).update(offer.fields)
    return serving


def _clients(serving: Mapping[Client, dict[int, set[str]]]) -> Mapping[Pair, set[Client]]:
    """Return by pair the groups that both serve in a municipality, each in fields of its own."""
    pairs: dict[Pair, set[Client]] = {}
    for client, actors in serving.items():
        if len(actors) > MANY:
            continue
        for one, other in combinations(sorted(actors), 2):
            if not actors[one] & actors[other]:
                pairs.setdefault((one, other), set()).add(client)
    return pairs


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
