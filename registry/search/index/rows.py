"""What the index is built from: public offers as columns, N offers in rising order of their id.

Other tables point at offers by their id. Days are proleptic ordinals, 0 where there is none;
degrees are NaN where a place is confidential or unknown; a region is a number in its AGS's order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.search.index.bits import Numbers

Flags = NDArray[np.bool_]
Degrees = NDArray[np.float64]
AGS_LENGTH = 8


def region_code(ags: str) -> int:
    """Return a number that sorts like the AGS and ends in its length."""
    return int(ags.ljust(AGS_LENGTH, "0")) * 10 + len(ags)


def within(codes: NDArray[Any], ags: str) -> Flags:
    """Return which regions are `ags` or lie below it."""
    lowest = int(ags.ljust(AGS_LENGTH, "0")) * 10
    highest = int(ags.ljust(AGS_LENGTH, "9")) * 10 + 9
    return (codes >= lowest) & (codes <= highest) & (codes % 10 >= len(ags))


@dataclass(frozen=True)
class Links:
    """Offers at places; `hours` counts in `Rows.hours`, -1 where they are unknown or secret."""

    offer: Numbers
    place: Numbers
    lat: Degrees
    lon: Degrees
    hours: Numbers
    region: Numbers
    step_free: Flags
    confidential: Flags


@dataclass(frozen=True)
class Areas:
    offer: Numbers
    region: Numbers


@dataclass(frozen=True)
class Runs:
    """Runs with places left; `register_by` is 0 where there is no such day."""

    offer: Numbers
    starts: Numbers
    register_by: Numbers
    bookable: Flags


@dataclass(frozen=True)
class Closures:
    offer: Numbers
    first: Numbers
    last: Numbers


@dataclass(frozen=True)
class Rows:
    offer: Numbers
    title: Sequence[str]
    confirmed: Numbers
    leaves: Numbers  # the day from which only those who ask for the unconfirmed find it
    free: Flags
    childcare: Flags
    level_from: Numbers
    level_to: Numbers
    terms: Mapping[int, Numbers]
    links: Links
    areas: Areas
    runs: Runs
    closures: Closures
    hours: Sequence[str]


@dataclass(frozen=True)
class Terms:
    """The vocabulary as numbers: ids by scheme and key in order, and the words that name a term."""

    ids: Mapping[str, Mapping[str, int]]
    named: Mapping[int, str] = field(default_factory=dict)

    def matching(self, word: str) -> list[int]:
        """Return the terms of which a label or synonym, in any language, contains a folded word.

        A word of one or two letters, such as B1, has to stand alone: too many others contain it.
        """
        part = word if len(word) > 2 else f" {word} "
        return [term for term, folded in self.named.items() if part in f" {folded} "]
