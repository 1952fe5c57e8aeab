"""Whoever is in the register by consent is shown and written to only once it was given. Pure."""

from collections.abc import Mapping
from typing import Any

from registry.actors.models import Basis

USES = ("publish_public", "publish_network", "use_for_invitations")


def is_missing(contact: Mapping[str, Any]) -> bool:
    """Return whether a contact is used without its consent."""
    used = any(contact.get(name) for name in USES)
    return contact.get("legal_basis") == Basis.CONSENT and used and not contact.get("consent_on")
