"""The seating of a World Café as pages and files show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.conferences.groups.models import Cafe, CafeTable
from registry.conferences.groups.queries import PersonRow
from registry.conferences.replies.models import Place


@dataclass(frozen=True)
class Way:
    """Somebody and the number of their table in each round, 0 where there is none."""

    row: PersonRow
    tables: tuple[int, ...]


@dataclass(frozen=True)
class Host:
    """Who hosts a table; `gone` is a participant who has given the seat back."""

    name: str
    gone: bool = False


def named(
    turns: Sequence[Mapping[int, Sequence[str]]], people: Sequence[PersonRow]
) -> list[dict[int, list[PersonRow]]]:
    """Return the people at each table in each round; whoever lost the seat is left out."""
    known = {each.guest.key: each for each in people}
    return [
        {number: [known[key] for key in table if key in known] for number, table in turn.items()}
        for turn in turns
    ]


def ways(turns: Sequence[Mapping[int, Sequence[str]]], people: Sequence[PersonRow]) -> list[Way]:
    """Return where everybody who was seated goes, by name."""
    at = [{key: number for number, table in turn.items() for key in table} for turn in turns]
    found = (Way(each, tuple(turn.get(each.guest.key, 0) for turn in at)) for each in people)
    return [each for each in found if any(each.tables)]


def hosts(row: Cafe, people: Sequence[PersonRow]) -> dict[int, Host]:
    """Return who hosts which table, by its number."""
    known = {each.id: each for each in people}
    found = ((table, _host(table, known)) for table in row.tables)
    return {table.number: host for table, host in found if host}


def _host(table: CafeTable, known: Mapping[int, PersonRow]) -> Host | None:
    person = table.host_person
    if person is not None and person.place != Place.SEAT:
        return Host(str(person) or "–", gone=True)
    if person is not None and person.id in known:
        return Host(known[person.id].guest.name or known[person.id].guest.organisation or "–")
    return Host(table.host) if table.host else None


def late(
    row: Cafe, turns: Sequence[Mapping[int, Sequence[str]]], people: Sequence[PersonRow]
) -> list[PersonRow]:
    """Return those who have no place at a table, though everybody else was seated."""
    there = {key for turn in turns for table in turn.values() for key in table}
    hosting = {each.host_id for each in row.tables}
    waiting = (each for each in people if each.guest.key not in there and each.id not in hosting)
    return list(waiting) if turns else []
