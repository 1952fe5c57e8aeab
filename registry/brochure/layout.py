"""What stands where in a brochure: chapters by field, and two indexes. Pure.

Works on publicly dumped offers. Each stands in one chapter, and in an index wherever it belongs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Offer = Mapping[str, Any]
ELSEWHERE = ""  # the key of what has no field or no place


@dataclass(frozen=True)
class Group:
    """Offers under one heading: the key of a field, or of a region (AGS)."""

    key: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Book:
    """The parts of a brochure; everything stands in the order the offers came in."""

    chapters: list[Group]
    by_place: list[Group]
    by_field: list[Group]


def arranged(
    offers: Sequence[Offer], fields: Sequence[str], chosen: Sequence[str], places: Sequence[str]
) -> Book:
    """Return the parts for offers.

    `fields` and `places` are keys in the order they are to stand in; `chosen` are the fields that
    were asked for, none for all: an offer that has several stands in the chapter of one of those.
    """
    wanted = set(chosen or fields)
    main = [[next((key for key in each["fields"] if key in wanted), ELSEWHERE)] for each in offers]
    every = [[key for key in each["fields"] if key in set(fields)] for each in offers]
    return Book(
        chapters=_grouped(offers, main, fields),
        by_place=_grouped(offers, map(places_of, offers), places),
        by_field=_grouped(offers, every, fields),
    )


def places_of(offer: Offer) -> list[str]:
    """Return where people look for an offer: its municipalities, else the areas it serves."""
    places = [link["details"]["municipality"] for link in offer["places"]]
    return list(dict.fromkeys(filter(None, places))) or list(offer["areas"])


def _grouped(
    offers: Iterable[Offer], keys: Iterable[Sequence[str]], order: Sequence[str]
) -> list[Group]:
    """Return the groups that have offers; what has no key comes last."""
    found: dict[str, list[Offer]] = {key: [] for key in (*order, ELSEWHERE)}
    for offer, own in zip(offers, keys, strict=True):
        for key in own or (ELSEWHERE,):
            found.setdefault(key, []).append(offer)
    elsewhere = found.pop(ELSEWHERE)
    found[ELSEWHERE] = elsewhere
    return [Group(key, tuple(rows)) for key, rows in found.items() if rows]
