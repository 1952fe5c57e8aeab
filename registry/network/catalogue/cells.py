"""What is needed where, and whether anybody offers it.

A cell is a field of action in a place, maybe in a language, maybe for a target group. Whether it
is covered is only said where somebody has told the need; silence is no absence of need.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.network.catalogue.same_offers import OfferFacts

FEW = 3  # persons; fewer are not told, they might be known by name


class Coverage(StrEnum):
    OPEN = "open"  # needed, and nobody offers it
    ONE_PROVIDER = "one_provider"  # hangs on a single provider
    COVERED = "covered"
    UNKNOWN = "unknown"  # nobody has told how many need it


@dataclass(frozen=True)
class Needed:
    """A need as it was told: `place` is an AGS, None for language and group means any.

    `persons` is None where nobody knows how many; `key` is the need's public id.
    """

    key: str
    field: str
    place: str
    language: str | None = None
    target_group: str | None = None
    persons: int | None = None


@dataclass(frozen=True)
class Cell:
    """A need with what is offered: public ids of offers, and their providers' internal keys."""

    need: Needed
    coverage: Coverage
    offers: tuple[str, ...]
    providers: tuple[int, ...]

    @property
    def persons(self) -> int | None:
        """Return how many need it; None where nobody knows, or where they are too few to tell."""
        known = self.need.persons
        return known if known is not None and known >= FEW else None


def cells(needs: Iterable[Needed], offers: Iterable[OfferFacts]) -> tuple[Cell, ...]:
    """Return the cell of each need, the ones with most persons first in each state."""
    by_field: dict[str, list[OfferFacts]] = {}
    for offer in offers:
        for field in offer.fields:
            by_field.setdefault(field, []).append(offer)
    made = [_cell(need, by_field.get(need.field, ())) for need in needs]
    order = list(Coverage)
    return tuple(
        sorted(
            made,
            key=lambda cell: (
                order.index(cell.coverage),
                -(cell.need.persons or 0),
                cell.need.place,
                cell.need.field,
                cell.need.key,
            ),
        )
    )


def answers(offer: OfferFacts, need: Needed) -> bool:
    """Return whether an offer of the needed field is for the place, language and group, too."""
    here = any(_meets(ags, need.place) for ags in offer.municipalities)
    spoken = need.language is None or need.language in offer.languages
    for_all = not offer.target_groups or "all" in offer.target_groups
    meant = need.target_group is None or for_all or need.target_group in offer.target_groups
    return here and spoken and meant


def _cell(need: Needed, offers: Sequence[OfferFacts]) -> Cell:
    found = [offer for offer in offers if answers(offer, need)]
    providers = tuple(sorted({offer.actor for offer in found}))
    return Cell(
        need, _coverage(need, len(providers)), tuple(sorted(each.key for each in found)), providers
    )


def _coverage(need: Needed, providers: int) -> Coverage:
    if need.persons is None:
        return Coverage.UNKNOWN
    if need.persons == 0 or providers > 1:
        return Coverage.COVERED
    return Coverage.ONE_PROVIDER if providers else Coverage.OPEN


def _meets(area: str, place: str) -> bool:
    """Return whether one of two regions lies in the other: an AGS begins with its parent's."""
    return area.startswith(place) or place.startswith(area)


def persons_by_place(needs: Iterable[Needed]) -> dict[str, int]:
    """Return how many persons in each place need something, at least.

    Told in general, by language or by group, the same people may be told again: the largest of the
    three counts, so nobody is counted twice.
    """
    told: dict[str, dict[tuple[bool, bool], int]] = {}
    for need in needs:
        if need.persons:
            ways = told.setdefault(need.place, {})
            way = (need.language is not None, need.target_group is not None)
            ways[way] = ways.get(way, 0) + need.persons
    return {place: max(ways.values()) for place, ways in told.items()}
