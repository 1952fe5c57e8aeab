"""The network of a GraphML file. Runs alone in a process of its own, which trusts nothing.

``python parsing.py FILE`` writes JSON lines: the form and whether links have a direction, then
actors as ["node", id, label] and links as ["edge", source, target, {attribute: value}], many at
once, then {"end": how many} or {"refused": code}. It imports nothing of the register, resolves
nothing, and ends itself where a limit is passed.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

import networkx as nx

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 60  # of the processor
PARTS = 500_000  # actors and links
LENGTH = 2000  # characters of a text
PIECE = 500  # parts that are told at once
_DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Refused(Exception):
    """The file is not taken; the argument is a code that somebody else words."""


def main(path: str) -> int:
    _limit()
    try:
        content = Path(path).read_bytes()
        if _DEFINITIONS.search(content.replace(b"\x00", b"")):
            raise Refused("definitions")
        found: Any = nx.read_graphml(BytesIO(content))
        if len(found) + found.number_of_edges() > PARTS:
            raise Refused("too_large")
        _tell({"form": "directed" if found.is_directed() else "undirected"})
        parts = chain(_nodes(found), _edges(found))
        while piece := list(islice(parts, PIECE)):
            _tell(piece)
        _tell({"end": len(found)})
    except Refused as error:
        _tell({"refused": str(error)})
    except MemoryError:
        _tell({"refused": "too_large"})
    except Exception:
        _tell({"refused": "no_graphml"})
    return 0


def _nodes(found: Any) -> Iterator[list[Any]]:
    for node, facts in found.nodes(data=True):
        label = facts.get("label") or facts.get("name") or facts.get("Label") or node
        yield ["node", str(node)[:LENGTH], str(label)[:LENGTH]]


def _edges(found: Any) -> Iterator[list[Any]]:
    for one, other, facts in found.edges(data=True):
        told = {str(name)[:LENGTH]: str(value)[:LENGTH] for name, value in facts.items()}
        yield ["edge", str(one)[:LENGTH], str(other)[:LENGTH], told]


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
