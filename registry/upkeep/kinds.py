"""What can be kept true: actors and offers, each with the verbs of its life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from registry.access.permissions import Permission
from registry.access.policy import Who
from registry.actors import queries as actor_queries
from registry.actors import services as actors
from registry.actors.life import Life
from registry.actors.models import Actor
from registry.offers import queries as offer_queries
from registry.offers import services as offers
from registry.offers.models import Offer

Verb = Callable[[Who, UUID], Any]
Update = Callable[[Who, UUID, int, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of entry; `names` words the ids that its state holds."""

    name: str
    life: Life[Any]
    read: Permission
    edit: Permission
    load: Callable[..., Any]
    update: Update
    publish: Verb
    archive: Verb
    restore: Verb
    confirm: Callable[[Who, UUID, date], Any]
    names: Callable[[Any], dict[str, str]]

    def state(self, row: Any) -> dict[str, Any]:
        """Return the whole row as it can be loaded again, and the names of what it points at."""
        return {**self.life.dump(row), "names": self.names(row)}


def _load_offer(who: Who, uuid: UUID, *, lock: bool = False) -> Offer:
    return offer_queries.load_offer(who, uuid, date.today(), lock=lock)


def _names_of_actor(actor: Actor) -> dict[str, str]:
    return {str(actor.parent.uuid): actor.parent.name} if actor.parent else {}


def _names_of_offer(offer: Offer) -> dict[str, str]:
    """Return the names of all that an offer may point at, those of a new one included."""
    actor = offer.actor
    parts: list[Any] = [*actor.places, *actor.contacts, *actor.units]
    return {str(part.uuid): str(part) for part in parts}


ACTOR = Kind(
    name="actor",
    life=actors.ACTORS,
    read=Permission.ACTOR_READ,
    edit=Permission.ACTOR_EDIT,
    load=actor_queries.load_actor,
    update=actors.update_actor,
    publish=actors.publish_actor,
    archive=actors.archive_actor,
    restore=actors.restore_actor,
    confirm=actors.confirm_actor,
    names=_names_of_actor,
)
OFFER = Kind(
    name="offer",
    life=offers.OFFERS,
    read=Permission.OFFER_READ,
    edit=Permission.OFFER_EDIT,
    load=_load_offer,
    update=offers.update_offer,
    publish=offers.publish_offer,
    archive=offers.archive_offer,
    restore=offers.restore_offer,
    confirm=offers.confirm_offer,
    names=_names_of_offer,
)
KINDS = {kind.name: kind for kind in (ACTOR, OFFER)}
