"""Which regions an entry is about, as far as everyone may know. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any


def around(places: Iterable[Mapping[str, Any]], areas: Iterable[str]) -> list[str]:
    """Return where places are that are not confidential, and the areas (AGS) that are served."""
    there = {place["municipality"] for place in places if not place["confidential"]}
    return sorted(filter(None, there | set(areas)))
