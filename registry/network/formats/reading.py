"""Networks in files of other programs."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from registry.network.analysis import Network


class NotANetwork(Exception):
    """A file holds no network that could be read; the message says why, in one line."""


def read_graphml(path: Path) -> Network:
    """Return the network of a GraphML file, directed or not, with its isolated actors."""
    try:
        found: Any = nx.read_graphml(path)
    except ParseError as error:
        raise NotANetwork(f"{path.name} is no XML: {error}") from None
    except nx.NetworkXError as error:
        raise NotANetwork(f"{path.name}: {error}") from None
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        reason = f"{type(error).__name__} {error}"
        raise NotANetwork(f"{path.name} is no GraphML that can be read: {reason}") from None
    network: Network = found
    return network
