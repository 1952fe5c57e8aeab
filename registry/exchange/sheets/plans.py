"""What a row does to the register, before it does it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from flask_babel import gettext as _

from registry.core.ranges import backwards
from registry.exchange.sheets.columns import Column
from registry.exchange.sheets.entries import Entry, Key
from registry.exchange.sheets.told import Remark, Told

Verdict = Literal["new", "changed", "unchanged", "rejected"]


@dataclass(frozen=True)
class Change:
    """A cell that says something else than the register."""

    column: Column
    old: str
    new: str


@dataclass
class Links:
    """All places of an offer, its hours `at` one of them, its contact; None leaves it as it is."""

    places: list[Entry] | None = None
    at: Entry | None = None
    hours: str | None = None
    contact: Entry | None = None


@dataclass
class Creation:
    """An entry to be made below an actor; an actor is below itself.

    It is published if that is wanted and nothing is lacking.
    """

    entry: Entry
    key: Key
    actor: Entry
    loaded: dict[str, Any]
    links: Links = field(default_factory=Links)
    publish: bool = False


@dataclass
class Edit:
    """Values that an entry is to have from now on."""

    entry: Entry
    actor: Entry
    loaded: dict[str, Any]
    links: Links = field(default_factory=Links)


@dataclass
class Plan:
    """A row and all it would do; nothing of it is done where there are problems."""

    row: Told
    verdict: Verdict = "unchanged"
    creations: list[Creation] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    changes: list[tuple[Entry, Change]] = field(default_factory=list)
    keyed: list[tuple[Key, Entry]] = field(default_factory=list)

    @property
    def problems(self) -> list[Remark]:
        return self.row.problems

    def refuse(self, remarks: list[Remark]) -> None:
        self.row.problems += remarks


def contradictions(part: str, values: Mapping[str, Any], levels: Sequence[str]) -> dict[str, str]:
    """Return what single fields cannot see, as messages by field; `levels` rise."""
    if part == "place":
        if (values.get("lat") is None) != (values.get("lon") is None):
            missing = "lon" if values.get("lon") is None else "lat"
            return {missing: _("Please give both coordinates, or none.")}
        return {}
    if part != "offer":
        return {}
    found = backwards(values)
    if bool(values.get("level_from")) != bool(values.get("level_to")):
        missing = "level_from" if values.get("level_to") else "level_to"
        found[missing] = _("Please give both levels, or none.")
    elif values.get("level_to"):
        low, high = (levels.index(values[name]) for name in ("level_from", "level_to"))
        if low > high:
            found["level_to"] = _("The upper level lies below the lower one.")
    return found
