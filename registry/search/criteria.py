"""What somebody looks for, as data. Pure.

A repeated name is OR, different names are AND.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

TERM_FILTERS = {
    "field": "field",
    "area_of_life": "area_of_life",
    "target_group": "target_group",
    "language": "language",
    "eligibility": "eligibility",
    "level": "level",
    "format": "format",
}
# An offer for everybody is also an offer for each of these groups.
OPEN_TO_ALL = {"target_group", "eligibility"}
FLAGS = ("free", "childcare", "step_free", "open_now", "starts_soon")
FACETS = ("field", "region", *(n for n in TERM_FILTERS if n != "field"), *FLAGS)
SORTS = ("relevance", "distance", "title", "start", "confirmed")
DEFAULT_RADIUS_KM = 10.0
DEFAULT_PER_PAGE = 20
KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Moment:
    """When is asked, and where holidays are looked up (AGS)."""

    at: datetime
    ags: str

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class Spot:
    """A point people search around: degrees (WGS 84), and a radius in kilometres."""

    lat: float
    lon: float
    radius_km: float
    label: str = ""


@dataclass(frozen=True)
class Criteria:
    """A search as asked: term keys and AGS by filter name, and the rest by its own name."""

    q: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    unconfirmed: bool = False  # also what nobody has confirmed for long
    near: str = ""
    radius_km: float = DEFAULT_RADIUS_KM
    spot: Spot | None = None
    sort: str = ""
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE

    @classmethod
    def of(cls, data: dict[str, Any], spot: Spot | None) -> "Criteria":
        """Build from what the search schema loaded."""
        names = ("q", "near", "radius_km", "unconfirmed", "sort", "page", "per_page")
        named = {n: data[n] for n in names if n in data}
        chosen = {
            name: tuple(dict.fromkeys(data[name]))
            for name in (*TERM_FILTERS, "region")
            if data.get(name)
        }
        flags = {name: data[name] for name in FLAGS if data.get(name) is not None}
        return cls(chosen=chosen, flags=flags, spot=spot, **named)

    def selected(self, name: str) -> tuple[str, ...]:
        return self.chosen.get(name, ())

    def flag(self, name: str) -> bool:
        return self.flags.get(name) is True

    @property
    def restricted(self) -> list[str]:
        """Return the names of the filters in use, the text and the place included."""
        names = [*self.chosen, *self.flags]
        return [n for n in ("q", "near") if getattr(self, "spot" if n == "near" else n)] + names

    @property
    def order(self) -> str:
        """Return the sort asked for, else the one that fits the question."""
        if self.sort and not (self.sort == "distance" and not self.spot):
            return self.sort
        return "relevance" if self.q else "distance" if self.spot else "title"

    def parameters(self) -> list[tuple[str, str]]:
        """Return the query string's pairs, without page: every state is a shareable address."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [(name, "true" if on else "false") for name, on in self.flags.items()]
        if self.unconfirmed:
            pairs.append(("unconfirmed", "true"))
        if self.near:
            pairs += [("near", self.near), ("radius_km", f"{self.radius_km:g}")]
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.per_page != DEFAULT_PER_PAGE:
            pairs.append(("per_page", str(self.per_page)))
        return pairs
