"""Networks in files of other programs."""

import gzip
from pathlib import Path
from typing import Any

import networkx as nx

from registry.network.analysis import Network
from registry.network.formats import parsing

_ZIPPED = b"\x1f\x8b"
REASONS = {
    "no_xml": "is no XML",
    "no_graphml": "holds no network in GraphML",
    "many_networks": "holds more than one network",
    "hyperedges": "has links between more than two actors",
    "twice": "names two actors with the same id",
    "no_id": "has an actor without an id, or a link without both ends",
}


class NotANetwork(Exception):
    """A file holds no network that could be read; the message says why, in one line."""


def read_graphml(path: Path) -> Network:
    """Return the network of a GraphML file, packed or not, with its isolated actors."""
    try:
        with _opened(path) as file:
            found = parsing.read(file)
    except parsing.Refused as error:
        why = f" ({error.__cause__})" if error.__cause__ else ""
        raise NotANetwork(f"{path.name} {REASONS[str(error)]}{why}") from None
    except (OSError, EOFError, RecursionError) as error:
        raise NotANetwork(f"{path.name} cannot be read ({type(error).__name__})") from None
    made: Any = nx.MultiDiGraph() if found.directed else nx.MultiGraph()
    made.add_nodes_from(found.labels)
    made.add_edges_from(found.arcs())
    network: Network = made
    return network


def _opened(path: Path) -> Any:
    with path.open("rb") as file:
        packed = file.read(len(_ZIPPED)) == _ZIPPED
    return gzip.open(path) if packed else path.open("rb")
