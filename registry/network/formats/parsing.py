"""The network of a GraphML file, as any program writes it: names of elements, ids and links count.

``python parsing.py FILE`` reads a file that nobody trusts, alone in a process of its own. It writes
JSON lines: the form and whether links have a direction, then actors as ["node", id, label] and
links as ["edge", source, target, {attribute: value}, whether it has a direction], many at once,
then {"end": how many} or {"refused": code}. It imports nothing of the register, resolves nothing,
and ends itself where a limit is passed.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, parse

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 60  # of the processor
PARTS = 500_000  # actors and links
LENGTH = 2000  # characters of a text
PIECE = 500  # parts that are told at once
_DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LABELS = ("label", "name", "Label", "Name")
_DRAWN = {"NodeLabel", "EdgeLabel"}  # where yEd keeps what it writes beside a node or link


class Refused(Exception):
    """The file is not taken; the argument is a code that somebody else words."""


@dataclass(frozen=True)
class Link:
    source: str
    target: str
    facts: dict[str, str]
    directed: bool


@dataclass
class Found:
    """A network as it stands in a file: actors' labels by their ids, and links."""

    labels: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    directed: bool = False

    def arcs(self) -> Iterator[tuple[str, str]]:
        """Yield both ends of each link; one without direction leads both ways among others."""
        for link in self.links:
            yield link.source, link.target
            if self.directed and not link.directed:
                yield link.target, link.source


def read(stream: IO[bytes]) -> Found:
    """Return the network of a GraphML file; raises Refused with a code where there is none."""
    try:
        root = parse(stream).getroot()  # noqa: S314 (expat stops entities that grow)
    except (ParseError, LookupError, ValueError) as error:
        raise Refused("no_xml") from error
    graphs = [each for each in root if _tag(each) == "graph"]
    if _tag(root) != "graphml" or not graphs:
        raise Refused("no_graphml")
    if len(graphs) > 1:
        raise Refused("many_networks")
    return _found(graphs[0], _keys(root))


def _found(graph: Element, keys: dict[str, str]) -> Found:
    found = Found()
    for element, directed in _elements(graph):
        facts = _facts(element, keys)
        if _tag(element) == "node":
            _add_node(found, element, facts)
        else:
            own = {"true": True, "false": False}.get(element.get("directed", ""), directed)
            found.links.append(Link(_id(element, "source"), _id(element, "target"), facts, own))
    for link in found.links:
        found.labels.setdefault(link.source, link.source)
        found.labels.setdefault(link.target, link.target)
    ways = [link.directed for link in found.links]
    found.directed = any(ways) if ways else _by_default(graph)
    return found


def _elements(graph: Element) -> Iterator[tuple[Element, bool]]:
    """Yield nodes and links in their order, also of graphs inside them, and their direction."""
    directed = _by_default(graph)
    for element in graph:
        match _tag(element):
            case "hyperedge":
                raise Refused("hyperedges")
            case "node" | "edge":
                yield element, directed
                for inner in element:
                    if _tag(inner) == "graph":
                        yield from _elements(inner)


def _add_node(found: Found, element: Element, facts: dict[str, str]) -> None:
    key = _id(element, "id")
    if key in found.labels:
        raise Refused("twice")
    found.labels[key] = next((facts[name] for name in _LABELS if facts.get(name)), key)


def _facts(element: Element, keys: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a node or link by their names, each as it is written."""
    facts = dict[str, str]()
    for data in element:
        if _tag(data) != "data":
            continue
        key = data.get("key", "")
        drawn = next((each for each in data.iter() if _tag(each) in _DRAWN), None)
        name, text = ("label", drawn.text) if drawn is not None else (keys.get(key, key), data.text)
        if text and text.strip():
            facts[name] = text.strip()
    return facts


def _keys(root: Element) -> dict[str, str]:
    found = (each for each in root if _tag(each) == "key")
    named = ((each.get("id", ""), each.get("attr.name")) for each in found)
    return {key: name or key for key, name in named}


def _id(element: Element, name: str) -> str:
    key = element.get(name)
    if key is None:
        raise Refused("no_id")
    return key


def _by_default(graph: Element) -> bool:
    return graph.get("edgedefault") == "directed"


def _tag(element: Element) -> str:
    """Return an element's name, whatever edition of the format its namespace says."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def main(path: str) -> int:
    _limit()
    try:
        content = Path(path).read_bytes()
        if _DEFINITIONS.search(content.replace(b"\x00", b"")):
            raise Refused("definitions")
        found = read(BytesIO(content))
        if len(found.labels) + len(found.links) > PARTS:
            raise Refused("too_large")
        _tell({"form": "directed" if found.directed else "undirected"})
        parts = chain(_nodes(found), _edges(found))
        while piece := list(islice(parts, PIECE)):
            _tell(piece)
        _tell({"end": len(found.labels)})
    except Refused as error:
        _tell({"refused": str(error)})
    except MemoryError:
        _tell({"refused": "too_large"})
    except Exception:
        _tell({"refused": "no_graphml"})
    return 0


def _nodes(found: Found) -> Iterator[list[Any]]:
    for key, label in found.labels.items():
        yield ["node", key[:LENGTH], label[:LENGTH]]


def _edges(found: Found) -> Iterator[list[Any]]:
    for link in found.links:
        told = {name[:LENGTH]: value[:LENGTH] for name, value in link.facts.items()}
        yield ["edge", link.source[:LENGTH], link.target[:LENGTH], told, link.directed]


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _tell(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
