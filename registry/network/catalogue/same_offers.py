"""Which offers of different providers do the same for the same people at the same time and place.

That is to be checked, not to be cut: there may be enough people for both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

Slot = tuple[int, str]  # weekday from 0 for Monday, and a band of the day


@dataclass(frozen=True)
class OfferFacts:
    """What is compared of an offer: keys of terms, AGS keys, weekdays with bands of the day.

    `key` is its public id, `actor` its provider's internal key. `kind` is its type of service,
    `levels` the course levels it begins and ends with. Of an offer without `slots` nobody knows
    when it takes place.
    """

    key: str
    actor: int
    fields: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    kind: str | None = None
    levels: tuple[str, ...] = ()

    @property
    def cells(self) -> Iterable[tuple[str, str]]:
        return product(self.fields, self.municipalities)


@dataclass(frozen=True)
class Same:
    """Two offers, with all that they have in common; an empty group stands for everybody."""

    one: OfferFacts
    other: OfferFacts
    fields: tuple[str, ...]
    municipalities: tuple[str, ...]
    languages: tuple[str, ...]
    target_groups: tuple[str, ...]
    slots: tuple[Slot, ...]


def same_offers(offers: Iterable[OfferFacts]) -> tuple[Same, ...]:
    """Return the pairs that agree in everything compared, each once, in a stable order."""
    by_cell: dict[tuple[str, str], list[OfferFacts]] = {}
    for each in sorted(offers, key=lambda offer: offer.key):
        for cell in each.cells:
            by_cell.setdefault(cell, []).append(each)
    pairs = {
        (one.key, other.key): (one, other)
        for group in by_cell.values()
        for one, other in combinations(group, 2)
    }
    found = (_same(*pair) for _keys, pair in sorted(pairs.items()))
    return tuple(each for each in found if each)


def _same(one: OfferFacts, other: OfferFacts) -> Same | None:
    if one.actor == other.actor or (one.kind, one.levels) != (other.kind, other.levels):
        return None
    if bool(one.target_groups) != bool(other.target_groups):
        return None
    made = Same(
        one,
        other,
        *(
            tuple(value for value in getattr(one, name) if value in getattr(other, name))
            for name in ("fields", "municipalities", "languages", "target_groups", "slots")
        ),
    )
    groups = made.target_groups or not one.target_groups
    return made if made.languages and made.slots and groups else None
