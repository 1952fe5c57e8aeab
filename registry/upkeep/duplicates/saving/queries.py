"""Looking for entries like one that is about to be saved: few candidates by SQL, then compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from registry.access.policy import Who
from registry.actors import queries as actors
from registry.actors import similar
from registry.actors.models import Actor, Place, Status
from registry.actors.similar import Likeness, Reason, Spot, Traits
from registry.core.db import db
from registry.core.errors import Alike
from registry.offers import queries as offers
from registry.offers.models import Offer
from registry.texts.translated import SOURCE

MAX_CANDIDATES = 500
SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """An entry like the one that is about to be saved."""

    kind: str
    uuid: UUID
    name: str
    town: str
    region: str
    owner_id: int
    likeness: Likeness

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.likeness.reasons


def unlike(who: Who, entry: Any, *, sure: bool) -> Any:
    """Return the new entry; raises Alike where others look like it, unless somebody is `sure`."""
    like: Any = like_actor if isinstance(entry, Actor) else like_offer
    if not sure and (found := like(who, entry)):
        raise Alike(found)
    return entry


def like_actor(who: Who, actor: Actor) -> list[Similar]:
    """Return the actors that `who` sees and that look like this one, most alike first."""
    mine = _of_actor(actor)
    words = sorted(mine.name.split(), key=len)[-2:]
    codes = [each.postcode for each in mine.spots if each.postcode]
    in_town = select(Place.actor_id).where(Place.postcode.in_(codes))
    query = select(Actor).where(
        Actor.id != actor.id,
        Actor.status != Status.ARCHIVED,
        actors.visible_to(who),
        or_(
            *(Actor.folded.contains(word[:6], autoescape=True) for word in words),
            Actor.id.in_(in_town),
        ),
    )
    found = db.session.scalars(query.order_by(Actor.id).limit(MAX_CANDIDATES))
    rated = [(other, similar.likeness(mine, _of_actor(other))) for other in found]
    return _best(
        Similar("actor", other.uuid, other.name, _town(other.places), other.region, other.id, like)
        for other, like in rated
        if like
    )


def like_offer(who: Who, offer: Offer) -> list[Similar]:
    """Return the offers of the same actor that `who` sees and that look like this one."""
    mine = _of_offer(offer)
    query = select(Offer).where(
        Offer.id != offer.id,
        Offer.actor_id == offer.actor_id,
        Offer.status != Status.ARCHIVED,
        offers.visible_to(who, date.today()),
    )
    found = db.session.scalars(offers.with_parts(query.order_by(Offer.id).limit(MAX_CANDIDATES)))
    rated = [(o, similar.offer_likeness(mine, _of_offer(o), same_actor=True)) for o in found]
    return _best(
        Similar(
            "offer", o.uuid, str(o), _town([e.place for e in o.places]), o.region, o.actor_id, like
        )
        for o, like in rated
        if like
    )


def _best(found: Iterable[Similar]) -> list[Similar]:
    return sorted(found, key=lambda each: (-each.likeness.score, each.name))[:SHOWN]


def _of_actor(actor: Actor) -> Traits:
    hosts = [actor.website, *(contact.email for contact in actor.contacts)]
    phones = [place.phone for place in actor.places] + [each.phone for each in actor.contacts]
    return similar.traits(actor.id, actor.name, _spots(actor.places), phones, hosts)


def _of_offer(offer: Offer) -> Traits:
    title = offer.title.bodies.get(SOURCE, "")
    return similar.traits(offer.id, title, _spots([link.place for link in offer.places]))


def _spots(places: Sequence[Any]) -> list[Spot]:
    return [similar.spot(p.street, p.postcode, p.city, p.lat, p.lon) for p in places]


def _town(places: Sequence[Any]) -> str:
    return next((place.city for place in places if place.city), "")
