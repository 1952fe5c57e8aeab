"""Two entries side by side: in which details they differ, and whose words are proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.core.forms import Choices, Control, RecordSchema, controls, says_something

# Rows go along as they are; what is not an entry's own word is nobody's to choose.
ALONG = {"units", "contacts", "places", "runs", "closures"}


@dataclass(frozen=True)
class Side:
    """One detail in which two entries differ."""

    name: str
    label: Any
    winner: Control
    loser: Control
    takes_loser: bool


def choosable(schema: RecordSchema) -> list[str]:
    """Return the details of which people choose whose words stay."""
    names = [field.data_key or name for name, field in schema.load_fields.items()]
    return [name for name in names if name not in ALONG]


def sides(
    schema: RecordSchema,
    both: tuple[Mapping[str, Any], Mapping[str, Any]],
    choices: Choices,
    chosen: Mapping[str, str],
) -> list[Side]:
    """Return the details that differ; `chosen` are those already decided ("winner" or "loser")."""
    winner, loser = both
    names = [name for name in choosable(schema) if winner.get(name) != loser.get(name)]
    mine, theirs = (_by_name(schema, data, choices) for data in (winner, loser))
    newer = _is_newer(loser, winner)
    return [
        Side(
            name,
            mine[name].label,
            mine[name],
            theirs[name],
            chosen[name] == "loser" if name in chosen else _proposed(winner, loser, name, newer),
        )
        for name in names
    ]


def _by_name(schema: RecordSchema, data: Mapping[str, Any], choices: Choices) -> dict[str, Control]:
    return {control.name: control for control in controls(schema, data, {}, choices)}


def _is_newer(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (one.get("last_confirmed") or "") > (other.get("last_confirmed") or "")


def _proposed(winner: Mapping[str, Any], loser: Mapping[str, Any], name: str, newer: bool) -> bool:  # noqa: FBT001
    """Say whether the loser's words are better: the only ones, or confirmed more lately."""
    if not says_something(winner.get(name)) or winner.get(name) == "unknown":
        return says_something(loser.get(name))
    return newer and says_something(loser.get(name)) and loser.get(name) != "unknown"
