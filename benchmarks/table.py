"""The rows of the result: what it costs, what stands beside it, and what was wanted."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

Unit = Literal["ms", "B", ""]
HEADS = ("Goal", "What", "Offers", "Ours", "Beside", "Ratio", "Wanted", "Reached")
RIGHT = {0, 2, 3, 5}


@dataclass(frozen=True)
class Wanted:
    """A limit: of what is ours alone, of ours / beside ("cost"), or of beside / ours ("gain").

    Without a limit the row is for information. `missing` is what this run lacks to tell, such as
    "100,000 offers".
    """

    kind: Literal["own", "cost", "gain"]
    limit: float | None = None
    missing: str = ""


@dataclass(frozen=True)
class Row:
    """One measure; `against` says what stands beside it."""

    what: str
    ours: float
    beside: float | None = None
    against: str = ""
    wanted: Wanted | None = None
    _: KW_ONLY
    goal: int
    offers: int
    unit: Unit = "ms"

    @property
    def ratio(self) -> float | None:
        """Return how many times faster or smaller it is, where that is wanted, else its share."""
        if self.beside is None or (self.wanted and self.wanted.kind == "own"):
            return None
        gain = self.wanted is not None and self.wanted.kind == "gain"
        return self.beside / self.ours if gain else self.ours / self.beside

    @property
    def reached(self) -> bool | None:
        """Return whether the limit is kept, None where there is none or it cannot be told."""
        if self.wanted is None or self.wanted.limit is None or self.wanted.missing:
            return None
        measured = self.ours if self.ratio is None else self.ratio
        limit = self.wanted.limit
        return measured >= limit if self.wanted.kind == "gain" else measured <= limit

    def as_json(self) -> dict[str, Any]:
        wanted = self.wanted and vars(self.wanted)
        found = vars(self) | {"wanted": wanted, "ratio": self.ratio, "reached": self.reached}
        return {name: _rounded(value) for name, value in found.items()}

    def cells(self) -> list[str]:
        beside = "" if self.beside is None else f"{_amount(self.beside, self.unit)} "
        return [
            str(self.goal or ""),
            self.what,
            f"{self.offers:,}",
            _amount(self.ours, self.unit),
            f"{beside}{self.against}",
            self._shown_ratio(),
            self._shown_wanted(),
            {True: "yes", False: "no", None: "–"}[self.reached],
        ]

    def _shown_ratio(self) -> str:
        if self.wanted and self.wanted.missing:
            return f"needs {self.wanted.missing}"
        return "" if self.ratio is None else f"{_number(self.ratio)} ×"

    def _shown_wanted(self) -> str:
        if self.wanted is None or self.wanted.limit is None:
            return ""
        if self.wanted.kind == "own":
            return f"≤ {_amount(self.wanted.limit, self.unit)}"
        sign = "≥" if self.wanted.kind == "gain" else "≤"
        return f"{sign} {self.wanted.limit:g} ×"


def short_of(present: int, needed: int, what: str = "offers") -> str:
    """Return what is missing for a goal that is about so many."""
    return "" if present >= needed else f"{needed:,} {what}"


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a table that people read as it is, and Markdown too."""
    lines = [list(HEADS), *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADS))]
    rule = ["-" * (width - 1) + (":" if n in RIGHT else "-") for n, width in enumerate(widths)]
    return "\n".join(_line(line, widths) for line in [lines[0], rule, *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if n in RIGHT else cell.ljust(width)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join(padded)} |"


def _amount(value: float, unit: Unit) -> str:
    if unit == "B" and value >= 1000:
        return f"{_number(value / 1000)} kB"
    if unit == "ms" and value >= 1000:
        return f"{_number(value / 1000)} s"
    return f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    """Return three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _rounded(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value
