"""Needs are entered with their source, and stay within their district."""

from datetime import date
from typing import Any

import pytest

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.network.catalogue.cells import Coverage, cells
from registry.network.needs import queries, services
from registry.network.queries import load_offers
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

DAY = date(2026, 11, 2)
NEED: dict[str, Any] = {
    "field": "advice",
    "place": "09576143",
    "language": "ar",
    "target_group": None,
    "persons": 40,
    "source": "Schätzung",
    "known_on": DAY,
    "note": None,
}


def enter(who: Any, **changed: Any) -> Any:
    made = services.enter(who, "09576", {**NEED, **changed})
    db.session.commit()
    return made


def test_a_need_is_set_against_what_everyone_can_find(cast: Any) -> None:
    enter(cast.olga.as_who())
    arabic = [{"language": "ar", "by": "staff"}]
    offers = [make_offer(languages=arabic, areas=[]) for _number in range(2)]
    make_offer(languages=arabic, areas=[], status="draft")
    make_offer(make_actor(name="Fürth", region="09573"), languages=arabic)
    [cell] = cells(queries.needed("09576"), load_offers("09576", DAY))
    assert cell.coverage is Coverage.COVERED
    assert set(cell.offers) == {str(offer.uuid) for offer in offers}
    assert set(cell.providers) == {offer.actor_id for offer in offers}


def test_the_same_need_is_not_entered_twice(cast: Any) -> None:
    who = cast.amal.as_who()
    first = enter(who)
    with pytest.raises(Invalid) as refused:
        enter(who, persons=3)
    assert "field" in refused.value.errors
    enter(who, language=None)
    changed = services.change(who, first.uuid, first.version, {"persons": None})
    assert (changed.persons, changed.version) == (None, 2)
    with pytest.raises(Conflict):
        services.change(who, first.uuid, 1, {"persons": 1})


@pytest.mark.parametrize(
    ("field", "value"),
    [("place", "09573111"), ("place", "09576999"), ("field", "nothing"), ("language", "xx")],
)
def test_what_does_not_exist_here_is_refused_at_its_field(
    cast: Any, field: str, value: str
) -> None:
    with pytest.raises(Invalid) as refused:
        enter(cast.amal.as_who(), **{field: value})
    assert list(refused.value.errors) == [field]


def test_readers_and_other_districts_change_nothing(cast: Any) -> None:
    made = enter(CONSOLE)
    for who, error in ((cast.carla, NotAllowed), (cast.boris, NotFound)):
        with pytest.raises(error):
            services.change(who.as_who(), made.uuid, 1, {"persons": 1})
        with pytest.raises(error):
            services.delete(who.as_who(), made.uuid, 1)
    with pytest.raises(NotAllowed):
        enter(cast.carla.as_who())
    services.delete(cast.amal.as_who(), made.uuid, 1)
    assert queries.needed("09576") == []
