"""Networks in the register, in few words: published actors, a round of asking, and links."""

from datetime import date, timedelta
from typing import Any

from registry.actors.models import Actor
from registry.core.db import db
from registry.network.links.models import Cooperation, Report, Side, Via
from registry.network.rounds.models import Asked, Round
from registry.network.state import Kind
from tests.factories.actors import make_actor


def enter(
    pairs: str = "",
    *,
    alone: str = "",
    silent: str = "",
    contested: str = "",
    region: str = "09576",
    **fields: Any,
) -> dict[str, Actor]:
    """Enter actors named by letters and who works with whom: "ab bc" links a with b, b with c.

    Everybody was asked, the `silent` have not answered; both sides report each of the `pairs`,
    while of the `contested` the second says that there is nothing.
    """
    names = sorted({*pairs, *alone, *silent, *contested} - {" "})
    actors = {name: make_actor(name=name, region=region, **fields) for name in names}
    today = date.today()
    asked = Round(region=region, name="Herbst", deadline=today + timedelta(30), started_on=today)
    db.session.add(asked)
    for name, actor in actors.items():
        answered = None if name in silent else today
        db.session.add(Asked(round=asked, actor=actor, asked_on=today, answered_on=answered))
    for pair in [*pairs.split(), *contested.split()]:
        link(actors[pair[0]], actors[pair[1]], 2, 0 if pair in contested.split() else 2)
    db.session.commit()
    return actors


def link(one: Actor, other: Actor, *intensities: int, kind: Kind = Kind.EXCHANGE) -> Cooperation:
    """Add a link with what its first side, and maybe its second, says of it."""
    made = Cooperation(region=one.region, kind=kind, source=one, target=other)
    made.reports = [
        Report(side=side.value, intensity=said, reported_on=date.today(), via=Via.OFFICE.value)
        for side, said in zip(Side, intensities, strict=False)
    ]
    db.session.add(made)
    return made
