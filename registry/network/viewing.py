"""What of the network a page shows: its address says so, and what it says wrong counts as not said.

An actor of elsewhere in an address is one that does not exist.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import request

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.core import i18n
from registry.core.listing import one_of
from registry.network import queries
from registry.network.catalogue.failing import Falling, falls_away
from registry.network.drawing import scene as drawing
from registry.network.drawing.marks import Mark, marks
from registry.network.drawing.scene import Scene
from registry.network.state import COOPERATION, Kind, Node, Rule, Standing, State
from registry.network.trust import Trust, trust
from registry.vocabulary import queries as vocabulary

FILTERS = ("kind", "rule", "field", "municipality", "day", "focus", "without")


@dataclass(frozen=True)
class View:
    """The network of a day, and what is asked of it; "" where nothing is asked."""

    whole: State
    kind: str = ""
    rule: Rule = Rule.ANY
    field: str = ""
    municipality: str = ""
    focus: Node | None = None
    without: Node | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds that are drawn: one, or all cooperation together."""
        return (Kind(self.kind),) if self.kind else COOPERATION

    @property
    def narrowed(self) -> bool:
        return bool(self.field or self.municipality or self.focus)

    @cached_property
    def shown(self) -> State:
        """Return the actors that are shown and the links between them."""
        state = self.whole.without(self.without.id) if self.without else self.whole
        return state.only(nodes=[key for key in state.ordered if self._shows(state.nodes[key])])

    @cached_property
    def falling(self) -> Falling | None:
        """Return what happens without the actor that is left out."""
        if self.without is None:
            return None
        return falls_away(self.whole, self.without.id, self.kinds, self.rule)

    @cached_property
    def trust(self) -> Trust:
        return trust(self.shown, self.kinds)

    @cached_property
    def standing(self) -> dict[int, Standing]:
        """Return what is known of each actor's cooperation, whatever is shown of it."""
        return self.whole.standing()

    @property
    def too_many(self) -> bool:
        return len(self.shown.nodes) > drawing.MOST

    @cached_property
    def scene(self) -> Scene:
        """Return the picture; positions stay the same whatever is filtered."""
        places = drawing.placed(self.whole if len(self.whole.nodes) <= drawing.MOST else self.shown)
        return drawing.scene(
            self.shown, places, category_marks(), kinds=self.kinds, rule=self.rule, roles=self.roles
        )

    @property
    def roles(self) -> dict[int, str]:
        found = dict.fromkeys(self.falling.cut_off if self.falling else (), "cut-off")
        return found | ({self.focus.id: "focus"} if self.focus else {})

    def _shows(self, node: Node) -> bool:
        return (
            (not self.field or self.field in node.fields)
            and (not self.municipality or self._within(node))
            and (not self.focus or node.id in self._around)
        )

    def _within(self, node: Node) -> bool:
        return any(ags.startswith(self.municipality) for ags in node.municipalities)

    @cached_property
    def _around(self) -> frozenset[int]:
        """Return whom the focus is on, and its partners."""
        if self.focus is None:
            return frozenset()
        links = self.whole.counting(self.kinds, self.rule)
        near = {end for each in links if self.focus.id in each.pair for end in each.pair}
        return frozenset({self.focus.id, *near})


def view() -> View:
    """Return what the address of this request asks for."""
    require(who(), Permission.NETWORK_READ, None)
    whole = load(day())
    by_key = {node.key: node for node in whole.nodes.values()}
    without = by_key.get(request.args.get("without", ""))
    focus = by_key.get(request.args.get("focus", ""))
    return View(
        whole,
        kind=one_of("kind", Kind),
        rule=Rule(one_of("rule", Rule) or Rule.ANY),
        field=one_of("field", vocabulary.keys("field")),
        municipality=one_of(
            "municipality", {ags for node in whole.nodes.values() for ags in node.municipalities}
        ),
        focus=focus if focus != without else None,
        without=without,
    )


def load(on: date) -> State:
    """Return the network of whoever asks on a day."""
    region = queries.region_of(who())
    return queries.load_state(region, on) if region else State("", on, {}, ())


def day() -> date:
    """Return the day that is asked for, today where none is."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return i18n.local_now().date()


def category_marks() -> dict[str | None, Mark]:
    return marks([term.key for term in vocabulary.terms("category")])
