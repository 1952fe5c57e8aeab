"""Venues and their rooms."""

from uuid import UUID

import pytest

from registry.conferences.venues import queries, services
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conftest import Cast
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference


def test_rooms_keep_their_ids_and_the_list_counts_them(cast: Cast) -> None:
    olga, host = cast.who("olga"), make_actor()
    rooms = [{"name": "Aula", "seats": 120}, {"name": "Zimmer 1", "seats": 0}]
    data = {"name": "Schulzentrum", "seats": 0, "host": {"uuid": host.uuid}, "rooms": rooms}
    made = services.create(olga, "09576", data)
    aula = made.rooms[0].uuid
    again = [{"name": "Foyer"}, {"uuid": aula, "name": "Aula"}, {"uuid": UUID(int=3), "name": "x"}]
    services.change(olga, made.uuid, 1, {"rooms": again})
    assert [each.name for each in made.rooms] == ["Foyer", "Aula", "x"]
    assert made.rooms[1].uuid == aula
    make_conference(venue=made)
    [row], total = queries.office_list(cast.who("carla"), sort="-seats")
    assert (row.rooms, row.used, row.seats, total) == (3, 1, 0, 1)
    services.archive(olga, made.uuid, 2, TODAY)
    assert queries.office_list(olga)[1] == 0
    assert list(queries.eligible("09576")) == []
    services.restore(olga, made.uuid)
    assert list(queries.eligible("09576")) == [made]


def test_only_the_region_s_organisers_change_it_and_only_its_actors_are_hosts(cast: Cast) -> None:
    made = services.create(cast.who("amal"), "09576", {"name": "Rathaus"})
    with pytest.raises(NotFound):
        services.change(cast.who("boris"), made.uuid, 1, {"name": "x"})
    with pytest.raises(NotAllowed):
        services.change(cast.who("carla"), made.uuid, 1, {"name": "x"})
    with pytest.raises(Conflict):
        services.change(cast.who("olga"), made.uuid, 7, {"name": "x"})
    for wrong in ({"host": {"uuid": make_actor(region="09573").uuid}}, {"lat": 49.2}):
        with pytest.raises(Invalid):
            services.change(cast.who("olga"), made.uuid, made.version, wrong)
