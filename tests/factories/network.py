"""Networks in few words: as states without a database, and as links that stand in one."""

from datetime import date
from typing import Any

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.core.db import db
from registry.network.links import services
from registry.network.links.models import Cooperation
from registry.network.state import Kind, Link, Node, Said, State
from tests.factories.actors import make_actor

DAY = date(2026, 11, 2)


def said(intensity: int = 2, **facts: object) -> Said:
    return Said(intensity, DAY, **facts)  # type: ignore[arg-type]


def state(
    pairs: str,
    *,
    kind: Kind = Kind.EXCHANGE,
    alone: str = "",
    silent: str = "",
    both: bool = True,
) -> State:
    """Return a network of actors named by letters: "ab bc" links a with b and b with c.

    Everybody was asked; the `silent` have not answered. With `both` each side reports each link.
    """
    names = sorted({*pairs.replace(" ", ""), *alone, *silent})
    keys = {name: number for number, name in enumerate(names, 1)}
    nodes = {
        number: Node(number, name, name, asked=True, answered=name not in silent)
        for name, number in keys.items()
    }
    links = (
        Link(pair, kind, keys[pair[0]], keys[pair[1]], said(), said() if both else None)
        for pair in pairs.split()
    )
    return State("09576", DAY, nodes, tuple(links))


def make_actors(*names: str, **fields: Any) -> list[Actor]:
    """Make published actors of Landkreis Roth by their names."""
    return [make_actor(name=name, **fields) for name in names]


def make_link(
    source: Actor,
    target: Actor,
    kind: str = "joint",
    *,
    by_source: int | None = 2,
    by_target: int | None = None,
    **fields: Any,
) -> Cooperation:
    """Enter a link; None for a side that says nothing. `fields` are of the link or of its reports.

    Reports are of today, unless `reported_on` says otherwise.
    """
    own = {name: fields.pop(name) for name in ("field", "note") if name in fields}
    fields.setdefault("reported_on", date.today())
    said = {
        name: {"intensity": intensity, **fields}
        for name, intensity in (("by_source", by_source), ("by_target", by_target))
        if intensity is not None
    }
    ends = {"source": source.uuid, "target": target.uuid}
    made = services.enter(CONSOLE, source.region, {**ends, "kind": kind, **own, **said})
    db.session.commit()
    return made
