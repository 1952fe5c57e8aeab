"""Who is named most, who has no partner, and of whom nobody knows."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.network.state import COOPERATION, Kind, Standing, State


@dataclass(frozen=True)
class Partners:
    """Actors (internal keys). `named` is by how many others each is named as a partner.

    `isolated` were asked, answered, and nobody names them; of the `unknown` nobody knows.
    """

    named: dict[int, int]
    standing: dict[int, Standing]
    isolated: tuple[int, ...]
    unknown: tuple[int, ...]

    @property
    def most_named(self) -> tuple[int, ...]:
        """Return whoever is named by most; nobody where nobody is named."""
        most = max(self.named.values(), default=0)
        return tuple(key for key, number in self.named.items() if number == most > 0)


def partners(state: State, kinds: Iterable[Kind] = COOPERATION) -> Partners:
    """Return what is known of each actor's partners; whoever is named twice counts once."""
    wanted = tuple(kinds)
    standing, named = state.standing(wanted), state.named_by(wanted)
    return Partners(
        named={key: len(named[key]) for key in state.ordered},
        standing=standing,
        isolated=_those(state, standing, Standing.ISOLATED),
        unknown=_those(state, standing, Standing.UNKNOWN),
    )


def _those(state: State, standing: dict[int, Standing], wanted: Standing) -> tuple[int, ...]:
    return tuple(key for key in state.ordered if standing[key] is wanted)
