"""The actors of a network as a table: pure; what may not be compared is not even sorted by."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from registry.network.catalogue.partners import Partners
from registry.network.catalogue.ranks import Compared, shown
from registry.network.catalogue.results import Results
from registry.network.state import Node, Standing, State
from registry.network.trust import Detail


@dataclass(frozen=True)
class Row:
    """How one actor stands; `between` is its share of the shortest paths, `partners` a number.

    `core` is None where there are too few answers to say it.
    """

    node: Node
    standing: Standing
    named: Compared
    between: Compared
    partners: int
    core: int | None
    connects: bool


SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.node.name.casefold(),
    "standing": lambda row: list(Standing).index(row.standing),
    "named": lambda row: row.named.order,
    "partners": lambda row: row.partners,
    "between": lambda row: row.between.order,
    "core": lambda row: row.core or 0,
}
WORDS = {"name", "standing"}  # begin with the first; numbers begin with the most


def rows(state: State, found: Results, named: Partners, detail: Detail) -> list[Row]:
    """Return all actors with what may be said of them."""
    standings = found.figures.actors
    shares = {key: each.betweenness_normalised for key, each in standings.items()}
    between = shown(shares, detail)
    ranks = shown(named.named, detail, counted=True)
    comparable = detail is not Detail.COUNTS
    brokers = {each.actor for each in found.brokers} if comparable else set()
    return [
        Row(
            node=state.nodes[key],
            standing=named.standing[key],
            named=ranks[key],
            between=between[key],
            partners=standings[key].degree,
            core=standings[key].core if comparable else None,
            connects=key in brokers,
        )
        for key in state.ordered
    ]


def ordered(found: Iterable[Row], sort: str) -> Sequence[Row]:
    """Return the rows by a column; "-" before its name turns it round, equals go by name."""
    name = sort.removeprefix("-")
    by_name = sorted(found, key=lambda row: (row.node.name.casefold(), row.node.id))
    down = (name not in WORDS) != sort.startswith("-")
    return sorted(by_name, key=SORTS[name], reverse=down)
