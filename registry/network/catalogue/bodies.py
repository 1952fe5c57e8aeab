"""Bodies, the organisations that sit in them, and the fields they deal with: who meets where.

Sitting in one body is not cooperation; nothing here becomes a link. Guests come without a seat and
are not counted. Named networks do not meet: whoever asks leaves them out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

SMALL = 4  # members; below, a share says little, because one member more or less turns it
MUCH = 0.6  # of all members of both, from which two bodies are worth talking about
GUEST = "guest"


@dataclass(frozen=True)
class Body:
    """A body with what its members are in it, by actor (internal keys), and the keys of its fields.

    `key` is its public id, `form` body, council or network.
    """

    key: str
    name: str
    form: str
    parts: Mapping[int, str]
    fields: tuple[str, ...] = ()
    example: bool = False

    @property
    def members(self) -> frozenset[int]:
        """Return who has a seat."""
        return frozenset(actor for actor, part in self.parts.items() if part != GUEST)

    @property
    def small(self) -> bool:
        return len(self.members) < SMALL


@dataclass(frozen=True)
class Overlap:
    """Two bodies with members in common: `shared` of `members` that sit in one of them or both.

    `fields` counts the fields of either, `shared_fields` are those of both.
    """

    one: Body
    other: Body
    shared: tuple[int, ...]
    members: int
    shared_fields: tuple[str, ...]
    fields: int

    @property
    def of_members(self) -> float:
        """Return the Jaccard index of the members, 0 to 1."""
        return len(self.shared) / self.members

    @property
    def of_fields(self) -> float | None:
        """Return the Jaccard index of the fields; None where neither has any."""
        return len(self.shared_fields) / self.fields if self.fields else None

    @property
    def small(self) -> bool:
        return self.one.small or self.other.small


@dataclass(frozen=True)
class Presence:
    """In which bodies (public ids, in their order) an actor has a seat."""

    actor: int
    bodies: tuple[str, ...]


def overlaps(bodies: Iterable[Body]) -> list[Overlap]:
    """Return all pairs with members in common, the greatest share of members first."""
    pairs = combinations(sorted(bodies, key=lambda each: (each.name, each.key)), 2)
    found = (_overlap(one, other) for one, other in pairs)
    kept = [each for each in found if each.shared]
    return sorted(kept, key=lambda each: (-each.of_members, each.one.name, each.other.name))


def much_alike(bodies: Iterable[Body], least: int = SMALL, share: float = MUCH) -> list[Overlap]:
    """Return the pairs worth talking about: both of some size, with most members in common."""
    large = [each for each in bodies if len(each.members) >= least]
    return [each for each in overlaps(large) if each.of_members >= share]


def without_body(fields: Iterable[str], bodies: Iterable[Body]) -> list[str]:
    """Return those of the fields that no body deals with, in their order."""
    covered = {field for each in bodies for field in each.fields}
    return [field for field in fields if field not in covered]


def presences(bodies: Sequence[Body]) -> list[Presence]:
    """Return all who have a seat, those in most bodies first."""
    seats: dict[int, list[str]] = {}
    for each in bodies:
        for actor in each.members:
            seats.setdefault(actor, []).append(each.key)
    found = (Presence(actor, tuple(keys)) for actor, keys in seats.items())
    return sorted(found, key=lambda each: (-len(each.bodies), each.actor))


def _overlap(one: Body, other: Body) -> Overlap:
    shared_fields = tuple(field for field in one.fields if field in other.fields)
    return Overlap(
        one,
        other,
        tuple(sorted(one.members & other.members)),
        len(one.members | other.members),
        shared_fields,
        len({*one.fields, *other.fields}),
    )
