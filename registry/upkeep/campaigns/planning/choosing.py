"""Who is asked, and at which of an actor's functional contacts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

RECENTLY = timedelta(days=30)


class Why(StrEnum):
    """Why this contact and no other of the actor."""

    INVITATIONS = "invitations"  # it may be written to
    NETWORK = "network"  # it is known to the network
    PUBLIC = "public"  # everyone knows it
    ONLY = "only"  # there is nothing better


class Obstacle(StrEnum):
    """Why an actor gets no mail."""

    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    OBJECTED = "objected"
    ASKED_RECENTLY = "asked_recently"


BY_TELEPHONE = {Obstacle.NO_ADDRESS, Obstacle.BOUNCED, Obstacle.SUPPRESSED}


@dataclass(frozen=True)
class Reachable:
    """A functional contact as far as choosing goes, in the actor's own order."""

    id: int
    function: str
    email: str | None
    phone: str | None
    invitations: bool
    network: bool
    public: bool

    @property
    def why(self) -> Why:
        if self.invitations:
            return Why.INVITATIONS
        if self.network:
            return Why.NETWORK
        return Why.PUBLIC if self.public else Why.ONLY


@dataclass(frozen=True)
class Choice:
    """The contact to write to; without one, the obstacle."""

    contact: Reachable | None = None
    obstacle: Obstacle | None = None

    @property
    def asked(self) -> bool:
        """Return whether the actor is asked at all, be it by telephone."""
        return self.contact is not None or self.obstacle in BY_TELEPHONE


def choose(
    contacts: Sequence[Reachable],
    blocked: Mapping[str, str],
    last_asked: date | None,
    today: date,
) -> Choice:
    """Return the first contact with an address, those meant for being written to first.

    `blocked` gives the reason of each address that gets no more mail. An objection by the contact
    that would be first is respected: no other one is written to instead.
    """
    if last_asked and last_asked > today - RECENTLY:
        return Choice(obstacle=Obstacle.ASKED_RECENTLY)
    order = list(Why)
    ranked = sorted((c for c in contacts if c.email), key=lambda c: order.index(c.why))
    if not ranked:
        return Choice(obstacle=Obstacle.NO_ADDRESS)
    reasons = [_obstacle(blocked.get(contact.email or "")) for contact in ranked]
    if reasons[0] is Obstacle.OBJECTED:
        return Choice(obstacle=Obstacle.OBJECTED)
    free = (contact for contact, reason in zip(ranked, reasons, strict=True) if reason is None)
    found = next(free, None)
    return Choice(found) if found else Choice(obstacle=reasons[0])


def _obstacle(reason: str | None) -> Obstacle | None:
    if reason is None:
        return None
    named = {"bounced": Obstacle.BOUNCED, "objected": Obstacle.OBJECTED}
    return named.get(reason, Obstacle.SUPPRESSED)
