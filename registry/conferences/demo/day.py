"""The day itself: who came, and what was put on the walls."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from registry.conferences.attendance import services as door
from registry.conferences.attendance.models import Door
from registry.conferences.demo.setting import Told, at
from registry.conferences.replies.told import Person
from registry.conferences.wall import queries as walls
from registry.conferences.wall import services as wall
from registry.conferences.wall.queries import Wall

OPENS = 11  # in UTC: a good hour before a conference in the early afternoon begins


def hold(told: Told) -> None:
    """Let people arrive, write cards and give dots."""
    _arrivals(told, told.entry["came"])
    for each in walls.walls(told.conference):
        _cards(told, each, told.entry["walls"][each.title])


def _arrivals(told: Told, said: Mapping[str, Any]) -> None:
    day, who, uuid = told.first_day, told.who, told.uuid
    absent = {told.seat(ref) for ref in said["absent"]}
    instead = {told.seat(each["for"]): _person(each) for each in said["instead"]}
    arrivals = []
    for row in told.guests():
        if row.uuid in instead:
            arrivals.append(door.stand_in(who, uuid, row.uuid, instead[row.uuid], day))
        elif row.uuid not in absent:
            via = Door.BADGE if len(arrivals) % 3 else Door.LIST
            arrivals.append(door.arrive(who, uuid, row.uuid, day, via))
    arrivals += [
        door.walk_in(who, uuid, each["organisation"], _person(each), day)
        for each in said["walk_ins"]
    ]
    for number, each in enumerate(arrivals):
        each.presence.at = at(day, OPENS) + timedelta(minutes=2 * number)


def _person(said: Mapping[str, str]) -> Person:
    return Person(*(said.get(name, "") for name in ("given_name", "family_name", "function")))


def _cards(told: Told, found: Wall, said: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Put cards up, each with its dots from somebody of the group."""
    for question, cards in said.items():
        for number, each in enumerate(cards):
            card = wall.add(told.who, found, question, each["text"])
            if "dots" in each:
                giver = f"example {question} {number}"
                wall.give(told.who, found, card.uuid, giver, each["dots"])
