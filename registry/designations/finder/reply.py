"""A contact point as the finder shows it. Pure: it sees only what everyone may see."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry.offers import opening

Record = Mapping[str, Any]


def of_offer(offer: Record, at: datetime) -> dict[str, Any]:
    """Return what is shown of a publicly dumped offer at an aware moment."""
    contact = offer["contact_details"]
    return {
        "page": "offers.detail",
        "id": offer["id"],
        "title": offer["title"],
        "name": offer["actor"]["name"],
        "website": offer["actor"]["website"],
        "example": offer["example"],
        "documents": offer["documents"],
        "contacts": [contact] if contact else [],
        "places": [link["details"] for link in offer["places"]],
        "state": opening.state(offer, offer["places"], at),
    }


def of_actor(actor: Record, at: datetime) -> dict[str, Any]:
    """Return the same of a publicly dumped actor; its places' hours are its own."""
    timed = {"closures": (), "by_appointment": False, "formats": (), "region": actor["region"]}
    links = [{"hours": None, "details": place} for place in actor["places"]]
    return {
        "page": "actors.detail",
        "id": actor["id"],
        "title": None,
        "name": actor["name"],
        "website": actor["website"],
        "example": actor["example"],
        "documents": [],
        "contacts": actor["contacts"],
        "places": actor["places"],
        "state": opening.state(timed, links, at),
    }
