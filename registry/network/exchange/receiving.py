"""A network out of a file that nobody trusts, by way of the process that parses it."""

from pathlib import Path
from typing import Any

import networkx as nx

from registry.exchange.sheets import reading
from registry.network.analysis import Network
from registry.network.formats import parsing


def received(path: Path) -> tuple[Network, dict[str, str]]:
    """Return the network of a GraphML file that nobody trusts, and the labels of its actors."""
    with reading.told(parsing.__file__, path) as (form, pieces):
        made: Any = nx.MultiDiGraph() if form == "directed" else nx.MultiGraph()
        names: dict[str, str] = {}
        for piece in pieces:
            for what, one, *rest in piece:
                if what == "node":
                    made.add_node(one)
                    names[one] = rest[0]
                else:
                    other, _facts, directed = rest
                    made.add_edge(one, other)
                    if form == "directed" and not directed:
                        made.add_edge(other, one)
    return made, names
