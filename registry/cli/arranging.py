"""Arranging people at a conference from nothing but a table; no register is needed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from registry.cli.base import Refused, command, tell
from registry.cli.conference import conference
from registry.conferences.assignment import (
    COSTS,
    UNLISTED,
    Assignment,
    Costs,
    Impossible,
    Shortfall,
    assign,
)
from registry.conferences.rotation import rotate
from registry.conferences.wishes import read_groups, read_people
from registry.core.errors import Invalid

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
REASONS = {
    "full": "every group is full",
    "organisation": "the groups take no more of this organisation",
    "nowhere": "no group is possible",
}
IN_THE_WAY = {
    "people": "there are too few people",
    "organisations": "too many are of the same organisation; let the group take more of each",
    "exclusions": "too many cannot come in",
    "others": "other groups need the same people; lower a minimum",
}


class _Numbers(click.ParamType[tuple[int, ...]]):
    name = "numbers"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        try:
            found = tuple(int(each) for each in value.split(","))
        except ValueError:
            self.fail("whole numbers with commas between them, as in 0,1,4,9", param, ctx)
        if min(found) < 0:
            self.fail("costs are not negative", param, ctx)
        return found


@command("assign", conference)
@click.option(
    "--wishes", type=FILE, required=True, help="CSV or XLSX: person, organisation, wish_1, wish_2 …"
)
@click.option(
    "--groups", type=FILE, required=True, help="group, minimum, maximum, per_organisation"
)
@click.option(
    "--costs",
    type=_Numbers(),
    default=COSTS,
    help="of each rank, the last also beyond; default: 0,1,4,9",
)
@click.option(
    "--unlisted", type=click.IntRange(0), default=UNLISTED, help="cost of no wish; default: 25"
)
@click.option("--seed", type=int, default=0, help="decides among equally good ones")
def assign_groups(**given: Any) -> None:
    """Put people into working groups by their wishes, as few against them as possible."""
    costs = Costs(given["costs"], given["unlisted"])
    groups = _taken(read_groups, given["groups"])
    people = _taken(read_people, given["wishes"], groups)
    try:
        found = assign(people, groups, costs, seed=given["seed"])
    except Impossible as error:
        raise Refused("\n".join(map(_told, error.shortfalls))) from None
    tell(given["as_json"], _lines(found), **_facts(found))


def _taken(read: Callable[..., Any], *given: Any) -> Any:
    try:
        return read(*given)
    except Invalid as error:
        messages = [text for texts in error.errors.values() for text in texts]
        raise Refused("\n".join([f"{given[0]}:", *map(str, messages)])) from None


def _told(lack: Shortfall) -> str:
    """Name the minimum; alone it could be met where only other groups are in the way."""
    most = "" if lack.because == "others" else f", at most {lack.possible} are possible"
    why = IN_THE_WAY[lack.because]
    return f"{lack.group}: the minimum of {lack.minimum} cannot be met{most} ({why})"


def _facts(found: Assignment) -> dict[str, Any]:
    return {
        "total_cost": found.total_cost,
        "assignments": [
            {"person": each.person, "group": each.group, "rank": each.rank} for each in found.placed
        ],
        "unplaced": [
            {"person": person, "reason": REASONS[why]} for person, why in found.unplaced.items()
        ],
        "seed": found.seed,
    }


def _lines(found: Assignment) -> str:
    placed = [f"{each.person}\t{each.group}\t{each.rank or '–'}" for each in found.placed]
    left = [f"{person}\t–\t{REASONS[why]}" for person, why in found.unplaced.items()]
    return "\n".join([*placed, *left, f"Total cost {found.total_cost}, seed {found.seed}."])


@command("rotate", conference)
@click.option("--tables", type=click.IntRange(1, 100), required=True)
@click.option("--rounds", type=click.IntRange(1, 100), required=True)
@click.option("--people", type=click.IntRange(0, 5000), required=True)
@click.option("--seed", type=int, default=0, help="where the search begins")
def rotate_tables(**given: Any) -> None:
    """Say who sits at which table in each round of a World Café."""
    try:
        found = rotate(given["tables"], given["rounds"], given["people"], seed=given["seed"])
    except ValueError as error:
        raise Refused(str(error)) from None
    rounds = [
        {str(number): [guest + 1 for guest in table] for number, table in enumerate(turn, 1)}
        for turn in found.seating
    ]
    lines = [
        f"Round {turn}, table {table}: {', '.join(map(str, guests))}"
        for turn, tables in enumerate(rounds, 1)
        for table, guests in tables.items()
    ]
    sentence = "\n".join([*lines, f"{found.repeated} pairs meet again."])
    tell(given["as_json"], sentence, rounds=rounds, repeated_pairs=found.repeated)
