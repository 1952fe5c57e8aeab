"""At which contact and address somebody is invited. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.conferences.criteria import Code
from registry.core.text import fold


@dataclass(frozen=True)
class Contact:
    """A functional contact as far as inviting goes, in the order of its organisation."""

    id: int | None
    function: str | None
    unit: str | None
    email: str | None
    phone: str | None
    usable: bool  # for invitations
    released: bool  # for the network, or for everyone


@dataclass(frozen=True)
class Address:
    street: str
    postcode: str
    city: str


@dataclass(frozen=True)
class Reach:
    """What an invitation says of contact and address, and what speaks against writing."""

    contact: Contact | None
    email: str | None
    address: Address | None
    obstacle: Code | None

    def values(self) -> dict[str, Any]:
        """Return the columns of an invitation that follow from it."""
        known, place = self.contact, self.address
        channel = "mail" if self.email else "post" if place else "none"
        return {
            "contact_id": known.id if known else None,
            "function": known.function if known else None,
            "unit": known.unit if known else None,
            "phone": known.phone if known else None,
            "released": known.released if known else True,
            "email": self.email,
            "street": place.street if place else None,
            "postcode": place.postcode if place else None,
            "city": place.city if place else None,
            "channel": channel,
        }

    @property
    def house(self) -> str:
        place = self.address
        return fold(f"{place.street} {place.postcode} {place.city}") if place else ""


def reach(
    contacts: Sequence[Contact], address: Address | None, stopped: Mapping[str, str]
) -> Reach:
    """Return how to reach somebody: by the first usable contact with an address that works.

    `stopped` gives the reason of each address that gets no more mail. Where the contact that
    would be first has objected, nobody else is written to instead.
    """
    usable = [each for each in contacts if each.usable]
    with_mail = [each for each in usable if each.email]
    if with_mail and stopped.get(with_mail[0].email or "") == Code.OBJECTED:
        return Reach(with_mail[0], None, address, Code.OBJECTED)
    found = next((each for each in with_mail if (each.email or "") not in stopped), None)
    if found:
        return Reach(found, found.email, address, None)
    first = usable[0] if usable else None
    return Reach(first, None, address, None if address else Code.NO_ADDRESS)
