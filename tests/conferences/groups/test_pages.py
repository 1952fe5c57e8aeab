"""The office's pages about groups."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.core.db import db
from tests.conftest import count_queries
from tests.factories.conferences import make_conference, make_participant

DATABASES = ["postgresql"]


def address(made: Conference, rest: str = "") -> str:
    return f"/en/office/conferences/{made.uuid}/groups{rest}"


@pytest.fixture
def made(database: None) -> Conference:
    made = make_conference()
    language, work = made.groups
    language.maximum = 1
    make_participant(made, "Haddad", language, work, organisation="Caritas")
    make_participant(made, "=Kaya", language, organisation="AWO")
    return made


def person(made: Conference, name: str) -> Participant:
    found = db.session.query(Participant).filter_by(conference_id=made.id, family_name=name)
    return found.one()


@pytest.mark.usefixtures("no_csrf")
def test_arranging_shows_ranks_sum_worst_and_seed(as_user: Any, made: Conference) -> None:
    client = as_user("olga")
    assert "Nobody is in a group yet." in client.get(address(made)).text
    how = {"costs": "0, 1, 4, 9", "unlisted": "25", "seed": "20261124"}
    page = client.post(address(made), data=how, follow_redirects=True).text
    assert "2 people are in groups now." in page
    assert "Sum of the costs: 1." in page
    assert "The worst anybody has got: Second wish." in page
    assert "with the number 20261124" in page
    assert "Caritas" in client.get(address(made, "/people?state=later")).text
    assert "Nobody fits." in client.get(address(made, "/people?state=alone")).text


@pytest.mark.usefixtures("no_csrf")
def test_costs_that_are_no_numbers_are_refused_and_stay_typed(
    as_user: Any, made: Conference
) -> None:
    for costs in ("0; 1; viel", "-1", "", "1,5e9"):
        how = {"costs": costs, "unlisted": "25", "seed": "1"}
        refused = as_user("olga").post(address(made), data=how)
        assert refused.status_code == 422
        assert f'value="{costs}"' in refused.text


@pytest.mark.usefixtures("no_csrf")
def test_more_than_there_are_people_says_which_group_and_what_helps(
    as_user: Any, made: Conference
) -> None:
    made.groups[1].minimum = 30
    db.session.commit()
    how = {"costs": "0", "unlisted": "25", "seed": "1"}
    refused = as_user("olga").post(address(made), data=how)
    assert refused.status_code == 422
    assert "“Arbeit” needs 30 people; people with a seat: 2." in refused.text


@pytest.mark.usefixtures("no_csrf")
def test_a_move_needs_a_reason_and_stands_in_the_lists(as_user: Any, made: Conference) -> None:
    client, kaya = as_user("olga"), person(made, "=Kaya")
    page = address(made, f"/people/{kaya.uuid}")
    work = str(made.groups[1].uuid)
    refused = client.post(page, data={"group": work, "reason": " ", "seen": ""})
    assert refused.status_code == 422
    told = {"group": work, "reason": "Fachfrau", "seen": ""}
    assert "Moved by hand: Fachfrau" in client.post(page, data=told, follow_redirects=True).text
    assert client.post(page, data=told).status_code == 409
    assert "=Kaya" in client.get(address(made, "/lists")).text
    assert "=Kaya" in client.get(address(made, f"/{work}")).text
    sheet = load_workbook(BytesIO(client.get(address(made, "/lists.xlsx")).data)).active
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells["=Kaya"] == "s"
    assert "'=Kaya" in client.get(address(made, "/lists.csv")).text


def test_who_only_reads_sees_groups_and_changes_nothing(as_user: Any, made: Conference) -> None:
    carla, kaya = as_user("carla"), person(made, "=Kaya")
    for rest in ("", "/people", "/lists", f"/{made.groups[0].uuid}"):
        assert carla.get(address(made, rest)).status_code == 200
        assert as_user("boris").get(address(made, rest)).status_code == 404
    for rest in ("/edit", f"/people/{kaya.uuid}", "/lists.csv"):
        assert carla.get(address(made, rest)).status_code == 403


def test_pages_ask_as_much_for_one_person_as_for_three(as_user: Any) -> None:
    made = make_conference()
    make_participant(made, "A", made.groups[0])
    client = as_user("carla")
    for rest in ("", "/people", "/lists"):
        client.get(address(made, rest))
        with count_queries() as one:
            client.get(address(made, rest))
        for name in "BC":
            make_participant(made, name, made.groups[0])
        client.get(address(made, rest))
        with count_queries() as three:
            client.get(address(made, rest))
        assert len(one) == len(three) <= 16
