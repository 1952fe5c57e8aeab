"""What an item of a programme rests on: a report, and the figures of a field of action."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.plans import copying
from registry.conferences.programme import printing, services
from registry.core.db import db
from registry.core.errors import Invalid
from registry.network.needs import services as needs
from tests.factories.conferences import TODAY, make_conference

NEED = {"field": "language", "place": "09576", "persons": 40, "source": "Statistik"}
BASIS = "Migrations- und Integrationsbericht 2021, Seite 14"


@pytest.fixture
def planned(database: None) -> Conference:
    made = make_conference(programme_public=True, agenda=[AgendaItem(title="Impuls", kind="other")])
    needs.enter(CONSOLE, made.region, {**NEED, "known_on": TODAY})
    rests = {"basis": BASIS, "field": "language"}
    services.change(CONSOLE, made.uuid, made.version, made.agenda[0].uuid, rests)
    db.session.commit()
    return made


def test_an_item_names_its_report_and_leads_to_the_figures(as_user: Any, planned: Any) -> None:
    page = as_user("olga").get(f"/en/office/conferences/{planned.uuid}/timetable").text
    assert f"Grundlage: {BASIS}" in page
    assert "/en/office/network/needs?field=language" in page
    assert "(1 need)" in page
    assert printing.content(planned)["days"][0]["slots"][0]["items"][0]["basis"].endswith(BASIS)


def test_everyone_reads_what_an_item_rests_on(client: FlaskClient, planned: Any) -> None:
    page = client.get(f"/de/conferences/{planned.uuid}").text
    assert BASIS in page
    assert "/office/network" not in page


def test_the_next_conference_takes_it_over(planned: Conference) -> None:
    following = make_conference()
    copying.copy_agenda(following, planned)
    assert [(each.basis, each.field.key) for each in following.agenda if each.field] == [
        (BASIS, "language")
    ]


def test_a_field_that_does_not_exist_is_refused(planned: Conference) -> None:
    item = planned.agenda[0].uuid
    with pytest.raises(Invalid):
        services.change(CONSOLE, planned.uuid, planned.version, item, {"field": "nowhere"})
