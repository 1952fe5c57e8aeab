"""What a new entry still lacks before everyone may see it. Pure."""

from types import SimpleNamespace
from typing import cast

from registry.exchange.sheets.plans import Creation
from registry.offers.models import Offer
from registry.offers.readiness import missing


def lacking(made: Creation) -> list[str]:
    """Return the names of the fields to fill in; places and contacts are always complete."""
    if made.entry.part == "actor":
        return [] if made.loaded.get("category") else ["category"]
    return _lacking_offer(made) if made.entry.part == "offer" else []


def _lacking_offer(made: Creation) -> list[str]:
    loaded = made.loaded
    looked_at = SimpleNamespace(
        summary=SimpleNamespace(bodies=loaded.get("summary") or {}),
        description=SimpleNamespace(bodies=loaded.get("description") or {}),
        fields=loaded.get("fields"),
        places=made.links.places,
        areas=loaded.get("areas"),
        formats=[SimpleNamespace(key=key) for key in loaded.get("formats") or ()],
    )
    return missing(cast(Offer, looked_at))
