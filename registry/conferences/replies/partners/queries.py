"""Reading what an organisation has said of its partners, and whether a survey asks it now."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.network.links.book import INCOMING
from registry.network.links.models import Cooperation, Side
from registry.network.links.queries import load_of_actor
from registry.network.rounds.models import Asked, Round

OUTGOING = {kind: f"{kind}_in" for kind in INCOMING.values()}


@dataclass(frozen=True)
class Known:
    """What an actor itself says it does with a partner: intensities by way."""

    id: int
    uuid: str
    name: str
    ways: dict[str, int]


def load_asked(actor: Actor) -> Asked | None:
    """Return what a survey under way asks this actor, the newest."""
    return db.session.scalar(
        select(Asked)
        .join(Round, Round.id == Asked.round_id)
        .join(Actor, Actor.id == Asked.actor_id)
        .where(Asked.actor_id == actor.id, Actor.status == Status.PUBLISHED)
        .where(Round.started_on.is_not(None), Round.closed_on.is_(None))
        .options(joinedload(Asked.round))
        .order_by(Asked.id.desc())
        .limit(1)
    )


def known(actor: Actor) -> list[Known]:
    """Return the partners that an actor has named itself, by name; nothing of what others say."""
    found: dict[Actor, dict[str, int]] = {}
    for link in load_of_actor(actor):
        mine = Side.SOURCE if link.source_id == actor.id else Side.TARGET
        report = link.report(mine)
        partner = link.target if mine == Side.SOURCE else link.source
        if report and report.intensity and partner.status == Status.PUBLISHED:
            found.setdefault(partner, {})[_way(link, mine)] = report.intensity
    rows = (Known(each.id, str(each.uuid), each.name, ways) for each, ways in found.items())
    return sorted(rows, key=lambda each: each.name.casefold())


def _way(link: Cooperation, mine: Side) -> str:
    return link.kind if mine == Side.SOURCE else OUTGOING.get(link.kind, link.kind)
