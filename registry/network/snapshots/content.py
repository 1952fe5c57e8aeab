"""A state of the network as JSON and back, and the digest that seals it: pure."""

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from registry.network.state import Kind, Link, Node, Said, State

Content = dict[str, Any]


def packed(state: State) -> Content:
    """Return all of a state as plain data, in an order that does not depend on how it was read."""
    return {
        "region": state.region,
        "day": state.day.isoformat(),
        "nodes": [_dated(asdict(state.nodes[key])) for key in state.ordered],
        "links": [
            {
                "key": link.key,
                "kind": link.kind.value,
                "source": link.source,
                "target": link.target,
                "by_source": _dated(asdict(link.by_source)) if link.by_source else None,
                "by_target": _dated(asdict(link.by_target)) if link.by_target else None,
            }
            for link in sorted(state.links, key=lambda each: each.key)
        ],
    }


def unpacked(content: Content) -> State:
    """Return the state that was packed."""
    nodes = [
        Node(
            **{
                **row,
                "fields": tuple(row["fields"]),
                "municipalities": tuple(row["municipalities"]),
            }
        )
        for row in content["nodes"]
    ]
    links = (
        Link(
            row["key"],
            Kind(row["kind"]),
            row["source"],
            row["target"],
            _said(row["by_source"]),
            _said(row["by_target"]),
        )
        for row in content["links"]
    )
    day = date.fromisoformat(content["day"])
    return State(content["region"], day, {node.id: node for node in nodes}, tuple(links))


def digest(content: Content) -> str:
    """Return the SHA-256 of a content, the same whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _said(row: dict[str, Any] | None) -> Said | None:
    if row is None:
        return None
    days = {
        name: date.fromisoformat(row[name]) if row[name] else None
        for name in ("on", "valid_from", "valid_to")
    }
    return Said(**{**row, **days})


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()
    }
