"""Groups and the people in them as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from registry.conferences.groups.placing import Guest, Led
from registry.conferences.groups.queries import PersonRow, Round
from registry.conferences.models import Group

SORTS = ("name", "organisation", "group", "rank")
STATES = {
    "alone": _l("in no group"),
    "none": _l("got none of their wishes"),
    "later": _l("got a second or later wish"),
    "by_hand": _l("moved by hand"),
    "unasked": _l("said no wish"),
}


@dataclass(frozen=True)
class Line:
    """A group with who moderates it and who is in it."""

    group: Group
    led: Led
    members: tuple[PersonRow, ...]


@dataclass(frozen=True)
class Asked:
    """Which people are asked for, "" for all, and their order."""

    group: str = ""
    state: str = ""
    sort: str = "name"


def lines(wanted: Round, led: Sequence[Led], rows: Sequence[PersonRow]) -> list[Line]:
    inside: dict[str, list[PersonRow]] = {}
    for each in rows:
        inside.setdefault(each.guest.group, []).append(each)
    return [
        Line(group, told, tuple(inside.get(str(group.uuid), ())))
        for group, told in zip(wanted.groups, led, strict=True)
    ]


def chosen(rows: Sequence[PersonRow], asked: Asked, order: Sequence[str]) -> list[PersonRow]:
    """Return the people that are asked for; `order` is that of the groups."""
    found = [
        each
        for each in rows
        if asked.group in ("", each.guest.group) and _is(each.guest, asked.state)
    ]
    place = {key: number for number, key in enumerate(order)}
    keys: dict[str, Any] = {
        "organisation": lambda row: row.guest.organisation.casefold(),
        "group": lambda row: place.get(row.guest.group, -1),
        "rank": lambda row: _order(row.guest),
    }
    name = asked.sort.removeprefix("-")
    found.sort(key=keys[name]) if name in keys else None
    return found[::-1] if asked.sort.startswith("-") else found


def _order(guest: Guest) -> int:
    """Return the rank, after all ranks none of the wishes, then no wish, then no group."""
    if not guest.group:
        return 10_002
    return (guest.rank or 10_000) if guest.wishes else 10_001


def _is(guest: Guest, state: str) -> bool:
    placed = bool(guest.group and guest.wishes)
    return {
        "alone": not guest.group,
        "none": placed and guest.rank is None,
        "later": placed and (guest.rank or 0) > 1,
        "by_hand": guest.by_hand,
        "unasked": not guest.wishes,
    }.get(state, True)


def named(row: PersonRow) -> str:
    """Return a person and whom they come for; names may be unknown."""
    return ", ".join(filter(None, (row.guest.name or row.function, row.guest.organisation))) or "–"
