"""What changes in a list of invitations when its rules are applied. Pure."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Present:
    """An invitation as it stands; `edited` names what was changed by hand and stays."""

    values: Mapping[str, Any]
    edited: Collection[str] = ()
    sent: bool = False


@dataclass(frozen=True)
class Difference:
    """Keys of those who would be added, and go; of those who stay, what would change.

    Where an invitation has been sent it stays until somebody withdraws it: `staying`.
    """

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    staying: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.added or self.gone or self.changed)

    @property
    def digest(self) -> str:
        """Return what tells whether it is still the difference that somebody has looked at."""
        told = [self.added, self.gone, sorted(self.changed.items())]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def compare(wanted: Mapping[str, Mapping[str, Any]], present: Mapping[str, Present]) -> Difference:
    """Return the difference between who is to be invited, with what, and who is.

    What was sent does not follow the register any more.
    """
    left = [key for key in present if key not in wanted]
    changed = {
        key: columns
        for key, row in present.items()
        if key in wanted and not row.sent
        if (columns := _changed(wanted[key], row))
    }
    return Difference(
        tuple(sorted(key for key in wanted if key not in present)),
        tuple(sorted(key for key in left if not present[key].sent)),
        changed,
        tuple(sorted(key for key in left if present[key].sent)),
    )


def _changed(wanted: Mapping[str, Any], row: Present) -> tuple[str, ...]:
    kept = row.edited
    return tuple(n for n, value in wanted.items() if n not in kept and row.values[n] != value)
