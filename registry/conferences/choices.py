"""What the selects of the forms about conferences offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from registry.actors.editing.choices import Offered
from registry.actors.models import Actor
from registry.core.forms import Option
from registry.network.bodies import queries


@dataclass(frozen=True)
class Choices(Offered):
    """The actors of the register, those that a form holds already, and what else is given."""

    held: tuple[Actor | None, ...] = ()
    others: tuple[tuple[str, tuple[Option, ...]], ...] = ()

    def __call__(self, kind: str) -> Iterable[Option]:
        given = dict(self.others)
        return given[kind] if kind in given else super().__call__(kind)

    def _holder(self) -> Iterable[Option]:
        return self._holders

    @cached_property
    def _holders(self) -> list[Option]:
        options = {str(uuid): name for uuid, name in queries.eligible(self.region)}
        kept = {str(each.uuid): each.name for each in self.held if each}
        return list({**options, **kept}.items())
