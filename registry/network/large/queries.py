"""Reading a large network as bare pairs, and how far its paths have been followed."""

from datetime import date
from typing import Any
from uuid import UUID

import networkx as nx
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, undefer

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.core.errors import NotFound
from registry.network.analysis import Network
from registry.network.large.models import PathRun
from registry.network.links.models import Cooperation, Report, Side
from registry.network.queries import current_round
from registry.network.rounds.models import Asked
from registry.network.state import COOPERATION
from registry.network.trust import Trust

AT_ONCE = 10_000  # rows


def count_links(region: str) -> int:
    """Return how many links a region's register holds, whatever they are worth."""
    inside = Cooperation.region.startswith(region, autoescape=True)
    return db.session.scalar(select(func.count(Cooperation.id)).where(inside)) or 0


def load_network(region: str, day: date) -> Network:
    """Return who works with whom in any kind, as one side reports it: internal keys alone.

    It is what `State.concerned.graph()` is of a smaller one, without all that a state says of each.
    """
    made: Network = nx.Graph()
    published = select(Actor.id).where(
        Actor.region.startswith(region, autoescape=True), Actor.status == Status.PUBLISHED
    )
    asking = current_round(region, day)
    if asking:
        asked = select(Asked.actor_id).where(
            Asked.round_id == asking.id, Asked.actor_id.in_(published)
        )
        made.add_nodes_from(sorted(db.session.scalars(asked)))
    pairs = _pairs(region, day).where(
        Cooperation.source_id.in_(published), Cooperation.target_id.in_(published)
    )
    rows = db.session.execute(pairs.execution_options(yield_per=AT_ONCE))
    made.add_edges_from((source, target) for source, target in rows)
    return made


def _pairs(region: str, day: date) -> Any:
    reported = select(Report.link_id).where(_holds(day))
    return (
        select(Cooperation.source_id, Cooperation.target_id)
        .where(
            Cooperation.region.startswith(region, autoescape=True),
            Cooperation.kind.in_(COOPERATION),
            Cooperation.id.in_(reported),
        )
        .order_by(Cooperation.id)
    )


def _holds(day: date) -> ColumnElement[bool]:
    return and_(
        Report.intensity > 0,
        or_(Report.valid_from.is_(None), Report.valid_from <= day),
        or_(Report.valid_to.is_(None), Report.valid_to >= day),
    )


def named(keys: list[int]) -> dict[int, tuple[UUID, str]]:
    """Return public id and name of some actors."""
    query = select(Actor.id, Actor.uuid, Actor.name).where(Actor.id.in_(keys))
    return {key: (uuid, name) for key, uuid, name in db.session.execute(query)}


def load_trust(region: str, day: date) -> Trust:
    """Return how far a large network can be trusted, as `trust` says of a smaller one."""
    asking = current_round(region, day)
    if asking is None:
        return Trust(0, 0, 0, 0)
    mine, done = Asked.round_id == asking.id, Asked.answered_on <= day
    asked = db.session.scalar(select(func.count(Asked.id)).where(mine)) or 0
    answered = db.session.scalar(select(func.count(Asked.id)).where(mine, done)) or 0
    known = select(Asked.actor_id).where(mine, done)
    pairs = _pairs(region, day).where(
        Cooperation.source_id.in_(known), Cooperation.target_id.in_(known)
    )
    sides = select(Report.link_id).where(_holds(day)).group_by(Report.link_id)
    both = pairs.where(Cooperation.id.in_(sides.having(func.count(Report.id) == len(Side))))
    return Trust(asked, answered, _count(pairs), _count(both))


def _count(query: Any) -> int:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return db.session.scalar(counted) or 0


def run_of(digest: str) -> PathRun | None:
    query = select(PathRun).where(PathRun.digest == digest)
    return db.session.scalar(query.options(undefer(PathRun.sums), undefer(PathRun.squares)))


def load_run(session: Session, uuid: UUID) -> PathRun:
    """Return a run with what it has found, locked, or raise NotFound."""
    query = select(PathRun).where(PathRun.uuid == uuid).with_for_update()
    found = session.scalar(query.options(undefer(PathRun.sums), undefer(PathRun.squares)))
    if found is None:
        raise NotFound
    return found
