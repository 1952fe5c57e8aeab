"""Certificates of attendance as data for the typesetter. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.conferences import german


@dataclass(frozen=True)
class Given:
    """What all certificates of a part say; `issuer` is who leads, by function and institution."""

    programme: str
    part: str
    days: Sequence[date]
    place: str
    modules: Sequence[tuple[str, str, int | None]]  # title, institution, minutes
    issuer: str
    function: str
    town: str


def document(given: Given, names: Sequence[tuple[str, str]], today: date) -> dict[str, Any]:
    """Return the document for these names and organisations, a sheet each."""
    days = [german.day(day) for day in given.days]
    return {
        "title": "Teilnahmebestätigung",
        "lang": "de",
        "programme": given.programme,
        "part": given.part,
        "days": " und ".join(days) if len(days) < 3 else ", ".join(days),
        "place": given.place,
        "modules": [
            {"title": title, "author": author, "minutes": f"{minutes} Minuten" if minutes else ""}
            for title, author, minutes in given.modules
        ],
        "issuer": given.issuer,
        "function": given.function,
        "on": ", ".join(part for part in (given.town, german.day(today)) if part),
        "people": [{"name": name, "organisation": place} for name, place in names],
    }
