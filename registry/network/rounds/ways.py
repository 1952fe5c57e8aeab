"""What is asked of each partner: the kinds of a round, of directed ones each direction. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.network.state import COOPERATION, DIRECTED, Kind

INCOMING = "_in"  # what others do for the actor: "they send people to us"
MOST = 3  # the highest intensity
Partners = dict[str, dict[str, int]]  # public id, way, intensity from 0 to 3


def ways(kinds: Iterable[str]) -> list[str]:
    """Return the ways two actors can work together that a round asks for; a wish is none."""
    asked = set(kinds)
    return [
        f"{kind}{direction}"
        for kind in COOPERATION
        if kind in asked
        for direction in (("", INCOMING) if kind in DIRECTED else ("",))
    ]


def is_partner(said: Mapping[str, int]) -> bool:
    """Return whether somebody was chosen as a partner, be it that nothing was said yet."""
    return any(way != Kind.WISH for way in said)


def works_together(said: Mapping[str, int]) -> bool:
    return any(level for way, level in said.items() if way != Kind.WISH)


def is_wish(said: Mapping[str, int]) -> bool:
    return bool(said.get(Kind.WISH))


@dataclass(frozen=True)
class Difference:
    """What two people filled in differently.

    Where only one of them names the partner, `way` is "" and who does not has None.
    """

    partner: str
    way: str
    mine: int | None
    theirs: int | None


def differences(mine: Partners, theirs: Partners) -> list[Difference]:
    """Return where two drafts differ, each partner that only one of them names once.

    Of a partner whom I have just chosen and said nothing of, what the other said is no difference.
    """
    found = []
    for partner in sorted(mine.keys() | theirs.keys()):
        one, other = mine.get(partner), theirs.get(partner)
        if one is None:
            found.append(Difference(partner, "", None, 1))
        elif other is None:
            found.append(Difference(partner, "", 1, None))
        elif any(one.values()):
            found += _between(partner, one, other)
    return found


def _between(partner: str, one: Mapping[str, int], other: Mapping[str, int]) -> list[Difference]:
    every = sorted(one.keys() | other.keys())
    levels = ((way, one.get(way, 0), other.get(way, 0)) for way in every)
    return [Difference(partner, *each) for each in levels if each[1] != each[2]]


def together(mine: Partners, theirs: Partners) -> Partners:
    """Return what both filled in; where they differ, mine, unless I said nothing of a partner."""
    return {
        key: _joined(mine.get(key, {}), theirs.get(key, {}))
        for key in sorted(mine.keys() | theirs.keys())
    }


def _joined(mine: Mapping[str, int], theirs: Mapping[str, int]) -> dict[str, int]:
    return {**theirs, **mine} if any(mine.values()) else {**mine, **theirs}
