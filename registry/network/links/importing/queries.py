"""What the register has on the actors and links that a file may name."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from registry.access.policy import Who
from registry.actors.models import Actor
from registry.core.db import db
from registry.network.links.models import Cooperation
from registry.network.links.queries import linkable


def load_actors(who: Who, region: str, *, lock: bool) -> Sequence[Actor]:
    """Return the actors of a region between which `who` may enter links; hold them if wanted."""
    inside = Actor.region.startswith(region, autoescape=True)
    query = select(Actor).where(inside, linkable(who)).order_by(Actor.id)
    return db.session.scalars(query.with_for_update(key_share=True) if lock else query).all()


def load_links(region: str) -> Sequence[Cooperation]:
    """Return all links of a region with what both sides say, the oldest first."""
    inside = Cooperation.region.startswith(region, autoescape=True)
    query = (
        select(Cooperation)
        .where(inside)
        .options(
            joinedload(Cooperation.source),
            joinedload(Cooperation.target),
            joinedload(Cooperation.field),
            selectinload(Cooperation.reports),
        )
    )
    return db.session.scalars(query.order_by(Cooperation.id)).all()
