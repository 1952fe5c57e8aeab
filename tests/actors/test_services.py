"""Keeping actors true, as use cases."""

from datetime import date
from uuid import uuid4

import pytest

from registry.access.policy import CONSOLE
from registry.actors import services
from registry.actors.models import Status
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor

pytestmark = pytest.mark.usefixtures("database")


def test_a_region_that_does_not_exist_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid) as error:
        services.create_actor(CONSOLE, "09999", {"name": "X"})
    assert "region" in error.value.errors


def test_an_editor_creates_nothing_in_another_district(cast: Cast) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        services.create_actor(cast.who("boris"), "09576", {"name": "X"})


def test_a_stale_version_is_a_conflict_that_carries_the_saved_state() -> None:
    actor = make_actor()
    services.update_actor(CONSOLE, actor.uuid, actor.version, {"name": "Neu"})
    with pytest.raises(Conflict) as error:
        services.update_actor(CONSOLE, actor.uuid, actor.version - 1, {"name": "Zu spät"})
    assert error.value.theirs.name == "Neu"


def test_no_actor_stands_above_itself() -> None:
    top = make_actor(name="Oben")
    below = make_actor(name="Unten", parent=str(top.uuid))
    with pytest.raises(Invalid) as error:
        services.update_actor(CONSOLE, top.uuid, top.version, {"parent": below.uuid})
    assert "parent" in error.value.errors


def test_a_contact_names_only_units_of_its_own_actor() -> None:
    with pytest.raises(Invalid) as error:
        make_actor(contacts=[{"function": "Empfang", "unit": "Gibt es nicht"}])
    assert "unit" in error.value.errors["contacts"][0]


def test_a_place_without_coordinates_gets_those_of_its_municipality() -> None:
    place = make_actor(places=[PLACE]).places[0]
    assert place.lat is not None
    assert place.lon is not None


def test_a_postcode_of_one_municipality_names_it() -> None:
    place = make_actor(places=[{"name": "Haus", "postcode": "91161"}]).places[0]
    assert place.municipality == "09576127"


def test_adding_a_place_leaves_contacts_and_places_as_they_are() -> None:
    actor = make_actor(
        units=[{"name": "Büro"}], contacts=[{"function": "Empfang", "unit": "Büro"}], places=[PLACE]
    )
    _none, place = services.add_to_actor(
        CONSOLE, actor.uuid, None, {"municipality": "09576127", "name": "Zweigstelle"}
    )
    assert [each.name for each in actor.places] == ["Rathaus", "Zweigstelle"]
    assert place is actor.places[1]
    assert actor.contacts[0].unit is actor.units[0]


def test_a_municipality_alone_means_the_only_place_an_actor_has_there() -> None:
    actor = make_actor(places=[PLACE])
    _none, place = services.add_to_actor(
        CONSOLE, actor.uuid, None, {"municipality": PLACE["municipality"]}
    )
    assert place is actor.places[0]
    assert len(actor.places) == 1


def test_confirming_notes_the_day() -> None:
    actor = make_actor()
    services.confirm_actor(CONSOLE, actor.uuid, date(2026, 11, 24))
    assert actor.last_confirmed == date(2026, 11, 24)


def test_restoring_makes_a_draft() -> None:
    actor = make_actor(status="archived")
    assert services.restore_actor(CONSOLE, actor.uuid).status == Status.DRAFT


def test_an_unknown_actor_is_not_found() -> None:
    with pytest.raises(NotFound):
        services.archive_actor(CONSOLE, uuid4())
