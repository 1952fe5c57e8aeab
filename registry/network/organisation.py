"""What one actor sees of its network: with whom it works, who names it, what is wished for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core.errors import NotFound
from registry.network import wording
from registry.network.pages import pages
from registry.network.state import COOPERATION, DIRECTED, Kind, Link, Node, Said, State
from registry.network.trust import trust
from registry.network.viewing import day, load


@dataclass(frozen=True)
class Tie:
    """A link as one of its ends sees it; `outward` is None for kinds without direction."""

    partner: Node
    link: Link
    outward: bool | None
    own: Said | None
    theirs: Said | None

    @property
    def state(self) -> str:
        if self.link.contested:
            return "contested"
        return "confirmed" if self.link.confirmed else "one-sided"


def ties(state: State, node: Node) -> list[Tie]:
    """Return the links of an actor that somebody reports, by kind and then by name."""
    found = [_tie(state, node, each) for each in state.links if node.id in each.pair]
    order = list(Kind)
    return sorted(
        (each for each in found if each.link.reported),
        key=lambda each: (order.index(each.link.kind), each.partner.name, each.link.key),
    )


def _tie(state: State, node: Node, link: Link) -> Tie:
    mine = link.source == node.id
    sides = (link.by_source, link.by_target) if mine else (link.by_target, link.by_source)
    partner = state.nodes[link.target if mine else link.source]
    return Tie(partner, link, mine if link.kind in DIRECTED else None, *sides)


@pages.get("/<lang>/office/network/actors/<uuid:uuid>")
def organisation(lang: str, uuid: UUID) -> Any:
    """Show an actor's part of the network; one of elsewhere does not exist."""
    require(who(), Permission.NETWORK_READ, None)
    state = load(day())
    node = next((each for each in state.nodes.values() if each.key == str(uuid)), None)
    if node is None:
        raise NotFound
    found = ties(state, node)
    naming = state.named_by(COOPERATION)[node.id]
    return render_template(
        "network/organisation.html",
        node=node,
        state=state,
        standing=state.standing()[node.id],
        working=[each for each in found if each.link.kind in COOPERATION],
        wishes=[each for each in found if each.link.kind is Kind.WISH],
        naming=sorted((state.nodes[key] for key in naming), key=lambda each: each.name),
        trust=trust(state),
        kinds=wording.KINDS,
        intensities=wording.INTENSITIES,
        states=wording.LINK_STATES,
    )
