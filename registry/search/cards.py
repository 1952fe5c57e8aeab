"""An offer as a card in the list of hits. Pure: it sees only what everyone may see."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import cos, hypot, radians
from typing import Any

from registry.offers import opening
from registry.search.criteria import KM_PER_DEGREE, Spot

Offer = Mapping[str, Any]


def card(offer: Offer, at: datetime, spot: Spot | None) -> dict[str, Any]:
    """Return what the card shows of a publicly dumped offer at an aware moment."""
    links = offer["places"]
    nearest = min(links, key=lambda link: _distance(link, spot), default=None)
    distance = _distance(nearest, spot) if nearest and spot else None
    return {
        **{name: offer[name] for name in ("id", "title", "summary", "example", "cost")},
        "provider": offer["actor"],
        "fields": offer["fields"],
        "languages": list(dict.fromkeys(row["language"] for row in offer["languages"])),
        "place": nearest and {**nearest["details"], "more": len(links) - 1},
        "distance_km": None if distance in (None, float("inf")) else distance,
        "state": opening.state(offer, links, at),
        "run": _next_run(offer["runs"], at.date()),
    }


def _next_run(runs: Sequence[Mapping[str, Any]], today: date) -> Mapping[str, Any] | None:
    coming = [run for run in runs if run["starts_on"] >= today.isoformat()]
    return min(coming, key=lambda run: run["starts_on"], default=None)


def _distance(link: Mapping[str, Any], spot: Spot | None) -> float:
    """Return kilometres, infinitely many where the place or the spot is not known."""
    lat, lon = link["details"]["lat"], link["details"]["lon"]
    if spot is None or lat is None or lon is None:
        return float("inf")
    north = (lat - spot.lat) * KM_PER_DEGREE
    east = (lon - spot.lon) * KM_PER_DEGREE * cos(radians(spot.lat))
    return hypot(north, east)
