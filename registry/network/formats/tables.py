"""A network as two plain tables, which every format can hold: no None, no list, no day, no control.

Each link is a row of its own with an id of its own, so that programs that count parallel links by
their ids lose none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.network.state import COOPERATION, DIRECTED, Kind, Link, Node, Rule, Said, State
from registry.network.trust import Trust, trust

Row = dict[str, str | int | float | bool]
Wording = Callable[[str, str], str]
# What XML 1.0 cannot hold, and no table needs.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NODE_COLUMNS = (
    "id",
    "label",
    "short",
    "category",
    "category_key",
    "fields",
    "municipalities",
    "standing",
    "asked",
    "answered",
    "example",
    "lat",
    "lon",
)
EDGE_COLUMNS = (
    "id",
    "source",
    "target",
    "kind",
    "kind_label",
    "directed",
    "weight",
    "confirmed",
    "contested",
    "written",
    "by_source",
    "by_target",
    "reported_on",
    "valid_from",
    "valid_to",
)
# What each side says for itself, so that a file that comes back says the same.
SIDE_COLUMNS = tuple(
    f"{side}_{name}"
    for side in ("source", "target")
    for name in ("reported_on", "valid_from", "valid_to", "written")
)


@dataclass(frozen=True)
class Tables:
    """What is handed out: who, with whom, and how far it can be trusted.

    `about` are facts on the whole, `word` gives the label of a key, as ("category", "police").
    """

    title: str
    word: Wording
    about: Row
    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


@dataclass(frozen=True)
class Choice:
    """Which links are handed out."""

    kinds: tuple[Kind, ...] = COOPERATION
    rule: Rule = Rule.ANY


def tables(state: State, choice: Choice, title: str, word: Wording) -> Tables:
    """Return a network's tables."""
    standing = state.standing(choice.kinds)
    links = sorted(state.counting(choice.kinds, choice.rule), key=lambda each: each.key)
    return Tables(
        title=clean(title),
        word=word,
        about=_about(state, choice, trust(state, choice.kinds)),
        nodes=tuple(_node(state.nodes[key], standing[key].value, word) for key in state.ordered),
        edges=tuple(_edge(each, state, word) for each in links),
    )


def clean(text: str) -> str:
    """Return text without the characters that files cannot hold."""
    return _CONTROLS.sub("", text)


def _about(state: State, choice: Choice, found: Trust) -> Row:
    return _filled(
        region=state.region,
        day=state.day,
        kinds=choice.kinds,
        rule=choice.rule.value,
        asked=found.asked,
        answered=found.answered,
        pairs=found.pairs,
        confirmed=found.confirmed,
        example=any(node.example for node in state.nodes.values()),
    )


def _node(node: Node, standing: str, word: Wording) -> Row:
    return _filled(
        id=node.key,
        label=node.name,
        short=node.short,
        category=word("category", node.category) if node.category else None,
        category_key=node.category,
        fields=[word("field", key) for key in node.fields],
        municipalities=[word("region", key) for key in node.municipalities],
        standing=standing,
        asked=node.asked,
        answered=node.answered,
        example=node.example,
        lat=node.lat,
        lon=node.lon,
    )


def _edge(link: Link, state: State, word: Wording) -> Row:
    one, other = link.by_source, link.by_target
    return _filled(
        id=link.key,
        source=state.nodes[link.source].key,
        target=state.nodes[link.target].key,
        kind=link.kind.value,
        kind_label=word("kind", link.kind),
        directed=link.kind in DIRECTED,
        weight=link.intensity,
        confirmed=link.confirmed,
        contested=link.contested,
        written=link.written if any(each.written is not None for each in link.said) else None,
        by_source=one.intensity if one else None,
        by_target=other.intensity if other else None,
        reported_on=max(each.on for each in link.said),
        valid_from=min((each.valid_from for each in link.said if each.valid_from), default=None),
        valid_to=max((each.valid_to for each in link.said if each.valid_to), default=None),
        **_of_side("source", one),
        **_of_side("target", other),
    )


def _of_side(name: str, said: Said | None) -> dict[str, Any]:
    if said is None:
        return {}
    return {
        f"{name}_reported_on": said.on,
        f"{name}_valid_from": said.valid_from,
        f"{name}_valid_to": said.valid_to,
        f"{name}_written": said.written,
    }


def _filled(**values: Any) -> Row:
    plain = ((name, _plain(value)) for name, value in values.items())
    return {name: value for name, value in plain if value is not None and value != ""}


def _plain(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return clean(str(value))
    return "; ".join(clean(str(each)) for each in value)
