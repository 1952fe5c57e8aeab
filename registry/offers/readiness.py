"""What an offer still lacks before everyone may see it. Pure."""

from registry.offers.models import Offer

REMOTE = {"online", "phone", "outreach"}


def missing(offer: Offer, *, places: bool = True) -> list[str]:
    """Return the names of the fields to fill in; an empty list means ready.

    Without `places` it is asked as if the offer had none.
    """
    checks = {
        "summary": bool(offer.summary.bodies.get("de") or offer.description.bodies.get("de")),
        "fields": bool(offer.fields),
        "places": bool((places and offer.places) or offer.areas or _remote(offer)),
    }
    return [field for field, given in checks.items() if not given]


def _remote(offer: Offer) -> bool:
    return bool(REMOTE & {term.key for term in offer.formats})
