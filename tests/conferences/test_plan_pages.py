"""The office's pages about conferences."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.conferences.models import Conference
from registry.core.db import db
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.conferences import TODAY, make_conference, make_invitation

DATABASES = ["postgresql"]
HERE = "/en/office/conferences"


def test_the_list_and_the_plan_show_a_conference_to_its_own_region_alone(as_user: Any) -> None:
    made = make_conference()
    make_invitation(made, make_actor())
    address = f"{HERE}/{made.uuid}"
    assert made.title in as_user("carla").get(HERE).text
    assert made.title in as_user("carla").get(address).text
    assert made.title not in as_user("boris").get(HERE).text
    assert as_user("boris").get(address).status_code == 404
    assert as_user("carla").get(f"{address}/edit").status_code == 403


def test_who_has_a_duty_finds_that_conference_and_no_other(cast: Cast, as_user: Any) -> None:
    actor = make_actor()
    cast.keeps(actor)
    own = make_conference(title="Eigene", duties={"chair": actor})
    other = make_conference(title="Fremde")
    client = as_user("emil")
    page = client.get(HERE).text
    assert "Eigene" in page
    assert "Fremde" not in page
    assert client.get(f"{HERE}/{own.uuid}/programme").status_code == 200
    assert client.get(f"{HERE}/{own.uuid}/duties").status_code == 403
    assert client.get(f"{HERE}/{other.uuid}").status_code == 404


@pytest.mark.usefixtures("no_csrf")
def test_from_an_empty_series_to_a_planned_conference(as_user: Any) -> None:
    client = as_user("olga")
    assert "Begin a series" in client.get(HERE).text
    made = client.post(f"{HERE}/series/new", data={"name": "Integrationskonferenz", "months": "6"})
    series = made.location
    assert "No conference has been planned yet." in client.get(series).text
    uuid = series.rpartition("/")[2]
    form = client.get(f"{HERE}/new?series={uuid}").text
    inputs = re.findall(r'name="(title|days-0\.\w+)" value="([^"]+)"', form)
    assert len(inputs) == 4
    plan = client.post(f"{HERE}/new", data={**dict(inputs), "series": uuid, "seats": "0"}).location
    first = date.fromisoformat(dict(inputs)["days-0.day"])
    page = client.get(plan).text
    assert db.session.scalars(select(Conference)).one().deadline == first - timedelta(weeks=3)
    assert "Begin anew" not in (programme := client.get(f"{plan}/timetable").text)
    assert "Programme to start from" in programme  # nothing has a duration yet
    assert "Add a rule" in client.get(f"{plan}/invitations/preview").text
    assert "No venue has been chosen." in page
    assert "whoever accepts will wait" in page
    wrong = client.post(f"{plan}/edit", data={"version": "1", "title": "", "days-0.day": "bald"})
    assert wrong.status_code == 422
    assert "bald" in wrong.text
    assert client.post(f"{plan}/edit", data={"version": "9", "title": "x"}).status_code == 409


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(as_user: Any) -> None:
    client = as_user("carla")
    make_conference()
    client.get(HERE)
    with count_queries() as one:
        client.get(HERE)
    for week in (1, 2):
        make_conference(TODAY + timedelta(weeks=week))
    client.get(HERE)
    with count_queries() as three:
        client.get(HERE)
    assert len(one) == len(three) <= 12
