"""Who leads a field of action and who takes part in it, by agreement."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAD = "lead"


@dataclass(frozen=True)
class Duty:
    """What an actor (internal key) is for a field: lead or partner."""

    actor: int
    field: str
    role: str


@dataclass(frozen=True)
class Shared:
    """A field with those who answer for it."""

    field: str
    leads: tuple[int, ...]
    partners: tuple[int, ...]

    @property
    def anyone(self) -> bool:
        return bool(self.leads or self.partners)


def by_field(fields: Iterable[str], duties: Iterable[Duty]) -> list[Shared]:
    """Return each field with its leads and partners, in the order given; none is left out."""
    known = list(duties)
    return [
        Shared(
            field,
            tuple(each.actor for each in known if each.field == field and each.role == LEAD),
            tuple(each.actor for each in known if each.field == field and each.role != LEAD),
        )
        for field in fields
    ]


def without_lead(shared: Iterable[Shared]) -> list[str]:
    """Return the fields that nobody leads."""
    return [each.field for each in shared if not each.leads]
