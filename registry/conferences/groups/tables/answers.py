"""What two tables of an organiser become: an answer as plain data, which is kept for a day."""

from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from registry.conferences.assignment import Costs, Impossible, assign
from registry.conferences.groups.wording import shortfall
from registry.conferences.rotation import rotate
from registry.conferences.wishes import read_groups, read_people
from registry.core.errors import Invalid

MOST_PEOPLE = 2_000  # more take longer than somebody waits for a page
MOST_SEATS = 3_000  # people times rounds
Answer = dict[str, Any]


def assigned(groups: Path, wishes: Path, costs: Costs, seed: int) -> Answer:
    """Return who goes into which group; raises Invalid with what stands where of which table."""
    try:
        bounds = read_groups(groups)
    except Invalid as error:
        raise Invalid({"groups": error.errors["file"]}) from None
    try:
        people = read_people(wishes, bounds)
    except Invalid as error:
        raise Invalid({"wishes": error.errors["file"]}) from None
    if len(people) > MOST_PEOPLE:
        raise Invalid({"wishes": [_("This page takes up to %(most)s people.", most=MOST_PEOPLE)]})
    try:
        found = assign(people, bounds, costs, seed=seed)
    except Impossible as error:
        lines = [shortfall(each, each.group) for each in error.shortfalls]
        raise Invalid({"impossible": lines}) from None
    return {
        "kind": "assign",
        "total_cost": found.total_cost,
        "assignments": [
            {"person": each.person, "group": each.group, "rank": each.rank} for each in found.placed
        ],
        "unplaced": [{"person": key, "reason": why} for key, why in found.unplaced.items()],
        "seed": seed,
    }


def rotated(tables: int, rounds: int, people: int, seed: int) -> Answer:
    """Return who sits at which table; guests are numbered from 1."""
    if rounds > tables:
        message = _("There are more rounds than tables: somebody would sit at a table twice.")
        raise Invalid({"rounds": [message]})
    if people * rounds > MOST_SEATS:
        message = _("This page takes up to %(most)s people.", most=MOST_SEATS // rounds)
        raise Invalid({"people": [message]})
    found = rotate(tables, rounds, people, seed=seed)
    return {
        "kind": "rotate",
        "rounds": [
            {str(number): [guest + 1 for guest in table] for number, table in enumerate(turn, 1)}
            for turn in found.seating
        ],
        "repeated_pairs": found.repeated,
        "seed": seed,
    }


def plain(answer: Answer) -> Answer:
    """Return an answer as the command line gives it."""
    return {name: value for name, value in answer.items() if name != "kind"}
