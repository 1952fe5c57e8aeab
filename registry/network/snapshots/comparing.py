"""What has changed between two states of a network: pure.

Only actors that are there in both are compared, because whoever was not there could not be linked.
A change of the answers is no change of the network, so both states bring their response along.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.network.state import COOPERATION, DIRECTED, Kind, Link, Node, State
from registry.network.trust import Trust, trust

Ends = tuple[Kind, str, str]


@dataclass(frozen=True)
class Change:
    """A link between two actors, by their names and public keys as they are in the later state."""

    kind: Kind
    source: Node
    target: Node
    confirmed: bool


@dataclass(frozen=True)
class Changes:
    """What is new, ended, newly confirmed and no longer confirmed among the `common` actors.

    `came` and `went` are actors of one of both states alone; `before` and `after` say how far each
    can be trusted.
    """

    new: tuple[Change, ...]
    ended: tuple[Change, ...]
    confirmed: tuple[Change, ...]
    doubted: tuple[Change, ...]
    common: int
    came: tuple[Node, ...]
    went: tuple[Node, ...]
    before: Trust
    after: Trust


def changes(earlier: State, later: State, kinds: Iterable[Kind] = COOPERATION) -> Changes:
    """Return what has changed from one state to another in the links of some kinds."""
    wanted = tuple(kinds)
    one, other = _by_key(earlier), _by_key(later)
    common = one.keys() & other.keys()
    old, now = _links(earlier, wanted, common), _links(later, wanted, common)
    both = old.keys() & now.keys()
    return Changes(
        new=_told(((ends, now[ends]) for ends in now.keys() - both), other),
        ended=_told(((ends, old[ends]) for ends in old.keys() - both), other),
        confirmed=_told(((ends, True) for ends in both if now[ends] and not old[ends]), other),
        doubted=_told(((ends, False) for ends in both if old[ends] and not now[ends]), other),
        common=len(common),
        came=_named(other[key] for key in other.keys() - common),
        went=_named(one[key] for key in one.keys() - common),
        before=trust(earlier, wanted),
        after=trust(later, wanted),
    )


def _by_key(state: State) -> dict[str, Node]:
    return {node.key: node for node in state.nodes.values()}


def _links(state: State, kinds: tuple[Kind, ...], common: Iterable[str]) -> dict[Ends, bool]:
    """Return the links among some actors, and whether each is confirmed."""
    known, found = frozenset(common), dict[Ends, bool]()
    for link in state.counting(kinds):
        ends = _ends(link, state)
        if {ends[1], ends[2]} <= known:
            found[ends] = found.get(ends, False) or link.confirmed
    return found


def _ends(link: Link, state: State) -> Ends:
    one, other = state.nodes[link.source].key, state.nodes[link.target].key
    if link.kind not in DIRECTED and other < one:
        one, other = other, one
    return link.kind, one, other


def _told(found: Iterable[tuple[Ends, bool]], nodes: dict[str, Node]) -> tuple[Change, ...]:
    made = (Change(kind, nodes[a], nodes[b], confirmed) for (kind, a, b), confirmed in found)
    return tuple(sorted(made, key=lambda each: (each.source.name, each.target.name, each.kind)))


def _named(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=lambda each: (each.name, each.key)))
