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
from registry.network.bodies.queries import load_bodies
from registry.network.catalogue.cells import cells
from registry.network.catalogue.meeting import meetings as who_should_meet
from registry.network.needs.queries import load_needs, needed
from registry.network.pages import pages
from registry.network.queries import load_offers
from registry.network.state import COOPERATION, DIRECTED, Kind, Link, Node, Said, State
from registry.network.trust import trust
from registry.network.viewing import day, load
from registry.regions import queries as regions

MOST = 5  # proposals


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
        bodies=[each for each in load_bodies(state.region, state.day) if node.id in each.parts],
        **_meetings(state, node),
        kinds=wording.KINDS,
        intensities=wording.INTENSITIES,
        states=wording.LINK_STATES,
    )


def _meetings(state: State, node: Node) -> dict[str, Any]:
    """Return whom an actor should meet, and what the reasons speak of."""
    offers = load_offers(state.region, state.day)
    everybody = len(state.nodes) ** 2
    proposed = who_should_meet(state, offers, cells(needed(state.region), offers), everybody)
    found = [each for each in proposed if node.id in (each.one, each.other)][:MOST]
    rows = load_needs(who(), {key for each in found for key in each.gaps})
    places = {row.place for row in rows.values()} | {ags for e in found for _g, ags in e.clients}
    return {"meetings": found, "needs": rows, "names": regions.names(places)}
