"""After an answer it is asked whether partners are still partners."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.conferences.invitations.models import Invitation
from registry.core import tokens
from registry.core.db import db
from registry.network.links.models import Report
from registry.network.rounds.models import Asked
from tests.conferences.replies.test_invitation_page import address, answer
from tests.factories.conferences import TODAY, make_conference, make_invitation
from tests.factories.network import make_actors, make_link
from tests.factories.rounds import start_round

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf", "database")


def said() -> dict[tuple[str, str], int]:
    reports = db.session.scalars(select(Report)).all()
    return {(r.link.target.name, r.side): r.intensity for r in reports}


def partners(invitation: Invitation) -> str:
    return address(invitation, page="conference/partners")


def test_partners_it_has_named_are_confirmed_or_ended(client: FlaskClient) -> None:
    one, two, three, stranger = make_actors("Eins", "Zwei", "Drei", "Vier")
    make_link(one, two, by_source=2)
    make_link(one, three, by_source=3)
    make_link(stranger, one, by_source=1)
    invitation = make_invitation(make_conference(), one)
    at = partners(invitation)
    shown = client.get(at).text
    assert "Zwei" in shown
    assert "Vier" not in shown
    assert client.post(at, data={"ended": [str(three.uuid), str(stranger.uuid)]}).status_code == 302
    assert said() == {
        ("Zwei", "source"): 2,
        ("Drei", "source"): 0,
        ("Eins", "source"): 1,
    }


def test_where_a_survey_is_under_way_the_answer_leads_on_into_it(client: FlaskClient) -> None:
    one, _two = make_actors("Eins", "Zwei")
    start_round()
    asked = db.session.scalars(select(Asked).where(Asked.actor_id == one.id)).one()
    invitation = make_invitation(make_conference(), one)
    at = address(invitation)
    sent = answer(client, at, s0__family_name="Muster")
    assert "conference/partners" in client.get(sent.location).text
    led = client.post(partners(invitation))
    link = tokens.find("partners", led.location.partition("key=")[2])
    assert link
    assert link.record == asked.uuid
    assert client.get(led.location).status_code == 200
    assert client.post(partners(invitation)).location == led.location
    assert said() == {}


def test_nobody_is_asked_who_has_no_partners_or_where_the_conference_does_not_ask(
    client: FlaskClient,
) -> None:
    one, two = make_actors("Eins", "Zwei")
    assert client.get(partners(make_invitation(make_conference(), one))).status_code == 404
    make_link(one, two, by_source=2)
    silent = make_invitation(make_conference(asks_network=False), one)
    person = make_invitation(make_conference(), given_name="Kim", family_name="Rat")
    for each in (silent, person):
        assert client.get(partners(each)).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"asks_network": False},
        {"cancelled_on": TODAY, "cancelled_because": "Sturm"},
        {"deadline": TODAY - timedelta(days=1)},
    ],
)
def test_nothing_is_taken_where_nothing_is_asked_any_more(
    client: FlaskClient, fields: dict[str, Any]
) -> None:
    one, two = make_actors("Eins", "Zwei")
    make_link(one, two, by_source=2)
    at = partners(make_invitation(make_conference(**fields), one))
    assert client.get(at).status_code == 404
    assert client.post(at, data={"ended": [str(two.uuid)]}).status_code == 404
    assert said() == {("Zwei", "source"): 2}


def test_sending_twice_changes_nothing_more_even_where_all_have_ended(client: FlaskClient) -> None:
    one, two = make_actors("Eins", "Zwei")
    make_link(one, two, by_source=2)
    at = partners(make_invitation(make_conference(), one))
    sent = [client.post(at, data={"ended": [str(two.uuid)]}).status_code for _time in (1, 2)]
    assert sent == [302, 302]
    assert said() == {("Zwei", "source"): 0}
