"""The office's pages about conferences."""

from typing import Any

from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference, make_invitation

DATABASES = ["postgresql"]


def test_the_list_and_the_plan_show_a_conference_to_its_own_region_alone(as_user: Any) -> None:
    made = make_conference()
    make_invitation(made, make_actor())
    address = f"/de/office/conferences/{made.uuid}"
    assert made.title in as_user("carla").get("/de/office/conferences").text
    assert made.title in as_user("carla").get(address).text
    assert made.title not in as_user("boris").get("/de/office/conferences").text
    assert as_user("boris").get(address).status_code == 404
